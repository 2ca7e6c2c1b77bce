package io.netyard.net;

/// A VLAN identifier that a port can be a member of (IEEE 802.1Q clause 9.6: 0 and 4095 are reserved).
///
/// @param value 1 to 4094
public record VlanId(int value) implements Comparable<VlanId> {
    /// The smallest identifier.
    public static final int MIN = 1;

    /// The largest identifier.
    public static final int MAX = 4094;

    public VlanId {
        if (value < MIN || value > MAX) {
            throw new IllegalArgumentException("a VLAN id is " + MIN + " to " + MAX + ", not " + value);
        }
    }

    /// Reads a decimal number.
    public static VlanId parse(String text) {
        return new VlanId(Decimal.parse(text, "a VLAN id"));
    }

    @Override
    public int compareTo(VlanId other) {
        return Integer.compare(value, other.value);
    }

    @Override
    public String toString() {
        return Integer.toString(value);
    }
}
