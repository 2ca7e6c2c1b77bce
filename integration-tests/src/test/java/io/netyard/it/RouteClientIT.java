package io.netyard.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.abort;

import io.netyard.linux.Errno;
import io.netyard.linux.NetworkNamespace;
import io.netyard.net.InterfaceName;
import io.netyard.net.IpAddress;
import io.netyard.net.IpPrefix;
import io.netyard.net.MacAddress;
import io.netyard.net.VlanId;
import io.netyard.netlink.NetlinkException;
import io.netyard.netlink.message.Attributes;
import io.netyard.netlink.route.Address;
import io.netyard.netlink.route.Bridge;
import io.netyard.netlink.route.BridgeVlan;
import io.netyard.netlink.route.Dummy;
import io.netyard.netlink.route.Gretap;
import io.netyard.netlink.route.Ifb;
import io.netyard.netlink.route.Ip6gretap;
import io.netyard.netlink.route.Ipvlan;
import io.netyard.netlink.route.IpvlanMode;
import io.netyard.netlink.route.Link;
import io.netyard.netlink.route.LinkAttributes;
import io.netyard.netlink.route.LinkKind;
import io.netyard.netlink.route.LinkSpec;
import io.netyard.netlink.route.Macvlan;
import io.netyard.netlink.route.MacvlanMode;
import io.netyard.netlink.route.Macvtap;
import io.netyard.netlink.route.Neighbor;
import io.netyard.netlink.route.Route;
import io.netyard.netlink.route.RouteClient;
import io.netyard.netlink.route.RouteRequest;
import io.netyard.netlink.route.RouteRequest.ChangeAddress;
import io.netyard.netlink.route.RouteRequest.ChangeRoute;
import io.netyard.netlink.route.RouteRequest.CreateLink;
import io.netyard.netlink.route.RouteRequest.SetLink;
import io.netyard.netlink.route.Veth;
import io.netyard.netlink.route.Vlan;
import io.netyard.netlink.route.Vxlan;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// What the client makes, iproute2 has to see, in one namespace named `rt` and another named `rt2`.
class RouteClientIT {
    private static final InterfaceName BR0 = new InterfaceName("br0");
    private static final InterfaceName PROBE = new InterfaceName("probe0");

    private NetworkNamespace namespace = NetworkNamespace.current();
    private NetworkNamespace other = NetworkNamespace.current();
    private RouteClient client = RouteClient.in(namespace);

    @BeforeEach
    void open() {
        close();
        namespace = named("rt");
        other = named("rt2");
        client = RouteClient.in(namespace);
        client.execute(new CreateLink(LinkSpec.of(BR0, new Bridge(Attributes.EMPTY))));
    }

    private static NetworkNamespace named(String name) {
        Tool.run("ip", "netns", "add", name);
        return NetworkNamespace.open(Path.of("/run/netns", name));
    }

    @AfterEach
    void delete() {
        close();
        Tool.run("ip", "netns", "delete", "rt");
        Tool.run("ip", "netns", "delete", "rt2");
    }

    private void close() {
        client.close();
        namespace.close();
        other.close();
    }

    private int index(InterfaceName name) {
        return client.link(name).orElseThrow().index();
    }

    /// Makes a link of a kind on the bridge, or skips the test where this kernel has no such kind.
    private JsonNode make(LinkKind kind) {
        int lower = index(BR0);
        LinkKind placed = kind.lowerDevice().isPresent()
                ? kind.withData(kind.data().with(kind.lowerDevice().get(), lower))
                : kind;
        LinkSpec spec = LinkSpec.of(PROBE, placed);
        boolean alone = switch (kind) {
            case Bridge _, Dummy _, Ifb _, Vxlan _, Gretap _, Ip6gretap _ -> true;
            default -> false;
        };
        try {
            client.execute(new CreateLink(
                    alone ? spec : spec.withAttributes(Attributes.EMPTY.with(LinkAttributes.LINK, lower))));
        } catch (NetlinkException failure) {
            if (failure.errno() == Errno.EOPNOTSUPP) {
                abort("this kernel has no " + kind.kind() + ": " + failure.getMessage());
            }
            throw failure;
        }
        Link link = client.link(PROBE).orElseThrow();
        assertThat(link.kind().data().differencesFrom(kind.data()))
                .as("what the client reads back")
                .isEmpty();
        JsonNode shown =
                Tool.json("rt", "ip", "-j", "-d", "link", "show", "probe0").get(0);
        assertThat(shown.get("linkinfo").get("info_kind").asString()).isEqualTo(kind.kind());
        return shown.get("linkinfo").path("info_data");
    }

    @Test
    void bridge() {
        JsonNode data = make(new Bridge(Attributes.EMPTY
                .with(Bridge.FORWARD_DELAY, 400L)
                .with(Bridge.HELLO_TIME, 300L)
                .with(Bridge.AGEING_TIME, 12_300L)
                .with(Bridge.STP_STATE, true)
                .with(Bridge.PRIORITY, 4096)
                .with(Bridge.GROUP_FWD_MASK, 16_384)
                .with(Bridge.MCAST_SNOOPING, false)));
        assertThat(data.get("forward_delay").asInt()).isEqualTo(400);
        assertThat(data.get("hello_time").asInt()).isEqualTo(300);
        assertThat(data.get("ageing_time").asInt()).isEqualTo(12_300);
        assertThat(data.get("stp_state").asInt()).isEqualTo(1);
        assertThat(data.get("priority").asInt()).isEqualTo(4096);
        assertThat(data.get("group_fwd_mask").asString()).isEqualTo("0x4000");
        assertThat(data.get("mcast_snooping").asInt()).isZero();
    }

    @Test
    void vlanOfBothProtocols() {
        JsonNode data =
                make(new Vlan(Attributes.EMPTY.with(Vlan.PROTOCOL, Vlan.DOT1AD).with(Vlan.ID, 4094)));
        assertThat(data.get("protocol").asString()).isEqualTo("802.1ad");
        assertThat(data.get("id").asInt()).isEqualTo(4094);
    }

    @Test
    void macvlan() {
        assertThat(make(new Macvlan(Attributes.EMPTY.with(Macvlan.MODE, MacvlanMode.VEPA)))
                        .get("mode")
                        .asString())
                .isEqualTo("vepa");
    }

    @Test
    void macvtap() {
        assertThat(make(new Macvtap(Attributes.EMPTY.with(Macvlan.MODE, MacvlanMode.PRIVATE)))
                        .get("mode")
                        .asString())
                .isEqualTo("private");
    }

    @Test
    void ipvlan() {
        JsonNode data = make(
                new Ipvlan(Attributes.EMPTY.with(Ipvlan.MODE, IpvlanMode.L3).with(Ipvlan.FLAGS, 1)));
        assertThat(data.get("mode").asString()).isEqualTo("l3");
        assertThat(data.toString()).contains("private");
    }

    @Test
    void dummy() {
        make(new Dummy(Attributes.EMPTY));
    }

    @Test
    void ifb() {
        make(new Ifb(Attributes.EMPTY));
    }

    @Test
    void vxlan() {
        JsonNode data = make(new Vxlan(Attributes.EMPTY
                .with(Vxlan.ID, 16_777_215L)
                .with(Vxlan.LOCAL, IpAddress.parse("192.0.2.1"))
                .with(Vxlan.GROUP, IpAddress.parse("239.1.1.1"))
                .with(Vxlan.PORT, 4789)
                .with(Vxlan.TTL, 7)
                .with(Vxlan.TOS, 4)
                .with(Vxlan.LEARNING, false)
                .with(Vxlan.AGEING, 77L)));
        assertThat(data.get("id").asInt()).isEqualTo(16_777_215);
        assertThat(data.get("local").asString()).isEqualTo("192.0.2.1");
        assertThat(data.get("group").asString()).isEqualTo("239.1.1.1");
        assertThat(data.get("port").asInt()).isEqualTo(4789);
        assertThat(data.get("ttl").asInt()).isEqualTo(7);
        assertThat(data.get("learning").asBoolean()).isFalse();
        assertThat(data.get("ageing").asInt()).isEqualTo(77);
        assertThat(data.get("link").asString()).isEqualTo("br0");
    }

    @Test
    void gretap() {
        JsonNode data = make(new Gretap(gre("192.0.2.1", "192.0.2.2")));
        assertThat(data.get("local").asString()).isEqualTo("192.0.2.1");
        assertThat(data.get("remote").asString()).isEqualTo("192.0.2.2");
        assertThat(data.get("link").asString()).isEqualTo("br0");
        assertThat(data.get("ttl").asInt()).isEqualTo(7);
        assertThat(data.get("ikey").asString()).as("5010 * 256").isEqualTo("0.19.146.0");
        assertThat(data.get("okey").asString()).isEqualTo("0.19.146.0");
    }

    @Test
    void ip6gretap() {
        JsonNode data = make(new Ip6gretap(gre("2001:db8::1", "2001:db8::2").with(Gretap.FLAGS, 1L)));
        assertThat(data.get("remote").asString()).isEqualTo("2001:db8::2");
        assertThat(data.get("ikey").asString()).isEqualTo("0.19.146.0");
    }

    private static Attributes gre(String local, String remote) {
        return Attributes.EMPTY
                .with(Gretap.LOCAL, IpAddress.parse(local))
                .with(Gretap.REMOTE, IpAddress.parse(remote))
                .with(Gretap.TTL, 7)
                .with(Gretap.IFLAGS, Gretap.KEY)
                .with(Gretap.OFLAGS, Gretap.KEY)
                .with(Gretap.IKEY, 5010L << 8)
                .with(Gretap.OKEY, 5010L << 8);
    }

    @Test
    void vethWithItsPeerInAnotherNamespace() {
        LinkSpec peer = new LinkSpec(
                        new InterfaceName("eth0"),
                        222,
                        false,
                        Attributes.EMPTY
                                .with(LinkAttributes.ADDRESS, MacAddress.parse("02:00:00:00:00:22"))
                                .with(LinkAttributes.MTU, 1400)
                                .with(LinkAttributes.GROUP, 5),
                        new Veth(Attributes.EMPTY),
                        Optional.empty(),
                        Optional.empty())
                .in(other);
        client.execute(new CreateLink(new LinkSpec(
                        PROBE,
                        111,
                        true,
                        Attributes.EMPTY.with(LinkAttributes.MASTER, index(BR0)),
                        new Veth(Attributes.EMPTY),
                        Optional.empty(),
                        Optional.empty())
                .withPeer(peer)));

        JsonNode here =
                Tool.json("rt", "ip", "-j", "-d", "link", "show", "probe0").get(0);
        JsonNode there =
                Tool.json("rt2", "ip", "-j", "-d", "link", "show", "eth0").get(0);
        assertThat(here.get("ifindex").asInt()).isEqualTo(111);
        assertThat(here.get("master").asString()).isEqualTo("br0");
        assertThat(here.get("flags").toString()).contains("UP");
        assertThat(there.get("ifindex").asInt()).isEqualTo(222);
        assertThat(there.get("address").asString()).isEqualTo("02:00:00:00:00:22");
        assertThat(there.get("mtu").asInt()).isEqualTo(1400);
        assertThat(there.get("group").asString()).isEqualTo("5");
        assertThat(there.get("flags").toString()).doesNotContain("UP");
        assertThat(client.namespaceId(other)).isPresent();

        client.execute(RouteRequest.DeleteLink.one(111));
        assertThat(Tool.in("rt2", "ip", "-br", "link")).doesNotContain("eth0");
    }

    @Test
    void addressesAndRoutesOfBothFamilies() {
        int index = index(BR0);
        client.execute(SetLink.up(index, true));
        client.execute(new ChangeAddress(Address.of(index, IpPrefix.parse("10.0.0.1/24")), true));
        client.execute(new ChangeAddress(
                Address.of(index, IpPrefix.parse("fd00::1/64")).withFlags(Address.NODAD), true));
        client.execute(add(Route.via(IpPrefix.ALL_IPV4, IpAddress.parse("10.0.0.254"), index)));
        client.execute(add(Route.via(IpPrefix.ALL_IPV6, IpAddress.parse("fd00::fe"), index)));
        Route via = Route.via(IpPrefix.parse("10.7.0.0/16"), IpAddress.parse("192.0.2.9"), index);
        Route.NextHop onlink = new Route.NextHop(index, Optional.of(IpAddress.parse("192.0.2.9")), true, 1);
        client.execute(add(new Route(
                via.destination(),
                via.type(),
                List.of(onlink),
                via.source(),
                via.table(),
                via.protocol(),
                via.scope(),
                50,
                Attributes.EMPTY.with(Route.METRIC_MTU, 1300))));

        assertThat(Tool.in("rt", "ip", "-br", "address", "show", "br0")).contains("10.0.0.1/24", "fd00::1/64");
        assertThat(Tool.in("rt", "ip", "route")).contains("default via 10.0.0.254 dev br0 proto static");
        assertThat(Tool.in("rt", "ip", "-6", "route")).contains("default via fd00::fe dev br0 proto static");
        assertThat(Tool.in("rt", "ip", "route", "show", "10.7.0.0/16"))
                .contains("via 192.0.2.9 dev br0 proto static metric 50 onlink mtu 1300");
        assertThat(client.routes())
                .filteredOn(route -> route.destination().equals(via.destination()))
                .singleElement()
                .satisfies(route -> {
                    assertThat(route.priority()).isEqualTo(50);
                    assertThat(route.nextHops()).containsExactly(onlink);
                    assertThat(route.metrics().get(Route.METRIC_MTU)).contains(1300);
                });
        client.execute(new ChangeAddress(Address.of(index, IpPrefix.parse("10.0.0.1/24")), false));
        assertThat(client.addresses())
                .noneMatch(address -> address.prefix().toString().equals("10.0.0.1/24"));
    }

    private static RouteRequest add(Route route) {
        return new ChangeRoute(route, ChangeRoute.Change.ADD);
    }

    @Test
    void neighboursAndForwardingEntries() {
        int index = index(BR0);
        client.execute(new RouteRequest.ChangeNeighbor(
                Neighbor.permanent(index, IpAddress.parse("10.0.0.9"), MacAddress.parse("02:00:00:00:00:09")), true));
        assertThat(Tool.in("rt", "ip", "neighbour")).contains("10.0.0.9 dev br0 lladdr 02:00:00:00:00:09 PERMANENT");

        make(new Vxlan(Attributes.EMPTY.with(Vxlan.ID, 5L).with(Vxlan.PORT, 4789)));
        for (String remote : List.of("192.0.2.1", "192.0.2.2")) {
            client.execute(new RouteRequest.ChangeNeighbor(
                    Neighbor.vxlanEntry(index(PROBE), Vxlan.FLOOD, IpAddress.parse(remote)), true));
        }
        assertThat(Tool.in("rt", "bridge", "fdb", "show", "dev", "probe0"))
                .contains("00:00:00:00:00:00 dst 192.0.2.1 self permanent")
                .contains("00:00:00:00:00:00 dst 192.0.2.2 self permanent");
        assertThat(client.fdb())
                .filteredOn(entry -> entry.index() == index(PROBE))
                .hasSize(2);
    }

    @Test
    void vlanTablesOfABridge() {
        int index = index(BR0);
        try {
            client.execute(SetLink.data(index, new Bridge(Attributes.EMPTY.with(Bridge.VLAN_FILTERING, true))));
        } catch (NetlinkException failure) {
            abort("this kernel has no CONFIG_BRIDGE_VLAN_FILTERING: " + failure.getMessage());
        }
        List<BridgeVlan> vlans = new ArrayList<>();
        for (int id = 10; id <= 14; id++) {
            vlans.add(new BridgeVlan(index, new VlanId(id), id == 10, id == 10));
        }
        client.execute(new RouteRequest.ChangeBridgeVlans(index, true, vlans, true));
        assertThat(Tool.in("rt", "bridge", "vlan", "show", "dev", "br0")).contains("10 PVID Egress Untagged", "14");
        assertThat(client.bridgeVlans()).containsAll(vlans);
        client.execute(new RouteRequest.ChangeBridgeVlans(index, true, vlans.subList(1, 2), false));
        assertThat(client.bridgeVlans()).doesNotContain(vlans.get(1)).contains(vlans.get(2));
    }

    @Test
    void namesTheAttributeThatTheKernelRefuses() {
        assertThatThrownBy(() -> client.execute(
                        new CreateLink(LinkSpec.of(PROBE, new Vxlan(Attributes.EMPTY.with(Vxlan.ID, 16_777_216L))))))
                .isInstanceOf(NetlinkException.class)
                .hasMessageContaining("create vxlan probe0")
                .hasMessageContaining(".linkinfo.data.id")
                .hasMessageContaining("ERANGE");
    }

    @Test
    @Tag("F14")
    void aBatchGoesOnAfterARequestThatFails() {
        int before = client.links().size();
        List<RouteRequest> requests = new ArrayList<>();
        for (int number = 0; number < 500; number++) {
            InterfaceName name = new InterfaceName(number == 250 ? "br0" : "b" + number);
            requests.add(new CreateLink(LinkSpec.of(name, new Bridge(Attributes.EMPTY))));
        }
        List<Optional<NetlinkException>> results = client.batch(requests);
        assertThat(results).hasSize(500);
        for (int at = 0; at < results.size(); at++) {
            assertThat(results.get(at).isPresent()).as("request " + at).isEqualTo(at == 250);
        }
        assertThat(results.get(250).orElseThrow().errno()).isEqualTo(Errno.EEXIST);
        assertThat(client.links()).hasSize(before + 499);
    }

    @Test
    @Tag("F15")
    void readsAConsistentDumpWhileLinksComeAndGo() throws InterruptedException {
        for (int number = 0; number < 100; number++) {
            client.execute(new CreateLink(LinkSpec.of(new InterfaceName("b" + number), new Bridge(Attributes.EMPTY))));
        }
        Thread churn = Thread.ofPlatform().start(() -> {
            try (RouteClient second = RouteClient.in(namespace)) {
                for (int round = 0; round < 30; round++) {
                    second.execute(new CreateLink(LinkSpec.vethPair(new InterfaceName("va"), new InterfaceName("vb"))));
                    second.execute(RouteRequest.DeleteLink.one(
                            second.link(new InterfaceName("va")).orElseThrow().index()));
                }
            }
        });
        while (churn.isAlive()) {
            assertThat(client.links()).hasSizeGreaterThanOrEqualTo(102);
        }
        churn.join();
    }
}
