package io.netyard.netlink.route;

import io.netyard.net.MacAddress;
import io.netyard.netlink.message.Attribute;
import io.netyard.netlink.message.AttributeSet;
import io.netyard.netlink.message.Attributes;
import io.netyard.netlink.message.Codec;
import io.netyard.netlink.message.Octets;

/// A bridge (`ip link add type bridge`, CONFIG_BRIDGE; IEEE 802.1Q where it filters VLANs).
///
/// @param data its attributes
public record Bridge(Attributes data) implements LinkKind {
    static final AttributeSet SET = new AttributeSet("bridge");

    /// `IFLA_BR_FORWARD_DELAY`: the time in the listening and learning states, in hundredths of a second.
    public static final Attribute<Long> FORWARD_DELAY = SET.settable(1, "forward-delay", Codec.U32);

    /// `IFLA_BR_HELLO_TIME`: the time between two configuration BPDUs, in hundredths of a second.
    public static final Attribute<Long> HELLO_TIME = SET.settable(2, "hello-time", Codec.U32);

    /// `IFLA_BR_MAX_AGE`: how long a BPDU counts, in hundredths of a second.
    public static final Attribute<Long> MAX_AGE = SET.settable(3, "max-age", Codec.U32);

    /// `IFLA_BR_AGEING_TIME`: how long a learned address is kept, in hundredths of a second.
    public static final Attribute<Long> AGEING_TIME = SET.settable(4, "ageing-time", Codec.U32);

    /// `IFLA_BR_STP_STATE`: whether the spanning tree protocol runs.
    public static final Attribute<Boolean> STP_STATE = SET.settable(5, "stp-state", Codec.BOOL32);

    /// `IFLA_BR_PRIORITY`: the bridge priority, 0 to 65,535; lower becomes root.
    public static final Attribute<Integer> PRIORITY = SET.settable(6, "priority", Codec.U16);

    /// `IFLA_BR_VLAN_FILTERING`: whether VLAN tables decide; absent on a kernel without
    /// CONFIG_BRIDGE_VLAN_FILTERING.
    public static final Attribute<Boolean> VLAN_FILTERING = SET.settable(7, "vlan-filtering", Codec.BOOL8);

    /// `IFLA_BR_VLAN_PROTOCOL`: the TPID of the tags that count: 0x8100 or 0x88a8.
    public static final Attribute<Integer> VLAN_PROTOCOL = SET.settable(8, "vlan-protocol", Codec.BE16);

    /// `IFLA_BR_GROUP_FWD_MASK`: which of the reserved addresses 01:80:c2:00:00:0x pass, a bit for each x.
    public static final Attribute<Integer> GROUP_FWD_MASK = SET.settable(9, "group-fwd-mask", Codec.U16);

    /// `IFLA_BR_ROOT_ID`: the identifier of the root bridge: priority, then MAC address.
    public static final Attribute<Octets> ROOT_ID = SET.readOnly(10, "root-id", Codec.OCTETS);

    /// `IFLA_BR_BRIDGE_ID`: the identifier of this bridge.
    public static final Attribute<Octets> BRIDGE_ID = SET.readOnly(11, "bridge-id", Codec.OCTETS);

    /// `IFLA_BR_ROOT_PORT`: the number of the port towards the root.
    public static final Attribute<Integer> ROOT_PORT = SET.readOnly(12, "root-port", Codec.U16);

    /// `IFLA_BR_ROOT_PATH_COST`: the cost of the path to the root.
    public static final Attribute<Long> ROOT_PATH_COST = SET.readOnly(13, "root-path-cost", Codec.U32);

    /// `IFLA_BR_TOPOLOGY_CHANGE`: whether the topology is changing.
    public static final Attribute<Integer> TOPOLOGY_CHANGE = SET.readOnly(14, "topology-change", Codec.U8);

    /// `IFLA_BR_TOPOLOGY_CHANGE_DETECTED`: whether this bridge saw it change.
    public static final Attribute<Integer> TOPOLOGY_CHANGE_DETECTED =
            SET.readOnly(15, "topology-change-detected", Codec.U8);

    /// `IFLA_BR_HELLO_TIMER`: time left, in hundredths of a second.
    public static final Attribute<Long> HELLO_TIMER = SET.readOnly(16, "hello-timer", Codec.U64);

    /// `IFLA_BR_TCN_TIMER`: time left, in hundredths of a second.
    public static final Attribute<Long> TCN_TIMER = SET.readOnly(17, "tcn-timer", Codec.U64);

    /// `IFLA_BR_TOPOLOGY_CHANGE_TIMER`: time left, in hundredths of a second.
    public static final Attribute<Long> TOPOLOGY_CHANGE_TIMER = SET.readOnly(18, "topology-change-timer", Codec.U64);

    /// `IFLA_BR_GC_TIMER`: time left until learned addresses are aged, in hundredths of a second.
    public static final Attribute<Long> GC_TIMER = SET.readOnly(19, "gc-timer", Codec.U64);

    /// `IFLA_BR_GROUP_ADDR`: the address that BPDUs are sent to.
    public static final Attribute<MacAddress> GROUP_ADDR = SET.settable(20, "group-addr", Codec.MAC);

    /// `IFLA_BR_MCAST_ROUTER`: 0 no multicast router, 1 learn where routers are, 2 every port.
    public static final Attribute<Integer> MCAST_ROUTER = SET.settable(22, "mcast-router", Codec.U8);

    /// `IFLA_BR_MCAST_SNOOPING`: whether IGMP and MLD reports narrow multicast.
    public static final Attribute<Boolean> MCAST_SNOOPING = SET.settable(23, "mcast-snooping", Codec.BOOL8);

    /// `IFLA_BR_MCAST_QUERY_USE_IFADDR`: whether queries come from the address of the bridge.
    public static final Attribute<Boolean> MCAST_QUERY_USE_IFADDR =
            SET.settable(24, "mcast-query-use-ifaddr", Codec.BOOL8);

    /// `IFLA_BR_MCAST_QUERIER`: whether the bridge sends queries.
    public static final Attribute<Boolean> MCAST_QUERIER = SET.settable(25, "mcast-querier", Codec.BOOL8);

    /// `IFLA_BR_MCAST_HASH_ELASTICITY`: kept for old programs; without effect since Linux 4.20.
    public static final Attribute<Long> MCAST_HASH_ELASTICITY = SET.settable(26, "mcast-hash-elasticity", Codec.U32);

    /// `IFLA_BR_MCAST_HASH_MAX`: the largest number of multicast groups, a power of two.
    public static final Attribute<Long> MCAST_HASH_MAX = SET.settable(27, "mcast-hash-max", Codec.U32);

    /// `IFLA_BR_MCAST_LAST_MEMBER_CNT`: queries after a leave.
    public static final Attribute<Long> MCAST_LAST_MEMBER_CNT = SET.settable(28, "mcast-last-member-cnt", Codec.U32);

    /// `IFLA_BR_MCAST_STARTUP_QUERY_CNT`: queries at the start.
    public static final Attribute<Long> MCAST_STARTUP_QUERY_CNT =
            SET.settable(29, "mcast-startup-query-cnt", Codec.U32);

    /// `IFLA_BR_MCAST_LAST_MEMBER_INTVL`: the time between those after a leave, in hundredths of a second.
    public static final Attribute<Long> MCAST_LAST_MEMBER_INTVL =
            SET.settable(30, "mcast-last-member-intvl", Codec.U64);

    /// `IFLA_BR_MCAST_MEMBERSHIP_INTVL`: how long a membership counts, in hundredths of a second.
    public static final Attribute<Long> MCAST_MEMBERSHIP_INTVL = SET.settable(31, "mcast-membership-intvl", Codec.U64);

    /// `IFLA_BR_MCAST_QUERIER_INTVL`: how long another querier counts as present, in hundredths of a
    /// second.
    public static final Attribute<Long> MCAST_QUERIER_INTVL = SET.settable(32, "mcast-querier-intvl", Codec.U64);

    /// `IFLA_BR_MCAST_QUERY_INTVL`: the time between two queries, in hundredths of a second.
    public static final Attribute<Long> MCAST_QUERY_INTVL = SET.settable(33, "mcast-query-intvl", Codec.U64);

    /// `IFLA_BR_MCAST_QUERY_RESPONSE_INTVL`: the time to answer a query, in hundredths of a second.
    public static final Attribute<Long> MCAST_QUERY_RESPONSE_INTVL =
            SET.settable(34, "mcast-query-response-intvl", Codec.U64);

    /// `IFLA_BR_MCAST_STARTUP_QUERY_INTVL`: the time between queries at the start, in hundredths of a
    /// second.
    public static final Attribute<Long> MCAST_STARTUP_QUERY_INTVL =
            SET.settable(35, "mcast-startup-query-intvl", Codec.U64);

    /// `IFLA_BR_NF_CALL_IPTABLES`: whether bridged IPv4 passes iptables.
    public static final Attribute<Boolean> NF_CALL_IPTABLES = SET.settable(36, "nf-call-iptables", Codec.BOOL8);

    /// `IFLA_BR_NF_CALL_IP6TABLES`: whether bridged IPv6 passes ip6tables.
    public static final Attribute<Boolean> NF_CALL_IP6TABLES = SET.settable(37, "nf-call-ip6tables", Codec.BOOL8);

    /// `IFLA_BR_NF_CALL_ARPTABLES`: whether bridged ARP passes arptables.
    public static final Attribute<Boolean> NF_CALL_ARPTABLES = SET.settable(38, "nf-call-arptables", Codec.BOOL8);

    /// `IFLA_BR_VLAN_DEFAULT_PVID`: the PVID that new ports get; 0 for none.
    public static final Attribute<Integer> VLAN_DEFAULT_PVID = SET.settable(39, "vlan-default-pvid", Codec.U16);

    /// `IFLA_BR_VLAN_STATS_ENABLED`: whether traffic is counted for each VLAN.
    public static final Attribute<Boolean> VLAN_STATS_ENABLED = SET.settable(41, "vlan-stats-enabled", Codec.BOOL8);

    /// `IFLA_BR_MCAST_STATS_ENABLED`: whether IGMP and MLD are counted.
    public static final Attribute<Boolean> MCAST_STATS_ENABLED = SET.settable(42, "mcast-stats-enabled", Codec.BOOL8);

    /// `IFLA_BR_MCAST_IGMP_VERSION`: 2 or 3.
    public static final Attribute<Integer> MCAST_IGMP_VERSION = SET.settable(43, "mcast-igmp-version", Codec.U8);

    /// `IFLA_BR_MCAST_MLD_VERSION`: 1 or 2.
    public static final Attribute<Integer> MCAST_MLD_VERSION = SET.settable(44, "mcast-mld-version", Codec.U8);

    /// `IFLA_BR_VLAN_STATS_PER_PORT`: whether traffic is counted for each VLAN of each port.
    public static final Attribute<Boolean> VLAN_STATS_PER_PORT = SET.settable(45, "vlan-stats-per-port", Codec.BOOL8);

    /// `IFLA_BR_MULTI_BOOLOPT`: `struct br_boolopt_multi`: values u32, mask u32.
    public static final Attribute<Octets> MULTI_BOOLOPT = SET.settable(46, "multi-boolopt", Codec.OCTETS);

    /// `IFLA_BR_MCAST_QUERIER_STATE`: who is the querier.
    public static final Attribute<Octets> MCAST_QUERIER_STATE = SET.readOnly(47, "mcast-querier-state", Codec.OCTETS);

    /// `IFLA_BR_FDB_N_LEARNED`: how many addresses are learned (Linux 6.7).
    public static final Attribute<Long> FDB_N_LEARNED = SET.readOnly(48, "fdb-n-learned", Codec.U32);

    /// `IFLA_BR_FDB_MAX_LEARNED`: the most addresses that are learned; 0 for no limit (Linux 6.7).
    public static final Attribute<Long> FDB_MAX_LEARNED = SET.settable(49, "fdb-max-learned", Codec.U32);

    @Override
    public String kind() {
        return "bridge";
    }

    @Override
    public Bridge withData(Attributes changed) {
        return new Bridge(changed);
    }

    @Override
    public AttributeSet attributeSet() {
        return SET;
    }
}
