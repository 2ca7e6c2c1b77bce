package io.netyard.netlink.route;

import io.netyard.net.IpAddress;
import io.netyard.net.MacAddress;
import io.netyard.netlink.message.Attribute;
import io.netyard.netlink.message.AttributeSet;
import io.netyard.netlink.message.Attributes;
import io.netyard.netlink.message.Codec;
import io.netyard.netlink.message.Octets;
import java.util.Optional;

/// A VXLAN tunnel endpoint (VTEP), RFC 7348 (`ip link add type vxlan`, CONFIG_VXLAN).
///
/// @param data its attributes
public record Vxlan(Attributes data) implements LinkKind {
    static final AttributeSet SET = new AttributeSet("vxlan");

    /// `IFLA_VXLAN_ID`: the VXLAN network identifier.
    public static final Attribute<Long> ID = SET.settable(1, "id", Codec.U32);

    /// `IFLA_VXLAN_GROUP`: the IPv4 multicast group or remote VTEP of the default entry.
    public static final Attribute<IpAddress> GROUP = SET.settable(2, "group", Codec.IP);

    /// `IFLA_VXLAN_LINK`: the ifindex of the underlay device.
    public static final Attribute<Integer> LINK = SET.settable(3, "link", Codec.S32);

    /// `IFLA_VXLAN_LOCAL`: the IPv4 source address of outer packets.
    public static final Attribute<IpAddress> LOCAL = SET.settable(4, "local", Codec.IP);

    /// `IFLA_VXLAN_TTL`: the TTL of outer packets; 0 takes 1 for multicast and the default otherwise.
    public static final Attribute<Integer> TTL = SET.settable(5, "ttl", Codec.U8);

    /// `IFLA_VXLAN_TOS`: the TOS of outer packets; 1 copies the inner one.
    public static final Attribute<Integer> TOS = SET.settable(6, "tos", Codec.U8);

    /// `IFLA_VXLAN_LEARNING`: whether inner source addresses are learned with the outer one.
    public static final Attribute<Boolean> LEARNING = SET.settable(7, "learning", Codec.BOOL8);

    /// `IFLA_VXLAN_AGEING`: how long a learned entry is kept, in seconds.
    public static final Attribute<Long> AGEING = SET.settable(8, "ageing", Codec.U32);

    /// `IFLA_VXLAN_LIMIT`: the most learned entries; 0 for no limit.
    public static final Attribute<Long> LIMIT = SET.settable(9, "limit", Codec.U32);

    /// `IFLA_VXLAN_PORT_RANGE`: `struct ifla_vxlan_port_range`: lowest and highest UDP source port, each in
    /// network byte order.
    public static final Attribute<Octets> PORT_RANGE = SET.settable(10, "port-range", Codec.OCTETS);

    /// `IFLA_VXLAN_PROXY`: whether ARP and ND requests are answered from the neighbour table.
    public static final Attribute<Boolean> PROXY = SET.settable(11, "proxy", Codec.BOOL8);

    /// `IFLA_VXLAN_RSC`: route short circuit.
    public static final Attribute<Boolean> RSC = SET.settable(12, "rsc", Codec.BOOL8);

    /// `IFLA_VXLAN_L2MISS`: whether unknown destinations are told to listeners.
    public static final Attribute<Boolean> L2MISS = SET.settable(13, "l2miss", Codec.BOOL8);

    /// `IFLA_VXLAN_L3MISS`: whether unknown neighbours are told to listeners.
    public static final Attribute<Boolean> L3MISS = SET.settable(14, "l3miss", Codec.BOOL8);

    /// `IFLA_VXLAN_PORT`: the UDP destination port; 4789 is assigned, the kernel takes 8472 where it is not
    /// said.
    public static final Attribute<Integer> PORT = SET.settable(15, "port", Codec.BE16);

    /// `IFLA_VXLAN_GROUP6`: the IPv6 multicast group or remote VTEP of the default entry.
    public static final Attribute<IpAddress> GROUP6 = SET.settable(16, "group6", Codec.IP);

    /// `IFLA_VXLAN_LOCAL6`: the IPv6 source address of outer packets.
    public static final Attribute<IpAddress> LOCAL6 = SET.settable(17, "local6", Codec.IP);

    /// `IFLA_VXLAN_UDP_CSUM`: whether outer UDP checksums are sent over IPv4.
    public static final Attribute<Boolean> UDP_CSUM = SET.settable(18, "udp-csum", Codec.BOOL8);

    /// `IFLA_VXLAN_UDP_ZERO_CSUM6_TX`: whether outer UDP checksums are left out over IPv6 (RFC 6935).
    public static final Attribute<Boolean> UDP_ZERO_CSUM6_TX = SET.settable(19, "udp-zero-csum6-tx", Codec.BOOL8);

    /// `IFLA_VXLAN_UDP_ZERO_CSUM6_RX`: whether they may be left out by others.
    public static final Attribute<Boolean> UDP_ZERO_CSUM6_RX = SET.settable(20, "udp-zero-csum6-rx", Codec.BOOL8);

    /// `IFLA_VXLAN_REMCSUM_TX`: remote checksum offload, sending.
    public static final Attribute<Boolean> REMCSUM_TX = SET.settable(21, "remcsum-tx", Codec.BOOL8);

    /// `IFLA_VXLAN_REMCSUM_RX`: remote checksum offload, receiving.
    public static final Attribute<Boolean> REMCSUM_RX = SET.settable(22, "remcsum-rx", Codec.BOOL8);

    /// `IFLA_VXLAN_GBP`: group based policy; present or absent.
    public static final Attribute<Boolean> GBP = SET.settable(23, "gbp", Codec.FLAG);

    /// `IFLA_VXLAN_REMCSUM_NOPARTIAL`: remote checksum offload without partial checksums; present or
    /// absent.
    public static final Attribute<Boolean> REMCSUM_NOPARTIAL = SET.settable(24, "remcsum-nopartial", Codec.FLAG);

    /// `IFLA_VXLAN_COLLECT_METADATA`: whether a flow program sets the tunnel of each packet.
    public static final Attribute<Boolean> COLLECT_METADATA = SET.settable(25, "collect-metadata", Codec.BOOL8);

    /// `IFLA_VXLAN_LABEL`: the flow label of outer IPv6 packets.
    public static final Attribute<Long> LABEL = SET.settable(26, "label", Codec.BE32);

    /// `IFLA_VXLAN_GPE`: the generic protocol extension; present or absent.
    public static final Attribute<Boolean> GPE = SET.settable(27, "gpe", Codec.FLAG);

    /// `IFLA_VXLAN_TTL_INHERIT`: whether the TTL is copied from the inner packet; present or absent.
    public static final Attribute<Boolean> TTL_INHERIT = SET.settable(28, "ttl-inherit", Codec.FLAG);

    /// `IFLA_VXLAN_DF`: the IPv4 don't-fragment bit: 0 unset, 1 set, 2 inherit.
    public static final Attribute<Integer> DF = SET.settable(29, "df", Codec.U8);

    /// `IFLA_VXLAN_VNIFILTER`: whether VNIs are filtered (with collect-metadata).
    public static final Attribute<Boolean> VNIFILTER = SET.settable(30, "vnifilter", Codec.BOOL8);

    /// `IFLA_VXLAN_LOCALBYPASS`: whether packets to this host's own address go to its VTEP of the same VNI
    /// directly (Linux 6.5).
    public static final Attribute<Boolean> LOCALBYPASS = SET.settable(31, "localbypass", Codec.BOOL8);

    /// The UDP port that is assigned to VXLAN (RFC 7348 section 8).
    public static final int ASSIGNED_PORT = 4789;

    /// The destination of the entries to which broadcast, unknown unicast and multicast go.
    public static final MacAddress FLOOD = new MacAddress(0);

    /// The attribute that holds a source address of this family.
    public static Attribute<IpAddress> local(IpAddress address) {
        return address.isV4() ? LOCAL : LOCAL6;
    }

    /// The attribute that holds a multicast group or remote VTEP of this family.
    public static Attribute<IpAddress> group(IpAddress address) {
        return address.isV4() ? GROUP : GROUP6;
    }

    @Override
    public Optional<Attribute<Integer>> lowerDevice() {
        return Optional.of(LINK);
    }

    @Override
    public String kind() {
        return "vxlan";
    }

    @Override
    public Vxlan withData(Attributes changed) {
        return new Vxlan(changed);
    }

    @Override
    public AttributeSet attributeSet() {
        return SET;
    }
}
