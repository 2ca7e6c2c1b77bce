package io.netyard.net;

/// A maximum transmission unit: octets of layer 3 that one frame carries, without Ethernet header and tags.
///
/// @param value 68 (RFC 791) to 65,536 (the loopback device)
public record Mtu(int value) implements Comparable<Mtu> {
    /// The smallest that IPv4 works with (RFC 791).
    public static final int MIN = 68;

    /// The smallest that IPv6 works with (RFC 8200 section 5).
    public static final int MIN_IPV6 = 1280;

    /// The largest that Linux gives a device.
    public static final int MAX = 65_536;

    public Mtu {
        if (value < MIN || value > MAX) {
            throw new IllegalArgumentException("an MTU is " + MIN + " to " + MAX + ", not " + value);
        }
    }

    /// Reads a decimal number.
    public static Mtu parse(String text) {
        return new Mtu(Decimal.parse(text, "an MTU"));
    }

    @Override
    public int compareTo(Mtu other) {
        return Integer.compare(value, other.value);
    }

    @Override
    public String toString() {
        return Integer.toString(value);
    }
}
