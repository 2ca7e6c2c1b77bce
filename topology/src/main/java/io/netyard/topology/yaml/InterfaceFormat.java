package io.netyard.topology.yaml;

import static io.netyard.topology.yaml.BasicShapes.ADDRESS;
import static io.netyard.topology.yaml.BasicShapes.ANY;
import static io.netyard.topology.yaml.BasicShapes.INTERFACE;
import static io.netyard.topology.yaml.BasicShapes.IP;
import static io.netyard.topology.yaml.BasicShapes.MAC;
import static io.netyard.topology.yaml.BasicShapes.MTU;
import static io.netyard.topology.yaml.Shape.Key.key;
import static io.netyard.topology.yaml.Shape.Key.later;
import static io.netyard.topology.yaml.Shape.Key.required;

import io.netyard.net.Vni;
import io.netyard.net.Vsid;
import io.netyard.topology.yaml.Shape.ByKind;
import io.netyard.topology.yaml.Shape.Choice;
import io.netyard.topology.yaml.Shape.Fields;
import io.netyard.topology.yaml.Shape.Flag;
import io.netyard.topology.yaml.Shape.Key;
import io.netyard.topology.yaml.Shape.ListOf;
import io.netyard.topology.yaml.Shape.OneOrMany;
import io.netyard.topology.yaml.Shape.Vlan;
import io.netyard.topology.yaml.Shape.WholeNumber;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Interfaces in the topology file, declared: the keys that all take, and those of each kind.
final class InterfaceFormat {
    private static final Choice MACVLAN_MODE = Choice.of("private", "vepa", "bridge", "passthru", "source");

    private static final Key PARENT =
            required("parent", INTERFACE, "the lower interface").suchAs("eth0");

    /// The kinds with the keys that each takes besides those that all take.
    static final List<Fields> KINDS = List.of(
            Fields.of(
                    "vlan",
                    PARENT,
                    required("id", new Vlan(), "the VLAN").suchAs("10"),
                    key("protocol", Choice.of("802.1q", "802.1ad"), "the tag: 802.1ad is the outer one of QinQ")
                            .otherwise("802.1q")),
            Fields.of(
                    "macvlan",
                    PARENT,
                    key("mode", MACVLAN_MODE, "who of one parent reaches whom").otherwise("bridge")),
            Fields.of(
                    "macvtap",
                    PARENT,
                    key("mode", MACVLAN_MODE, "who of one parent reaches whom").otherwise("bridge")),
            Fields.of(
                    "ipvlan",
                    PARENT,
                    key("mode", Choice.of("l2", "l3", "l3s"), "switch, route, or route with netfilter")
                            .otherwise("l2"),
                    key("flag", Choice.of("bridge", "private", "vepa"), "who of one parent reaches whom")
                            .otherwise("bridge")),
            Fields.of(
                    "vxlan",
                    required("id", new WholeNumber(0, Vni.MAX), "the VXLAN network identifier (VNI)")
                            .suchAs("5000"),
                    key("local", IP, "the source of outer packets").suchAs("192.168.0.1"),
                    key("remote", IP, "the one other end").suchAs("192.168.0.2"),
                    key("group", IP, "the multicast group of the other ends, instead of `remote`")
                            .suchAs("239.1.1.1"),
                    key("remotes", new ListOf(IP), "the other ends, for broadcasts and unknown addresses")
                            .suchAs("[ 192.168.0.2, 192.168.0.3 ]"),
                    key("udp-port", new WholeNumber(1, 65_535), "the UDP port").otherwise("4789"),
                    key("learning", new Flag(), "whether it learns addresses from what it receives")
                            .otherwise("true"),
                    key("ttl", new WholeNumber(1, 255), "the TTL of outer packets; the kernel chooses if not said"),
                    key("underlay", INTERFACE, "the interface that carries it").suchAs("eth0"),
                    key("vlan", new Vlan(), "on a switch, the VLAN that it carries")
                            .suchAs("staff")),
            Fields.of(
                    "nvgre",
                    required("id", new WholeNumber(Vsid.MIN, Vsid.MAX), "the virtual subnet identifier (VSID)")
                            .suchAs("5000"),
                    required("local", IP, "the source of outer packets").suchAs("192.168.0.1"),
                    required(
                                    "remote",
                                    new OneOrMany(IP),
                                    "the other end, or a multicast group; several take a switch in user space")
                            .suchAs("192.168.0.2"),
                    key("flow-id", new Flag(), "whether the header tells flows apart; takes a switch in user space")
                            .otherwise("false"),
                    key("ttl", new WholeNumber(1, 255), "the TTL of outer packets")
                            .otherwise("64"),
                    key("underlay", INTERFACE, "the interface that carries it").suchAs("eth0"),
                    key("vlan", new Vlan(), "on a switch, the VLAN that it carries")
                            .suchAs("staff")),
            Fields.of(
                    "bridge",
                    key("ports", new ListOf(INTERFACE), "the interfaces that are its ports")
                            .suchAs("[ eth1, eth2 ]"),
                    key("stp", new Flag(), "whether it runs the spanning tree protocol")
                            .otherwise("false"),
                    key("vlan-filtering", new Flag(), "whether it tells VLANs apart")
                            .otherwise("false"),
                    key("ageing", new WholeNumber(0, 1_000_000), "how long it keeps addresses, in seconds")
                            .otherwise("300")),
            Fields.of(
                    "irb",
                    required("id", new Vlan(), "the VLAN that the switch has an address in")
                            .suchAs("staff")),
            Fields.of("dummy"));

    /// Kinds that are reserved for later versions.
    static final List<String> LATER_KINDS = List.of("geneve", "bond", "vrf", "tap");

    /// The keys that all take.
    static final Fields COMMON = Fields.of(
            "interface",
            key("kind", new Choice(names(), LATER_KINDS), "what it is; a link end needs none"),
            key("address", new OneOrMany(ADDRESS), "its addresses with their prefix lengths")
                    .suchAs("[ 10.0.0.1/24, \"fd00::1/64\" ]"),
            key("mac", MAC, "its MAC address; made of the names of lab, node and interface if not said")
                    .suchAs("02:00:00:00:00:01"),
            key("mtu", MTU, "its MTU, in octets").suchAs("9000"),
            key("up", new Flag(), "whether it is up").otherwise("true"),
            key("alias", ANY, "a text for people").suchAs("to the core"),
            key("port", new Flag(), "on a switch, whether it is a port; true if it has no address")
                    .ofSwitches());

    /// The whole declaration.
    static final ByKind SHAPE = new ByKind(COMMON, KINDS);

    /// Every key of any kind: what may stand there before the kind is known.
    static final Fields ALL = all();

    private InterfaceFormat() {}

    private static List<String> names() {
        return KINDS.stream().map(Fields::name).toList();
    }

    private static Fields all() {
        Map<String, Key> keys = new LinkedHashMap<>();
        COMMON.keys().forEach(key -> keys.put(key.name(), key));
        for (Fields kind : KINDS) {
            kind.keys().forEach(key -> keys.putIfAbsent(key.name(), key.optional()));
        }
        List<Key> all = new ArrayList<>(keys.values());
        all.add(later("members", new ListOf(INTERFACE), "the members of a bond"));
        all.add(later("table", new WholeNumber(1, 4_294_967_295L), "the routing table of a vrf"));
        return new Fields("interface", all);
    }

    /// The keys that an interface of a kind takes, with those that all take.
    static Fields suited(String kind) {
        List<Key> keys = new ArrayList<>(COMMON.keys());
        keys.addAll(of(kind).keys());
        return new Fields("interface", keys);
    }

    /// The keys of a kind; none for a link end and the loopback device.
    static Fields of(String kind) {
        return KINDS.stream()
                .filter(fields -> fields.name().equals(kind))
                .findFirst()
                .orElseGet(() -> Fields.of(kind));
    }
}
