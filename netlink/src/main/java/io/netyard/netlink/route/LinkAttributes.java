package io.netyard.netlink.route;

import io.netyard.net.MacAddress;
import io.netyard.netlink.message.Attribute;
import io.netyard.netlink.message.AttributeSet;
import io.netyard.netlink.message.Attributes;
import io.netyard.netlink.message.Codec;
import io.netyard.netlink.message.Octets;

/// The attributes that every link has (`IFLA_…`; `ip link set dev NAME …`).
public final class LinkAttributes {
    static final AttributeSet SET = new AttributeSet("link");

    /// `IFLA_ADDRESS`: the MAC address.
    public static final Attribute<MacAddress> ADDRESS = SET.settable(1, "address", Codec.MAC);

    /// `IFLA_BROADCAST`: the broadcast address.
    public static final Attribute<MacAddress> BROADCAST = SET.settable(2, "broadcast", Codec.MAC);

    /// `IFLA_IFNAME`: the name, 1 to 15 octets.
    public static final Attribute<String> IFNAME = SET.settable(3, "ifname", Codec.STRING);

    /// `IFLA_MTU`: the MTU in octets, between [#MIN_MTU] and [#MAX_MTU].
    public static final Attribute<Integer> MTU = SET.settable(4, "mtu", Codec.S32);

    /// `IFLA_LINK`: the ifindex of the parent, or of the other end of a veth pair.
    public static final Attribute<Integer> LINK = SET.settable(5, "link", Codec.S32);

    /// `IFLA_QDISC`: the kind of the root queueing discipline.
    public static final Attribute<String> QDISC = SET.readOnly(6, "qdisc", Codec.STRING);

    /// `IFLA_MASTER`: the ifindex of the bridge, or other master, that it belongs to; 0 takes it out.
    public static final Attribute<Integer> MASTER = SET.settable(10, "master", Codec.S32);

    /// `IFLA_PROTINFO`: of a bridge port in the old form.
    public static final Attribute<Octets> PROTINFO = SET.settable(12, "protinfo", Codec.OCTETS);

    /// `IFLA_TXQLEN`: the length of the transmit queue, in packets.
    public static final Attribute<Integer> TXQLEN = SET.settable(13, "txqlen", Codec.S32);

    /// `IFLA_OPERSTATE`: RFC 2863: 0 unknown, 2 down, 3 lower layer down, 5 dormant, 6 up.
    public static final Attribute<Integer> OPERSTATE = SET.readOnly(16, "operstate", Codec.U8);

    /// `IFLA_LINKMODE`: 0 default, 1 dormant.
    public static final Attribute<Integer> LINKMODE = SET.settable(17, "linkmode", Codec.U8);

    /// `IFLA_IFALIAS`: a text for people, up to 255 octets; an empty one takes it away.
    public static final Attribute<String> IFALIAS = SET.settable(20, "ifalias", Codec.STRING);

    /// `IFLA_AF_SPEC`: what address families add.
    public static final Attribute<Octets> AF_SPEC = SET.settable(26, "af-spec", Codec.OCTETS);

    /// `IFLA_GROUP`: the group that requests can name together; 0 is the default.
    public static final Attribute<Integer> GROUP = SET.settable(27, "group", Codec.S32);

    /// `IFLA_NET_NS_FD`: the namespace that the link goes to, by an open descriptor of this process.
    public static final Attribute<Integer> NET_NS_FD = SET.settable(28, "net-ns-fd", Codec.S32);

    /// `IFLA_EXT_MASK`: what to leave out of, or add to, an answer (`RTEXT_FILTER_…` bits).
    public static final Attribute<Integer> EXT_MASK = SET.settable(29, "ext-mask", Codec.S32);

    /// `IFLA_PROMISCUITY`: how many want promiscuous mode.
    public static final Attribute<Integer> PROMISCUITY = SET.readOnly(30, "promiscuity", Codec.S32);

    /// `IFLA_NUM_TX_QUEUES`: transmit queues.
    public static final Attribute<Integer> NUM_TX_QUEUES = SET.settable(31, "num-tx-queues", Codec.S32);

    /// `IFLA_NUM_RX_QUEUES`: receive queues.
    public static final Attribute<Integer> NUM_RX_QUEUES = SET.settable(32, "num-rx-queues", Codec.S32);

    /// `IFLA_CARRIER`: 1 with a carrier, 0 without.
    public static final Attribute<Integer> CARRIER = SET.settable(33, "carrier", Codec.U8);

    /// `IFLA_CARRIER_CHANGES`: how often the carrier changed.
    public static final Attribute<Integer> CARRIER_CHANGES = SET.readOnly(35, "carrier-changes", Codec.S32);

    /// `IFLA_LINK_NETNSID`: the id, in this namespace, of the namespace that `link` counts in.
    public static final Attribute<Integer> LINK_NETNSID = SET.readOnly(37, "link-netnsid", Codec.S32);

    /// `IFLA_PROTO_DOWN`: 1 if a protocol holds the link down, else 0.
    public static final Attribute<Integer> PROTO_DOWN = SET.settable(39, "proto-down", Codec.U8);

    /// `IFLA_GSO_MAX_SEGS`: the most segments of a GSO packet.
    public static final Attribute<Integer> GSO_MAX_SEGS = SET.settable(40, "gso-max-segs", Codec.S32);

    /// `IFLA_GSO_MAX_SIZE`: the most octets of a GSO packet.
    public static final Attribute<Integer> GSO_MAX_SIZE = SET.settable(41, "gso-max-size", Codec.S32);

    /// `IFLA_TARGET_NETNSID`: the namespace that an answer is about.
    public static final Attribute<Integer> TARGET_NETNSID = SET.readOnly(46, "target-netnsid", Codec.S32);

    /// `IFLA_NEW_IFINDEX`: the ifindex to take in the namespace that it goes to.
    public static final Attribute<Integer> NEW_IFINDEX = SET.settable(49, "new-ifindex", Codec.S32);

    /// `IFLA_MIN_MTU`: the smallest MTU of the device, in octets.
    public static final Attribute<Integer> MIN_MTU = SET.readOnly(50, "min-mtu", Codec.S32);

    /// `IFLA_MAX_MTU`: the largest MTU of the device, in octets; 0 for no limit.
    public static final Attribute<Integer> MAX_MTU = SET.readOnly(51, "max-mtu", Codec.S32);

    /// `IFLA_PROP_LIST`: alternative names.
    public static final Attribute<Octets> PROP_LIST = SET.settable(52, "prop-list", Codec.OCTETS);

    /// `IFLA_ALT_IFNAME`: an alternative name.
    public static final Attribute<String> ALT_IFNAME = SET.settable(53, "alt-ifname", Codec.STRING);

    /// `IFLA_PERM_ADDRESS`: the address that the device came with.
    public static final Attribute<Octets> PERM_ADDRESS = SET.readOnly(54, "perm-address", Codec.OCTETS);

    /// `IFLA_GRO_MAX_SIZE`: the most octets of a GRO packet.
    public static final Attribute<Integer> GRO_MAX_SIZE = SET.settable(58, "gro-max-size", Codec.S32);

    /// `IFLA_TSO_MAX_SIZE`: the most octets of a TSO packet that the device can take.
    public static final Attribute<Integer> TSO_MAX_SIZE = SET.readOnly(59, "tso-max-size", Codec.S32);

    /// `IFLA_TSO_MAX_SEGS`: the most segments of one.
    public static final Attribute<Integer> TSO_MAX_SEGS = SET.readOnly(60, "tso-max-segs", Codec.S32);

    /// `IFLA_ALLMULTI`: how many want all multicast.
    public static final Attribute<Integer> ALLMULTI = SET.readOnly(61, "allmulti", Codec.S32);

    /// `IFLA_STATS64`: `struct rtnl_link_stats64`: numbers of 64 bits, from 0: packets received, sent,
    /// octets received, sent, errors received, sent, dropped received, sent, multicast, collisions. They
    /// make two readings of one link differ.
    public static final Attribute<Octets> STATS64 = SET.readOnly(23, "stats64", Codec.OCTETS);

    /// `IFLA_LINKINFO`: kind and data.
    static final Attribute<Attributes> LINKINFO = SET.settable(18, "linkinfo", Codec.nested(LinkInfo.SET));

    private LinkAttributes() {}
}
