package io.netyard.net;

/// An NVGRE virtual subnet identifier, 24 bits of which some values are reserved (RFC 7637 section 3.2).
///
/// @param value 4,096 to 16,777,214
public record Vsid(int value) implements Comparable<Vsid> {
    /// The smallest identifier; those below are reserved.
    public static final int MIN = 0x1000;

    /// The largest identifier; the one above is for vendors.
    public static final int MAX = 0xff_fffe;

    public Vsid {
        if (value < MIN || value > MAX) {
            throw new IllegalArgumentException("a VSID is " + MIN + " to " + MAX + ", not " + value);
        }
    }

    /// Reads a decimal number.
    public static Vsid parse(String text) {
        return new Vsid(Decimal.parse(text, "a VSID"));
    }

    @Override
    public int compareTo(Vsid other) {
        return Integer.compare(value, other.value);
    }

    @Override
    public String toString() {
        return Integer.toString(value);
    }
}
