package io.netyard.netlink.route;

import io.netyard.net.InterfaceName;
import io.netyard.net.IpAddress;
import io.netyard.net.IpPrefix;
import io.netyard.net.MacAddress;
import io.netyard.net.VlanId;
import io.netyard.netlink.message.Attribute;
import io.netyard.netlink.message.Attributes;
import io.netyard.netlink.message.Octets;
import io.netyard.netlink.route.Route.NextHop;
import io.netyard.netlink.route.RouteRequest.ChangeAddress;
import io.netyard.netlink.route.RouteRequest.ChangeBridgeVlans;
import io.netyard.netlink.route.RouteRequest.ChangeNeighbor;
import io.netyard.netlink.route.RouteRequest.ChangeRoute;
import io.netyard.netlink.route.RouteRequest.CreateLink;
import io.netyard.netlink.route.RouteRequest.DeleteLink;
import io.netyard.netlink.route.RouteRequest.SetBridgePort;
import io.netyard.netlink.route.RouteRequest.SetLink;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/// For commands of iproute2 the requests that say the same. Interfaces are those of
/// `src/test/golden/commands`.
final class Iproute2Requests {
    private static final int BR0 = 2;
    private static final int V0 = 3;
    private static final int V1 = 4;
    private static final int X1 = 14;

    private Iproute2Requests() {}

    static Map<String, RouteRequest> all() {
        Map<String, RouteRequest> requests = new LinkedHashMap<>();
        links(requests);
        tunnels(requests);
        changes(requests);
        addresses(requests);
        routes(requests);
        neighbors(requests);
        return requests;
    }

    private static RouteRequest create(String name, LinkKind kind, Attributes attributes) {
        return new CreateLink(LinkSpec.of(new InterfaceName(name), kind).withAttributes(attributes));
    }

    private static RouteRequest onV1(String name, LinkKind kind) {
        return create(name, kind, Attributes.EMPTY.with(LinkAttributes.LINK, V1));
    }

    private static Attributes with(MacAddress mac) {
        return Attributes.EMPTY.with(LinkAttributes.ADDRESS, mac);
    }

    private static MacAddress mac(String last) {
        return MacAddress.parse("02:00:00:00:00:" + last);
    }

    private static Octets octets(String hex) {
        return Octets.of(HexFormat.of().parseHex(hex));
    }

    private static IpPrefix net(String prefix) {
        return IpPrefix.parse(prefix);
    }

    private static void links(Map<String, RouteRequest> requests) {
        requests.put("ip link add b1 type bridge", create("b1", new Bridge(Attributes.EMPTY), Attributes.EMPTY));
        requests.put(
                "ip link add b2 mtu 1400 address 02:00:00:00:00:21 txqueuelen 500 type bridge forward_delay 400 hello_time 300"
                        + " max_age 1600 ageing_time 12300 stp_state 1 priority 4096 group_fwd_mask 16384"
                        + " group_address 01:80:c2:00:00:05 vlan_filtering 1 vlan_protocol 802.1ad vlan_default_pvid 5"
                        + " vlan_stats_enabled 1 vlan_stats_per_port 1",
                create(
                        "b2",
                        b2(),
                        with(mac("21")).with(LinkAttributes.MTU, 1400).with(LinkAttributes.TXQLEN, 500)));
        requests.put(
                "ip link add b3 type bridge mcast_snooping 0 mcast_router 2 mcast_query_use_ifaddr 1 mcast_querier 1"
                        + " mcast_hash_elasticity 16 mcast_hash_max 1024 mcast_last_member_count 3"
                        + " mcast_startup_query_count 4 mcast_last_member_interval 200 mcast_membership_interval 30000"
                        + " mcast_querier_interval 20000 mcast_query_interval 10000 mcast_query_response_interval 900"
                        + " mcast_startup_query_interval 3000 mcast_stats_enabled 1 mcast_igmp_version 3"
                        + " mcast_mld_version 2 nf_call_iptables 1 nf_call_ip6tables 1 nf_call_arptables 1",
                create("b3", b3(), Attributes.EMPTY));
        LinkSpec v3 = new LinkSpec(
                new InterfaceName("v3"),
                23,
                false,
                with(mac("23")).with(LinkAttributes.MTU, 1300),
                new Veth(Attributes.EMPTY),
                Optional.empty(),
                Optional.empty());
        requests.put(
                "ip link add v2 index 22 mtu 1400 address 02:00:00:00:00:22 type veth peer name v3 index 23 mtu 1300"
                        + " address 02:00:00:00:00:23",
                new CreateLink(new LinkSpec(
                        new InterfaceName("v2"),
                        22,
                        false,
                        with(mac("22")).with(LinkAttributes.MTU, 1400),
                        new Veth(Attributes.EMPTY),
                        Optional.empty(),
                        Optional.of(v3))));
        requests.put("ip link add d1 type dummy", create("d1", new Dummy(Attributes.EMPTY), Attributes.EMPTY));
        requests.put("ip link add f1 type ifb", create("f1", new Ifb(Attributes.EMPTY), Attributes.EMPTY));
    }

    private static Bridge b2() {
        return new Bridge(Attributes.EMPTY
                .with(Bridge.FORWARD_DELAY, 400L)
                .with(Bridge.HELLO_TIME, 300L)
                .with(Bridge.MAX_AGE, 1600L)
                .with(Bridge.AGEING_TIME, 12_300L)
                .with(Bridge.STP_STATE, true)
                .with(Bridge.PRIORITY, 4096)
                .with(Bridge.GROUP_FWD_MASK, 16_384)
                .with(Bridge.GROUP_ADDR, MacAddress.parse("01:80:c2:00:00:05"))
                .with(Bridge.VLAN_FILTERING, true)
                .with(Bridge.VLAN_PROTOCOL, Vlan.DOT1AD)
                .with(Bridge.VLAN_DEFAULT_PVID, 5)
                .with(Bridge.VLAN_STATS_ENABLED, true)
                .with(Bridge.VLAN_STATS_PER_PORT, true));
    }

    private static Bridge b3() {
        return new Bridge(Attributes.EMPTY
                .with(Bridge.MCAST_SNOOPING, false)
                .with(Bridge.MCAST_ROUTER, 2)
                .with(Bridge.MCAST_QUERY_USE_IFADDR, true)
                .with(Bridge.MCAST_QUERIER, true)
                .with(Bridge.MCAST_HASH_ELASTICITY, 16L)
                .with(Bridge.MCAST_HASH_MAX, 1024L)
                .with(Bridge.MCAST_LAST_MEMBER_CNT, 3L)
                .with(Bridge.MCAST_STARTUP_QUERY_CNT, 4L)
                .with(Bridge.MCAST_LAST_MEMBER_INTVL, 200L)
                .with(Bridge.MCAST_MEMBERSHIP_INTVL, 30_000L)
                .with(Bridge.MCAST_QUERIER_INTVL, 20_000L)
                .with(Bridge.MCAST_QUERY_INTVL, 10_000L)
                .with(Bridge.MCAST_QUERY_RESPONSE_INTVL, 900L)
                .with(Bridge.MCAST_STARTUP_QUERY_INTVL, 3000L)
                .with(Bridge.MCAST_STATS_ENABLED, true)
                .with(Bridge.MCAST_IGMP_VERSION, 3)
                .with(Bridge.MCAST_MLD_VERSION, 2)
                .with(Bridge.NF_CALL_IPTABLES, true)
                .with(Bridge.NF_CALL_IP6TABLES, true)
                .with(Bridge.NF_CALL_ARPTABLES, true));
    }

    private static void tunnels(Map<String, RouteRequest> requests) {
        requests.put(
                "ip link add link v1 name v1.10 type vlan id 10",
                onV1("v1.10", new Vlan(Attributes.EMPTY.with(Vlan.ID, 10))));
        requests.put(
                "ip link add link v1 name v1.20 mtu 1400 type vlan protocol 802.1ad id 4094 reorder_hdr off gvrp on mvrp on"
                        + " loose_binding on bridge_binding on ingress-qos-map 1:2 3:4 egress-qos-map 5:6",
                create(
                        "v1.20",
                        new Vlan(Attributes.EMPTY
                                .with(Vlan.PROTOCOL, Vlan.DOT1AD)
                                .with(Vlan.ID, 4094)
                                .with(Vlan.FLAGS, 0x1eL)
                                .with(Vlan.INGRESS_QOS, octets("0c00010001000000020000000c0001000300000004000000"))
                                .with(Vlan.EGRESS_QOS, octets("0c0001000500000006000000"))),
                        Attributes.EMPTY.with(LinkAttributes.LINK, V1).with(LinkAttributes.MTU, 1400)));
        macvlans(requests);
        requests.put("ip link add link v1 name i1 type ipvlan mode l2 bridge", onV1("i1", ipvlan(IpvlanMode.L2, 0)));
        requests.put("ip link add link v1 name i2 type ipvlan mode l3 private", onV1("i2", ipvlan(IpvlanMode.L3, 1)));
        requests.put("ip link add link v1 name i3 type ipvlan mode l3s vepa", onV1("i3", ipvlan(IpvlanMode.L3S, 2)));
        vxlans(requests);
        gres(requests);
    }

    private static Ipvlan ipvlan(IpvlanMode mode, int flags) {
        return new Ipvlan(Attributes.EMPTY.with(Ipvlan.MODE, mode).with(Ipvlan.FLAGS, flags));
    }

    private static Attributes mode(MacvlanMode mode) {
        return Attributes.EMPTY.with(Macvlan.MODE, mode);
    }

    private static void macvlans(Map<String, RouteRequest> requests) {
        String add = "ip link add link v1 name ";
        requests.put(add + "m1 type macvlan mode private", onV1("m1", new Macvlan(mode(MacvlanMode.PRIVATE))));
        requests.put(add + "m2 type macvlan mode vepa", onV1("m2", new Macvlan(mode(MacvlanMode.VEPA))));
        requests.put(
                add + "m3 address 02:00:00:00:00:33 type macvlan mode bridge bcqueuelen 2000",
                create(
                        "m3",
                        new Macvlan(mode(MacvlanMode.BRIDGE).with(Macvlan.BC_QUEUE_LEN, 2000L)),
                        with(mac("33")).with(LinkAttributes.LINK, V1)));
        requests.put(
                add + "m4 type macvlan mode passthru nopromisc",
                onV1("m4", new Macvlan(mode(MacvlanMode.PASSTHRU).with(Macvlan.FLAGS, 1))));
        requests.put(add + "m5 type macvlan mode source", onV1("m5", new Macvlan(mode(MacvlanMode.SOURCE))));
        requests.put(add + "m6 type macvtap mode bridge", onV1("m6", new Macvtap(mode(MacvlanMode.BRIDGE))));
    }

    private static void vxlans(Map<String, RouteRequest> requests) {
        Attributes base = Attributes.EMPTY.with(Vxlan.PORT, 4789).with(Vxlan.LEARNING, true);
        requests.put(
                "ip link add x1 type vxlan id 16777215 dstport 4789",
                create("x1", new Vxlan(base.with(Vxlan.ID, 16_777_215L)), Attributes.EMPTY));
        Attributes x2 = base.with(Vxlan.ID, 5L)
                .with(Vxlan.LOCAL, IpAddress.parse("192.0.2.1"))
                .with(Vxlan.GROUP, IpAddress.parse("192.0.2.2"))
                .with(Vxlan.LINK, V1)
                .with(Vxlan.TTL, 7)
                .with(Vxlan.TOS, 4)
                .with(Vxlan.DF, 1)
                .with(Vxlan.AGEING, 77L)
                .with(Vxlan.LIMIT, 100L)
                .with(Vxlan.PORT_RANGE, octets("03e807d0"))
                .with(Vxlan.LEARNING, false);
        for (Attribute<Boolean> each : List.of(
                Vxlan.PROXY,
                Vxlan.RSC,
                Vxlan.L2MISS,
                Vxlan.L3MISS,
                Vxlan.UDP_CSUM,
                Vxlan.UDP_ZERO_CSUM6_TX,
                Vxlan.UDP_ZERO_CSUM6_RX,
                Vxlan.REMCSUM_TX,
                Vxlan.REMCSUM_RX)) {
            x2 = x2.with(each, true);
        }
        requests.put(
                "ip link add x2 type vxlan id 5 local 192.0.2.1 remote 192.0.2.2 dev v1 dstport 4789 ttl 7 tos 4 df set"
                        + " ageing 77 maxaddress 100 srcport 1000 2000 nolearning proxy rsc l2miss l3miss udpcsum"
                        + " udp6zerocsumtx udp6zerocsumrx remcsumtx remcsumrx",
                create("x2", new Vxlan(x2), Attributes.EMPTY));
        requests.put(
                "ip link add x3 type vxlan id 6 group ff05::1 local 2001:db8::1 dev v1 dstport 4789 flowlabel 0x12345"
                        + " ttl inherit gbp",
                create(
                        "x3",
                        new Vxlan(base.with(Vxlan.ID, 6L)
                                .with(Vxlan.GROUP6, IpAddress.parse("ff05::1"))
                                .with(Vxlan.LOCAL6, IpAddress.parse("2001:db8::1"))
                                .with(Vxlan.LINK, V1)
                                .with(Vxlan.LABEL, 0x12345L)
                                .with(Vxlan.TTL_INHERIT, true)
                                .with(Vxlan.GBP, true)),
                        Attributes.EMPTY));
        requests.put(
                "ip link add x4 type vxlan external vnifilter dstport 4789 gpe",
                create(
                        "x4",
                        new Vxlan(base.with(Vxlan.COLLECT_METADATA, true)
                                .with(Vxlan.VNIFILTER, true)
                                .with(Vxlan.LEARNING, false)
                                .with(Vxlan.GPE, true)),
                        Attributes.EMPTY));
    }

    private static void gres(Map<String, RouteRequest> requests) {
        Attributes base = Attributes.EMPTY
                .with(Gretap.LOCAL, IpAddress.parse("192.0.2.1"))
                .with(Gretap.IFLAGS, Gretap.KEY)
                .with(Gretap.OFLAGS, Gretap.KEY)
                .with(Gretap.FWMARK, 0L)
                .with(Gretap.ENCAP_TYPE, 0)
                .with(Gretap.ENCAP_FLAGS, 0)
                .with(Gretap.ENCAP_SPORT, 0)
                .with(Gretap.ENCAP_DPORT, 0);
        Attributes nvgre = base.with(Gretap.IKEY, 5010L << 8)
                .with(Gretap.OKEY, 5010L << 8)
                .with(Gretap.LINK, V1)
                .with(Gretap.TTL, 64);
        requests.put(
                "ip link add g1 type gretap key 1282560 local 192.0.2.1 remote 192.0.2.2 dev v1 ttl 64",
                create(
                        "g1",
                        new Gretap(nvgre.with(Gretap.REMOTE, IpAddress.parse("192.0.2.2"))
                                .with(Gretap.PMTUDISC, true)
                                .with(Gretap.TOS, 0)),
                        Attributes.EMPTY));
        requests.put(
                "ip link add g2 type gretap remote 239.1.1.1 local 192.0.2.1 ikey 5 okey 6 nopmtudisc tos 4 ignore-df",
                create(
                        "g2",
                        new Gretap(base.with(Gretap.REMOTE, IpAddress.parse("239.1.1.1"))
                                .with(Gretap.IKEY, 5L)
                                .with(Gretap.OKEY, 6L)
                                .with(Gretap.PMTUDISC, false)
                                .with(Gretap.TTL, 0)
                                .with(Gretap.TOS, 4)
                                .with(Gretap.IGNORE_DF, true)),
                        Attributes.EMPTY));
        requests.put(
                "ip link add g3 type ip6gretap key 1282560 local 2001:db8::1 remote 2001:db8::2 dev v1 hoplimit 64"
                        + " encaplimit none",
                create(
                        "g3",
                        new Ip6gretap(nvgre.with(Gretap.LOCAL, IpAddress.parse("2001:db8::1"))
                                .with(Gretap.REMOTE, IpAddress.parse("2001:db8::2"))
                                .with(Gretap.ENCAP_LIMIT, 4)
                                .with(Gretap.FLOWINFO, 0L)
                                .with(Gretap.FLAGS, Gretap.NO_ENCAP_LIMIT)
                                .with(Gretap.ENCAP_FLAGS, 2)
                                .with(Gretap.ERSPAN_VER, 1)),
                        Attributes.EMPTY));
    }

    private static void changes(Map<String, RouteRequest> requests) {
        requests.put("ip link set dev v1 down", SetLink.up(V1, false));
        requests.put("ip link set dev v1 up", SetLink.up(V1, true));
        requests.put("ip link set dev v1 mtu 1450", set(LinkAttributes.MTU, 1450));
        requests.put("ip link set dev v1 address 02:00:00:00:00:44", set(LinkAttributes.ADDRESS, mac("44")));
        requests.put("ip link set dev v1 alias \"of host 7\"", set(LinkAttributes.IFALIAS, "of host 7"));
        requests.put("ip link set dev v1 group 5", set(LinkAttributes.GROUP, 5));
        requests.put("ip link set dev v1 txqueuelen 77", set(LinkAttributes.TXQLEN, 77));
        requests.put("ip link set dev v1 master br0", set(LinkAttributes.MASTER, BR0));
        requests.put("ip link set dev v1 nomaster", set(LinkAttributes.MASTER, 0));
        requests.put("ip link set dev v1 name v9", set(LinkAttributes.IFNAME, "v9"));
        requests.put(
                "ip link set dev br0 type bridge ageing_time 6000",
                SetLink.data(BR0, new Bridge(Attributes.EMPTY.with(Bridge.AGEING_TIME, 6000L))));
        requests.put("ip link delete dev m3", DeleteLink.one(10));
        requests.put("ip link delete group 77", new DeleteLink(0, 77));
        requests.put(
                "bridge link set dev v0 cost 5 priority 7 learning off flood off mcast_flood off bcast_flood off hairpin on"
                        + " guard on root_block on fastleave on neigh_suppress on isolated on locked on vlan_tunnel on"
                        + " mcast_to_unicast on",
                new SetBridgePort(V0, port()));
        requests.put(
                "bridge vlan add dev v0 vid 10 pvid untagged",
                new ChangeBridgeVlans(V0, false, List.of(new BridgeVlan(V0, new VlanId(10), true, true)), true));
        requests.put(
                "bridge vlan add dev br0 vid 20 self",
                new ChangeBridgeVlans(BR0, true, List.of(new BridgeVlan(BR0, new VlanId(20), false, false)), true));
        requests.put(
                "bridge vlan del dev v0 vid 10",
                new ChangeBridgeVlans(V0, false, List.of(new BridgeVlan(V0, new VlanId(10), false, false)), false));
    }

    private static <T> SetLink set(Attribute<T> attribute, T value) {
        return SetLink.attributes(V1, Attributes.EMPTY.with(attribute, value));
    }

    private static Attributes port() {
        Attributes port = Attributes.EMPTY.with(BridgePort.COST, 5L).with(BridgePort.PRIORITY, 7);
        for (Attribute<Boolean> off : List.of(
                BridgePort.LEARNING, BridgePort.UNICAST_FLOOD, BridgePort.MCAST_FLOOD, BridgePort.BCAST_FLOOD)) {
            port = port.with(off, false);
        }
        for (Attribute<Boolean> on : List.of(
                BridgePort.MODE,
                BridgePort.GUARD,
                BridgePort.PROTECT,
                BridgePort.FAST_LEAVE,
                BridgePort.NEIGH_SUPPRESS,
                BridgePort.ISOLATED,
                BridgePort.LOCKED,
                BridgePort.VLAN_TUNNEL,
                BridgePort.MCAST_TO_UCAST)) {
            port = port.with(on, true);
        }
        return port;
    }

    private static void addresses(Map<String, RouteRequest> requests) {
        requests.put("ip address add 10.0.0.1/24 dev v1", new ChangeAddress(Address.of(V1, net("10.0.0.1/24")), true));
        requests.put(
                "ip address add 10.1.0.1 peer 10.1.0.2 dev v1",
                new ChangeAddress(
                        new Address(V1, net("10.1.0.1/32"), Optional.of(IpAddress.parse("10.1.0.2")), 0, 0, 0), true));
        requests.put(
                "ip address add fd00::1/64 dev v1 nodad",
                new ChangeAddress(Address.of(V1, net("fd00::1/64")).withFlags(Address.NODAD), true));
        requests.put(
                "ip address add 10.2.0.1/24 dev v1 noprefixroute scope link",
                new ChangeAddress(
                        new Address(V1, net("10.2.0.1/24"), Optional.empty(), 253, Address.NO_PREFIX_ROUTE, 0), true));
        requests.put("ip address del 10.2.0.1/24 dev v1", new ChangeAddress(Address.of(V1, net("10.2.0.1/24")), false));
    }

    private static Route route(String destination, RouteType type, NextHop... hops) {
        return new Route(
                net(destination),
                type,
                List.of(hops),
                Optional.empty(),
                Route.MAIN_TABLE,
                Route.STATIC,
                0,
                0,
                Attributes.EMPTY);
    }

    private static NextHop via(String gateway, boolean onlink, int weight) {
        return new NextHop(V1, Optional.of(IpAddress.parse(gateway)), onlink, weight);
    }

    private static Route with(Route route, int scope, long metric, Attributes metrics) {
        return new Route(
                route.destination(),
                route.type(),
                route.nextHops(),
                route.source(),
                route.table(),
                route.protocol(),
                scope,
                metric,
                metrics);
    }

    private static RouteRequest add(Route route) {
        return new ChangeRoute(route, ChangeRoute.Change.ADD);
    }

    private static void routes(Map<String, RouteRequest> requests) {
        requests.put(
                "ip route add default via 10.0.0.254 dev v1 proto static",
                add(Route.via(IpPrefix.ALL_IPV4, IpAddress.parse("10.0.0.254"), V1)));
        requests.put(
                "ip route add 10.7.0.0/16 via 192.0.2.9 dev v1 onlink proto static metric 50 mtu 1300",
                add(with(
                        route("10.7.0.0/16", RouteType.UNICAST, via("192.0.2.9", true, 1)),
                        0,
                        50,
                        Attributes.EMPTY.with(Route.METRIC_MTU, 1300))));
        NextHop anywhere = new NextHop(0, Optional.of(IpAddress.parse("10.0.0.254")), false, 1);
        requests.put(
                "ip route add 10.8.0.0/16 via 10.0.0.254 src 10.0.0.1 table 1000 proto static",
                add(new Route(
                        net("10.8.0.0/16"),
                        RouteType.UNICAST,
                        List.of(anywhere),
                        Optional.of(IpAddress.parse("10.0.0.1")),
                        1000,
                        Route.STATIC,
                        0,
                        0,
                        Attributes.EMPTY)));
        Route onLink = with(
                route("10.9.0.0/16", RouteType.UNICAST, new NextHop(V1, Optional.empty(), false, 1)),
                Route.SCOPE_LINK,
                0,
                Attributes.EMPTY);
        requests.put("ip route add 10.9.0.0/16 dev v1 proto static scope link", add(onLink));
        requests.put(
                "ip route replace blackhole 10.10.0.0/16 proto static",
                new ChangeRoute(route("10.10.0.0/16", RouteType.BLACKHOLE), ChangeRoute.Change.REPLACE));
        requests.put(
                "ip route add unreachable 10.11.0.0/16 proto static",
                add(route("10.11.0.0/16", RouteType.UNREACHABLE)));
        requests.put("ip route add prohibit 10.12.0.0/16 proto static", add(route("10.12.0.0/16", RouteType.PROHIBIT)));
        requests.put(
                "ip route add 10.13.0.0/16 proto static nexthop via 10.0.0.2 dev v1 weight 3 nexthop via 10.0.0.3 dev v1"
                        + " onlink",
                add(route("10.13.0.0/16", RouteType.UNICAST, via("10.0.0.2", false, 3), via("10.0.0.3", true, 1))));
        Attributes metrics = Attributes.EMPTY
                .with(Route.METRIC_MTU, 1300)
                .with(Route.METRIC_ADVMSS, 1200)
                .with(Route.METRIC_HOPLIMIT, 9)
                .with(Route.METRIC_INITCWND, 20);
        requests.put(
                "ip route add 10.14.0.0/16 via 10.0.0.254 proto static mtu 1300 advmss 1200 hoplimit 9 initcwnd 20",
                add(with(route("10.14.0.0/16", RouteType.UNICAST, anywhere), 0, 0, metrics)));
        requests.put(
                "ip route add default via fd00::fe dev v1 proto static",
                add(Route.via(IpPrefix.ALL_IPV6, IpAddress.parse("fd00::fe"), V1)));
        requests.put(
                "ip route add 2001:db8:7::/48 via fd00::fe dev v1 proto static metric 7 mtu 1400",
                add(with(
                        route("2001:db8:7::/48", RouteType.UNICAST, via("fd00::fe", false, 1)),
                        0,
                        7,
                        Attributes.EMPTY.with(Route.METRIC_MTU, 1400))));
    }

    private static Neighbor fdb(int index, String mac, int state, int flags) {
        return new Neighbor(
                index,
                true,
                Optional.empty(),
                Optional.of(mac(mac)),
                state,
                flags,
                OptionalInt.empty(),
                OptionalInt.empty(),
                OptionalInt.empty(),
                OptionalInt.empty());
    }

    private static void neighbors(Map<String, RouteRequest> requests) {
        for (String address : List.of("10.0.0.9", "fd00::9")) {
            requests.put(
                    "ip neighbour add " + address + " lladdr 02:00:00:00:00:09 dev v1 nud permanent",
                    new ChangeNeighbor(Neighbor.permanent(V1, IpAddress.parse(address), mac("09")), true));
        }
        requests.put(
                "bridge fdb append 00:00:00:00:00:00 dev x1 dst 192.0.2.9",
                new ChangeNeighbor(Neighbor.vxlanEntry(X1, Vxlan.FLOOD, IpAddress.parse("192.0.2.9")), true));
        int reachable = 0x02;
        requests.put(
                "bridge fdb add 02:00:00:00:00:56 dev v0 master static",
                new ChangeNeighbor(fdb(V0, "56", Neighbor.NOARP | reachable, Neighbor.MASTER), true));
        requests.put(
                "bridge fdb del 02:00:00:00:00:56 dev v0 master",
                new ChangeNeighbor(fdb(V0, "56", Neighbor.NOARP | Neighbor.PERMANENT, Neighbor.MASTER), false));
    }
}
