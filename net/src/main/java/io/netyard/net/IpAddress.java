package io.netyard.net;

/// An IPv4 or IPv6 address. All IPv4 addresses sort before all IPv6 addresses.
public sealed interface IpAddress extends Comparable<IpAddress> permits Ipv4Address, Ipv6Address {
    /// Reads an address in its text form: IPv4 as four decimal numbers without leading zeros, IPv6 as RFC
    /// 4291 section 2.2 without a zone.
    static IpAddress parse(String text) {
        return text.indexOf(':') >= 0 ? Ipv6Address.parse(text) : Ipv4Address.parse(text);
    }

    /// The address in 4 or 16 octets, in network byte order.
    static IpAddress ofBytes(byte[] bytes) {
        return switch (bytes.length) {
            case Ipv4Address.LENGTH -> Ipv4Address.ofBytes(bytes);
            case Ipv6Address.LENGTH -> Ipv6Address.ofBytes(bytes);
            default -> throw new IllegalArgumentException("an IP address has 4 or 16 octets, not " + bytes.length);
        };
    }

    /// The octets in network byte order: 4 or 16.
    byte[] toBytes();

    /// 32 or 128.
    int bits();

    /// Whether it is an IPv4 address.
    default boolean isV4() {
        return this instanceof Ipv4Address;
    }

    /// Whether it names a group (224.0.0.0/4, ff00::/8).
    boolean isMulticast();

    /// Whether it is valid on one link alone (169.254.0.0/16, fe80::/10).
    boolean isLinkLocal();

    /// Whether it is an address of the host itself (127.0.0.0/8, ::1).
    boolean isLoopback();

    /// Whether it is 0.0.0.0 or ::.
    boolean isUnspecified();

    /// The address with all bits after the first `length` cleared.
    IpAddress masked(int length);
}
