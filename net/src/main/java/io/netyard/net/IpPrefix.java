package io.netyard.net;

/// An IP address with the length of its prefix, as an interface has it (`10.0.10.1/24`) or as a route names
/// a network (`10.0.10.0/24`). Bits after the prefix are kept.
///
/// @param address the address
/// @param length bits of the network part: 0 to 32, or 0 to 128
public record IpPrefix(IpAddress address, int length) implements Comparable<IpPrefix> {
    /// All of IPv4: the destination of its default route.
    public static final IpPrefix ALL_IPV4 = new IpPrefix(new Ipv4Address(0), 0);

    /// All of IPv6: the destination of its default route.
    public static final IpPrefix ALL_IPV6 = new IpPrefix(new Ipv6Address(0, 0), 0);

    public IpPrefix {
        if (length < 0 || length > address.bits()) {
            throw new IllegalArgumentException(
                    "the prefix length of " + address + " is 0 to " + address.bits() + ", not " + length);
        }
    }

    /// Reads `ADDRESS/LENGTH`.
    public static IpPrefix parse(String text) {
        int slash = text.indexOf('/');
        if (slash < 0) {
            throw new IllegalArgumentException("'" + text + "' has no prefix length, such as " + text + "/24");
        }
        return new IpPrefix(
                IpAddress.parse(text.substring(0, slash)), Decimal.parse(text.substring(slash + 1), "a prefix length"));
    }

    /// The network alone: all bits after the prefix cleared.
    public IpPrefix network() {
        return new IpPrefix(address.masked(length), length);
    }

    /// Whether any bit after the prefix is set.
    public boolean hasHostBits() {
        return !address.masked(length).equals(address);
    }

    /// Whether an address of the same family lies in this network.
    public boolean contains(IpAddress other) {
        return other.bits() == address.bits() && other.masked(length).equals(address.masked(length));
    }

    /// Whether the two networks share an address.
    public boolean overlaps(IpPrefix other) {
        return length <= other.length ? contains(other.address) : other.contains(address);
    }

    /// Whether the address is the broadcast address of its network: an IPv4 address with all host bits set,
    /// in a network of more than two addresses (RFC 3021).
    public boolean isBroadcast() {
        return address instanceof Ipv4Address(int value)
                && length > 0
                && length < 31
                && (value | (-1 << 32 - length)) == -1;
    }

    @Override
    public int compareTo(IpPrefix other) {
        int byAddress = address.compareTo(other.address);
        return byAddress != 0 ? byAddress : Integer.compare(length, other.length);
    }

    @Override
    public String toString() {
        return address + "/" + length;
    }
}
