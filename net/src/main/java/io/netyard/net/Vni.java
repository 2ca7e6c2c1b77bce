package io.netyard.net;

/// A VXLAN network identifier, 24 bits (RFC 7348 section 5).
///
/// @param value 0 to 16,777,215
public record Vni(int value) implements Comparable<Vni> {
    /// The largest identifier.
    public static final int MAX = 0xff_ffff;

    public Vni {
        if (value < 0 || value > MAX) {
            throw new IllegalArgumentException("a VNI is 0 to " + MAX + ", not " + value);
        }
    }

    /// Reads a decimal number.
    public static Vni parse(String text) {
        return new Vni(Decimal.parse(text, "a VNI"));
    }

    @Override
    public int compareTo(Vni other) {
        return Integer.compare(value, other.value);
    }

    @Override
    public String toString() {
        return Integer.toString(value);
    }
}
