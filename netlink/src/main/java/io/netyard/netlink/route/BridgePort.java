package io.netyard.netlink.route;

import io.netyard.netlink.message.Attribute;
import io.netyard.netlink.message.AttributeSet;
import io.netyard.netlink.message.Codec;
import io.netyard.netlink.message.Octets;

/// The attributes of a bridge port (`IFLA_BRPORT_…`; `bridge link set dev PORT …`).
public final class BridgePort {
    static final AttributeSet SET = new AttributeSet("bridge-slave");

    /// `IFLA_BRPORT_STATE`: STP state: 0 disabled, 1 listening, 2 learning, 3 forwarding, 4 blocking.
    public static final Attribute<Integer> STATE = SET.settable(1, "state", Codec.U8);

    /// `IFLA_BRPORT_PRIORITY`: the port priority, 0 to 63.
    public static final Attribute<Integer> PRIORITY = SET.settable(2, "priority", Codec.U16);

    /// `IFLA_BRPORT_COST`: the path cost.
    public static final Attribute<Long> COST = SET.settable(3, "cost", Codec.U32);

    /// `IFLA_BRPORT_MODE`: hairpin: whether frames go back out of the port they came in by.
    public static final Attribute<Boolean> MODE = SET.settable(4, "mode", Codec.BOOL8);

    /// `IFLA_BRPORT_GUARD`: BPDU guard.
    public static final Attribute<Boolean> GUARD = SET.settable(5, "guard", Codec.BOOL8);

    /// `IFLA_BRPORT_PROTECT`: root guard.
    public static final Attribute<Boolean> PROTECT = SET.settable(6, "protect", Codec.BOOL8);

    /// `IFLA_BRPORT_FAST_LEAVE`: whether a leave ends a multicast membership at once.
    public static final Attribute<Boolean> FAST_LEAVE = SET.settable(7, "fast-leave", Codec.BOOL8);

    /// `IFLA_BRPORT_LEARNING`: whether source addresses are learned.
    public static final Attribute<Boolean> LEARNING = SET.settable(8, "learning", Codec.BOOL8);

    /// `IFLA_BRPORT_UNICAST_FLOOD`: whether unknown unicast is flooded to it.
    public static final Attribute<Boolean> UNICAST_FLOOD = SET.settable(9, "unicast-flood", Codec.BOOL8);

    /// `IFLA_BRPORT_PROXYARP`: whether ARP is answered for others.
    public static final Attribute<Boolean> PROXYARP = SET.settable(10, "proxyarp", Codec.BOOL8);

    /// `IFLA_BRPORT_LEARNING_SYNC`: whether hardware learning is taken over.
    public static final Attribute<Boolean> LEARNING_SYNC = SET.settable(11, "learning-sync", Codec.BOOL8);

    /// `IFLA_BRPORT_PROXYARP_WIFI`: ARP answered for wireless stations.
    public static final Attribute<Boolean> PROXYARP_WIFI = SET.settable(12, "proxyarp-wifi", Codec.BOOL8);

    /// `IFLA_BRPORT_ROOT_ID`: the root bridge as told on this port.
    public static final Attribute<Octets> ROOT_ID = SET.readOnly(13, "root-id", Codec.OCTETS);

    /// `IFLA_BRPORT_BRIDGE_ID`: the designated bridge.
    public static final Attribute<Octets> BRIDGE_ID = SET.readOnly(14, "bridge-id", Codec.OCTETS);

    /// `IFLA_BRPORT_DESIGNATED_PORT`: the designated port.
    public static final Attribute<Integer> DESIGNATED_PORT = SET.readOnly(15, "designated-port", Codec.U16);

    /// `IFLA_BRPORT_DESIGNATED_COST`: the designated cost.
    public static final Attribute<Integer> DESIGNATED_COST = SET.readOnly(16, "designated-cost", Codec.U16);

    /// `IFLA_BRPORT_ID`: the port identifier.
    public static final Attribute<Integer> ID = SET.readOnly(17, "id", Codec.U16);

    /// `IFLA_BRPORT_NO`: the port number.
    public static final Attribute<Integer> NO = SET.readOnly(18, "no", Codec.U16);

    /// `IFLA_BRPORT_TOPOLOGY_CHANGE_ACK`: whether a topology change is acknowledged.
    public static final Attribute<Integer> TOPOLOGY_CHANGE_ACK = SET.readOnly(19, "topology-change-ack", Codec.U8);

    /// `IFLA_BRPORT_CONFIG_PENDING`: whether a BPDU waits.
    public static final Attribute<Integer> CONFIG_PENDING = SET.readOnly(20, "config-pending", Codec.U8);

    /// `IFLA_BRPORT_MESSAGE_AGE_TIMER`: time left, in hundredths of a second.
    public static final Attribute<Long> MESSAGE_AGE_TIMER = SET.readOnly(21, "message-age-timer", Codec.U64);

    /// `IFLA_BRPORT_FORWARD_DELAY_TIMER`: time left, in hundredths of a second.
    public static final Attribute<Long> FORWARD_DELAY_TIMER = SET.readOnly(22, "forward-delay-timer", Codec.U64);

    /// `IFLA_BRPORT_HOLD_TIMER`: time left, in hundredths of a second.
    public static final Attribute<Long> HOLD_TIMER = SET.readOnly(23, "hold-timer", Codec.U64);

    /// `IFLA_BRPORT_MULTICAST_ROUTER`: 0 never, 1 learned, 2 always, 3 for a while.
    public static final Attribute<Integer> MULTICAST_ROUTER = SET.settable(25, "multicast-router", Codec.U8);

    /// `IFLA_BRPORT_MCAST_FLOOD`: whether unknown multicast is flooded to it.
    public static final Attribute<Boolean> MCAST_FLOOD = SET.settable(27, "mcast-flood", Codec.BOOL8);

    /// `IFLA_BRPORT_MCAST_TO_UCAST`: whether multicast is sent as unicast to each member.
    public static final Attribute<Boolean> MCAST_TO_UCAST = SET.settable(28, "mcast-to-ucast", Codec.BOOL8);

    /// `IFLA_BRPORT_VLAN_TUNNEL`: whether VLANs are mapped to VNIs.
    public static final Attribute<Boolean> VLAN_TUNNEL = SET.settable(29, "vlan-tunnel", Codec.BOOL8);

    /// `IFLA_BRPORT_BCAST_FLOOD`: whether broadcast is flooded to it.
    public static final Attribute<Boolean> BCAST_FLOOD = SET.settable(30, "bcast-flood", Codec.BOOL8);

    /// `IFLA_BRPORT_GROUP_FWD_MASK`: which reserved addresses pass, a bit for each.
    public static final Attribute<Integer> GROUP_FWD_MASK = SET.settable(31, "group-fwd-mask", Codec.U16);

    /// `IFLA_BRPORT_NEIGH_SUPPRESS`: whether ARP and ND are answered from the table.
    public static final Attribute<Boolean> NEIGH_SUPPRESS = SET.settable(32, "neigh-suppress", Codec.BOOL8);

    /// `IFLA_BRPORT_ISOLATED`: whether it reaches only ports that are not isolated.
    public static final Attribute<Boolean> ISOLATED = SET.settable(33, "isolated", Codec.BOOL8);

    /// `IFLA_BRPORT_BACKUP_PORT`: the ifindex of the port that takes over without carrier.
    public static final Attribute<Integer> BACKUP_PORT = SET.settable(34, "backup-port", Codec.S32);

    /// `IFLA_BRPORT_MRP_RING_OPEN`: whether the MRP ring is open (IEC 62439-2).
    public static final Attribute<Boolean> MRP_RING_OPEN = SET.readOnly(35, "mrp-ring-open", Codec.BOOL8);

    /// `IFLA_BRPORT_MRP_IN_OPEN`: whether the MRP interconnection is open.
    public static final Attribute<Boolean> MRP_IN_OPEN = SET.readOnly(36, "mrp-in-open", Codec.BOOL8);

    /// `IFLA_BRPORT_MCAST_EHT_HOSTS_LIMIT`: the most hosts that are tracked for all groups.
    public static final Attribute<Long> MCAST_EHT_HOSTS_LIMIT = SET.settable(37, "mcast-eht-hosts-limit", Codec.U32);

    /// `IFLA_BRPORT_MCAST_EHT_HOSTS_CNT`: how many are.
    public static final Attribute<Long> MCAST_EHT_HOSTS_CNT = SET.readOnly(38, "mcast-eht-hosts-cnt", Codec.U32);

    /// `IFLA_BRPORT_LOCKED`: whether only known sources come in (802.1X).
    public static final Attribute<Boolean> LOCKED = SET.settable(39, "locked", Codec.BOOL8);

    /// `IFLA_BRPORT_MAB`: MAC authentication bypass (Linux 6.2).
    public static final Attribute<Boolean> MAB = SET.settable(40, "mab", Codec.BOOL8);

    /// `IFLA_BRPORT_MCAST_N_GROUPS`: how many multicast entries there are (Linux 6.3).
    public static final Attribute<Long> MCAST_N_GROUPS = SET.readOnly(41, "mcast-n-groups", Codec.U32);

    /// `IFLA_BRPORT_MCAST_MAX_GROUPS`: the most multicast entries; 0 for no limit (Linux 6.3).
    public static final Attribute<Long> MCAST_MAX_GROUPS = SET.settable(42, "mcast-max-groups", Codec.U32);

    /// `IFLA_BRPORT_NEIGH_VLAN_SUPPRESS`: suppression for each VLAN (Linux 6.4).
    public static final Attribute<Boolean> NEIGH_VLAN_SUPPRESS = SET.settable(43, "neigh-vlan-suppress", Codec.BOOL8);

    private BridgePort() {}
}
