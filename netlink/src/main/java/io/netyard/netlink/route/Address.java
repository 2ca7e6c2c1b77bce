package io.netyard.netlink.route;

import io.netyard.net.IpAddress;
import io.netyard.net.IpPrefix;
import io.netyard.netlink.message.Attribute;
import io.netyard.netlink.message.AttributeSet;
import io.netyard.netlink.message.Attributes;
import io.netyard.netlink.message.Codec;
import io.netyard.netlink.message.MalformedMessageException;
import io.netyard.netlink.message.MessageWriter;
import java.nio.ByteBuffer;
import java.util.Optional;

/// An address of an interface (`RTM_NEWADDR`; `ip address`).
///
/// ```text
/// ifaddrmsg   0 family u8   1 prefix length u8   2 flags u8   3 scope u8   4 index u32
/// ```
///
/// @param index the ifindex of its interface
/// @param prefix the address with the length of its prefix
/// @param peer the address of the other end of a point-to-point link
/// @param scope `RT_SCOPE_…`: 0 universe, 253 link, 254 host
/// @param flags `IFA_F_…` bits
/// @param protocol who added it (`IFAPROT_…`, Linux 5.18): 0 not said, 1 loopback, 2 router advertisement,
///     3 link-local
public record Address(int index, IpPrefix prefix, Optional<IpAddress> peer, int scope, int flags, int protocol)
        implements RouteObject {
    /// `IFA_F_NODAD`: usable at once, without duplicate address detection.
    public static final int NODAD = 0x02;

    /// `IFA_F_TENTATIVE`: duplicate address detection is not over.
    public static final int TENTATIVE = 0x40;

    /// `IFA_F_PERMANENT`: it has no lifetime.
    public static final int PERMANENT = 0x80;

    /// `IFA_F_NOPREFIXROUTE`: the kernel makes no route to its subnet.
    public static final int NO_PREFIX_ROUTE = 0x200;

    static final AttributeSet SET = new AttributeSet("address");
    static final int HEADER = 8;

    private static final Attribute<IpAddress> ADDRESS = SET.settable(1, "address", Codec.IP);
    private static final Attribute<IpAddress> LOCAL = SET.settable(2, "local", Codec.IP);
    private static final Attribute<Integer> FLAGS = SET.settable(8, "flags", Codec.S32);
    private static final Attribute<Integer> PROTOCOL = SET.settable(11, "proto", Codec.U8);

    /// An address as a person adds it.
    public static Address of(int index, IpPrefix prefix) {
        return new Address(index, prefix, Optional.empty(), 0, 0, 0);
    }

    /// The same with more flags.
    public Address withFlags(int more) {
        return new Address(index, prefix, peer, scope, flags | more, protocol);
    }

    void write(MessageWriter writer) {
        IpAddress local = prefix.address();
        writer.u8(Family.of(local))
                .u8(prefix.length())
                .u8(flags & 0xff)
                .u8(scope)
                .u32(index);
        writer.attribute(LOCAL, local).attribute(ADDRESS, peer.orElse(local));
        if (flags > 0xff) {
            writer.attribute(FLAGS, flags);
        }
    }

    static Address read(ByteBuffer message, int at, int end) {
        ByteBuffer buffer = Layout.ADDRESS.copy(message, at, end);
        Attributes attributes = Attributes.read(SET, buffer, HEADER, buffer.capacity());
        Optional<IpAddress> address = attributes.get(ADDRESS);
        IpAddress local = attributes
                .get(LOCAL)
                .or(() -> address)
                .orElseThrow(() -> new MalformedMessageException("an address message without an address"));
        return new Address(
                buffer.getInt(4),
                Family.prefix(local, buffer.get(1) & 0xff),
                address.filter(other -> !other.equals(local)),
                buffer.get(3) & 0xff,
                attributes.get(FLAGS).orElse(buffer.get(2) & 0xff),
                attributes.get(PROTOCOL).orElse(0));
    }
}
