package io.netyard.netlink.route;

import io.netyard.net.IpAddress;
import io.netyard.net.MacAddress;
import io.netyard.netlink.message.Attribute;
import io.netyard.netlink.message.AttributeSet;
import io.netyard.netlink.message.Attributes;
import io.netyard.netlink.message.Codec;
import io.netyard.netlink.message.MessageWriter;
import io.netyard.netlink.message.Octets;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.OptionalInt;

/// A neighbour (`ip neighbour`), or an entry of a forwarding database (`bridge fdb`): `RTM_NEWNEIGH`.
///
/// ```text
/// ndmsg   0 family u8   1 padding   4 index s32   8 state u16   10 flags u8   11 type u8
/// ```
///
/// @param index the ifindex of the interface
/// @param isFdb whether it is an entry of a forwarding database (`AF_BRIDGE`)
/// @param destination of a neighbour its IP address, of a VXLAN entry the remote VTEP
/// @param mac the MAC address
/// @param state `NUD_…` bits
/// @param flags `NTF_…` bits
/// @param vlan the VLAN of an entry of a bridge that filters VLANs
/// @param vni the VNI that a VXLAN entry sends with, where it is not that of the interface
/// @param port the UDP port that a VXLAN entry sends to, where it is not that of the interface
/// @param master the ifindex of the bridge that the interface is a port of
public record Neighbor(
        int index,
        boolean isFdb,
        Optional<IpAddress> destination,
        Optional<MacAddress> mac,
        int state,
        int flags,
        OptionalInt vlan,
        OptionalInt vni,
        OptionalInt port,
        OptionalInt master)
        implements RouteObject {
    /// `NUD_FAILED`: resolution failed.
    public static final int FAILED = 0x20;

    /// `NUD_NOARP`: it needs no resolution.
    public static final int NOARP = 0x40;

    /// `NUD_PERMANENT`: it is kept until it is removed.
    public static final int PERMANENT = 0x80;

    /// `NTF_SELF`: in the database of the interface itself.
    public static final int SELF = 0x02;

    /// `NTF_MASTER`: in the database of its bridge.
    public static final int MASTER = 0x04;

    static final AttributeSet SET = new AttributeSet("neighbour");
    static final int HEADER = 12;

    private static final Attribute<IpAddress> DESTINATION = SET.settable(1, "dst", Codec.IP);
    private static final Attribute<MacAddress> LINK_LAYER = SET.settable(2, "lladdr", Codec.MAC);
    static final Attribute<Octets> CACHE_INFO = SET.readOnly(3, "cacheinfo", Codec.OCTETS);
    private static final Attribute<Integer> VLAN = SET.settable(5, "vlan", Codec.U16);
    private static final Attribute<Integer> PORT = SET.settable(6, "port", Codec.BE16);
    private static final Attribute<Integer> VNI = SET.settable(7, "vni", Codec.S32);
    private static final Attribute<Integer> MASTER_INDEX = SET.settable(9, "master", Codec.S32);

    /// A neighbour that is known for ever (`ip neighbour add ADDRESS lladdr MAC dev NAME`).
    public static Neighbor permanent(int index, IpAddress address, MacAddress mac) {
        return new Neighbor(
                index,
                false,
                Optional.of(address),
                Optional.of(mac),
                PERMANENT,
                0,
                OptionalInt.empty(),
                OptionalInt.empty(),
                OptionalInt.empty(),
                OptionalInt.empty());
    }

    /// An entry of a VXLAN interface (`bridge fdb append MAC dev NAME dst REMOTE`).
    public static Neighbor vxlanEntry(int index, MacAddress mac, IpAddress remote) {
        return new Neighbor(
                index,
                true,
                Optional.of(remote),
                Optional.of(mac),
                PERMANENT | NOARP,
                SELF,
                OptionalInt.empty(),
                OptionalInt.empty(),
                OptionalInt.empty(),
                OptionalInt.empty());
    }

    void write(MessageWriter writer) {
        int family = isFdb ? Family.BRIDGE : destination.map(Family::of).orElse(0);
        writer.u8(family).u8(0).u16(0).u32(index).u16(state).u8(flags).u8(0);
        if (destination.isPresent()) {
            writer.attribute(DESTINATION, destination.get());
        }
        if (mac.isPresent()) {
            writer.attribute(LINK_LAYER, mac.get());
        }
        write(writer, VLAN, vlan);
        write(writer, PORT, port);
        write(writer, VNI, vni);
    }

    private static void write(MessageWriter writer, Attribute<Integer> attribute, OptionalInt value) {
        if (value.isPresent()) {
            writer.attribute(attribute, value.getAsInt());
        }
    }

    static Neighbor read(ByteBuffer message, int at, int end) {
        ByteBuffer buffer = Layout.NEIGHBOR.copy(message, at, end);
        Attributes attributes = Attributes.read(SET, buffer, HEADER, buffer.capacity());
        return new Neighbor(
                buffer.getInt(4),
                (buffer.get(0) & 0xff) == Family.BRIDGE,
                attributes.get(DESTINATION),
                attributes.get(LINK_LAYER),
                buffer.getShort(8) & 0xffff,
                buffer.get(10) & 0xff,
                optional(attributes.get(VLAN)),
                optional(attributes.get(VNI)),
                optional(attributes.get(PORT)),
                optional(attributes.get(MASTER_INDEX)));
    }

    private static OptionalInt optional(Optional<Integer> value) {
        return value.isPresent() ? OptionalInt.of(value.get()) : OptionalInt.empty();
    }
}
