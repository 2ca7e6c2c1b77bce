package io.netyard.netlink.route;

import io.netyard.net.InterfaceName;
import io.netyard.netlink.message.AttributeSet;
import io.netyard.netlink.message.Attributes;
import io.netyard.netlink.message.MalformedMessageException;
import io.netyard.netlink.message.MessageWriter;
import io.netyard.netlink.message.Octets;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;

/// A link as the kernel says it is (`RTM_NEWLINK`; `ip -d link show`).
///
/// ```text
/// ifinfomsg   0 family u8   1 padding u8   2 type u16   4 index s32   8 flags u32   12 change u32
/// ```
///
/// @param index the ifindex, unique within its namespace
/// @param flags `IFF_…` bits
/// @param attributes what every link has
/// @param kind what it is, with what its kind has
/// @param port what its bridge adds, if it is a port of one
public record Link(int index, InterfaceName name, int flags, Attributes attributes, LinkKind kind, Attributes port)
        implements RouteObject {
    /// `IFF_UP`: administratively up.
    public static final int UP = 0x1;

    /// `IFF_RUNNING`: operationally up.
    public static final int RUNNING = 0x40;

    /// `IFF_LOWER_UP`: with carrier.
    public static final int LOWER_UP = 0x10000;

    static final int HEADER = 16;

    /// Whether it is administratively up.
    public boolean isUp() {
        return (flags & UP) != 0;
    }

    /// Whether it has a carrier.
    public boolean hasCarrier() {
        return (flags & LOWER_UP) != 0;
    }

    /// Writes the header of a message about a link.
    ///
    /// @param family 0, or `AF_BRIDGE` where it is about a bridge port
    /// @param index the ifindex; 0 where the kernel chooses, or a name says which
    /// @param flags `IFF_…` bits
    /// @param change those of the bits that `flags` speaks of; the others stay as they are
    static void writeHeader(MessageWriter writer, int family, int index, int flags, int change) {
        writer.u8(family).u8(0).u16(0).u32(index).u32(flags).u32(change);
    }

    /// Reads the payload of an `RTM_NEWLINK`. The bytes are copied.
    static Link read(ByteBuffer message, int at, int end) {
        ByteBuffer buffer = Layout.LINK.copy(message, at, end);
        Attributes attributes = Attributes.read(LinkAttributes.SET, buffer, HEADER, buffer.capacity());
        Attributes info = attributes.get(LinkAttributes.LINKINFO).orElse(Attributes.EMPTY);
        LinkKind kind = Kinds.of(info.get(LinkInfo.KIND).orElse(""));
        Optional<AttributeSet> portSet = LinkInfo.slaveSet(info.get(LinkInfo.SLAVE_KIND));
        return new Link(
                buffer.getInt(4),
                name(attributes),
                buffer.getInt(8),
                attributes.without(LinkAttributes.LINKINFO),
                kind.withData(nested(info.get(LinkInfo.DATA), kind.attributeSet())),
                portSet.isPresent() ? nested(info.get(LinkInfo.SLAVE_DATA), portSet.get()) : Attributes.EMPTY);
    }

    private static InterfaceName name(Attributes attributes) {
        String name = attributes
                .get(LinkAttributes.IFNAME)
                .orElseThrow(() -> new MalformedMessageException("a link without a name"));
        try {
            return new InterfaceName(name);
        } catch (IllegalArgumentException failure) {
            throw new MalformedMessageException("a link whose name nobody can write: " + failure.getMessage());
        }
    }

    static Attributes nested(Optional<Octets> octets, AttributeSet set) {
        if (octets.isEmpty()) {
            return Attributes.EMPTY;
        }
        ByteBuffer buffer = ByteBuffer.wrap(octets.get().toBytes()).order(ByteOrder.nativeOrder());
        return Attributes.read(set, buffer, 0, buffer.capacity());
    }
}
