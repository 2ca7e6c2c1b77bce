package io.netyard.topology.yaml;

import io.netyard.topology.yaml.Shape.Choice;
import io.netyard.topology.yaml.Shape.Either;
import io.netyard.topology.yaml.Shape.Fields;
import io.netyard.topology.yaml.Shape.Flag;
import io.netyard.topology.yaml.Shape.Key;
import io.netyard.topology.yaml.Shape.ListOf;
import io.netyard.topology.yaml.Shape.MapOf;
import io.netyard.topology.yaml.Shape.OneOrMany;
import io.netyard.topology.yaml.Shape.Text;
import io.netyard.topology.yaml.Shape.Vlan;
import io.netyard.topology.yaml.Shape.WholeNumber;
import java.util.List;

/// The topology file, declared: every key with its shape and meaning. The reader, the suggestions, the JSON
/// Schema and the reference of the documentation all come from here.
final class FileFormat {
    private static final Shape ADDRESS = new Text("an address with its prefix length, such as 10.0.0.1/24");
    private static final Shape IP = new Text("an IP address, such as 10.0.0.1");
    private static final Shape INTERFACE = new Text("an interface name, 1 to 15 bytes");
    private static final Shape NODE = new Text("a node name");
    private static final Shape MTU = new WholeNumber(68, 65_536);
    private static final Shape ANY = new Text("text");

    static final Fields DEFAULTS = new Fields(
            "defaults",
            List.of(
                    key("mtu", MTU, "the MTU of all link ends"),
                    key("ipv6", new Flag(), "whether hosts and routers speak IPv6; true if not said"),
                    later("offload", new Flag(), "whether link ends leave segments and checksums to hardware")));

    static final Fields INTERFACE_FIELDS = new Fields(
            "interface",
            List.of(
                    key("kind", new Choice(Interfaces.KINDS), "what it is; a link end needs none"),
                    key("address", new OneOrMany(ADDRESS), "its addresses"),
                    key("mac", new Text("a MAC address, such as 02:00:00:00:00:01"), "its MAC address"),
                    key("mtu", MTU, "its MTU"),
                    key("up", new Flag(), "whether it is up; true if not said"),
                    key("alias", ANY, "a text for people"),
                    key("port", new Flag(), "on a switch, whether it is a port"),
                    key("parent", INTERFACE, "the lower interface of a vlan, macvlan, macvtap, ipvlan"),
                    key(
                            "id",
                            new Either(new Vlan(), new WholeNumber(0, 16_777_215)),
                            "the VLAN of a vlan or irb, the VNI of a vxlan"),
                    key("protocol", new Choice(List.of("802.1q", "802.1ad")), "the tag of a vlan; 802.1q if not said"),
                    key(
                            "mode",
                            new Choice(List.of("private", "vepa", "bridge", "passthru", "source", "l2", "l3", "l3s")),
                            "how a macvlan, macvtap or ipvlan shares its parent"),
                    key("flag", new Choice(List.of("bridge", "private", "vepa")), "whether ipvlans reach each other"),
                    key("local", IP, "the source address of a vxlan"),
                    key("remote", IP, "the one other end of a vxlan"),
                    key("group", IP, "the multicast group of a vxlan"),
                    key("remotes", new ListOf(IP), "the flood list of a vxlan"),
                    key("udp-port", new WholeNumber(1, 65_535), "the UDP port of a vxlan; 4789 if not said"),
                    key("learning", new Flag(), "whether a vxlan learns; true if not said"),
                    key("ttl", new WholeNumber(1, 255), "the TTL of a vxlan's outer packets"),
                    key("underlay", INTERFACE, "the interface that carries a vxlan"),
                    key("vlan", new Vlan(), "on a switch, the VLAN that a vxlan carries"),
                    key("ports", new ListOf(INTERFACE), "the ports of a bridge"),
                    key("stp", new Flag(), "whether a bridge runs STP"),
                    key("vlan-filtering", new Flag(), "whether a bridge filters VLANs"),
                    key("ageing", new WholeNumber(0, 1_000_000), "how long a bridge keeps addresses, in seconds"),
                    later("members", new ListOf(INTERFACE), "the members of a bond"),
                    later("table", new WholeNumber(1, 4_294_967_295L), "the routing table of a vrf")));

    static final Fields ROUTE = new Fields(
            "route",
            List.of(
                    required("to", new Text("a network, such as 10.0.0.0/8, or default"), "the destination"),
                    key("via", IP, "the router"),
                    key("dev", INTERFACE, "the interface"),
                    key("src", IP, "the preferred source address"),
                    key("metric", new WholeNumber(0, 4_294_967_295L), "lower wins"),
                    key("table", new WholeNumber(1, 2_147_483_647), "the routing table; 254 (main) if not said"),
                    key("onlink", new Flag(), "whether via counts as on the link"),
                    key(
                            "type",
                            new Choice(List.of("unicast", "blackhole", "unreachable", "prohibit")),
                            "what happens to packets")));

    static final Fields PORT = new Fields(
            "port",
            List.of(
                    key("access", new Vlan(), "the one VLAN, whose frames are untagged"),
                    key(
                            "trunk",
                            new Either(new Choice(List.of("all")), new ListOf(new Vlan())),
                            "the VLANs whose frames are tagged"),
                    key("native", new Vlan(), "the VLAN of a trunk whose frames are untagged; none if not said")));

    static final Fields NODE_FIELDS = new Fields(
            "node",
            List.of(
                    key("kind", new Choice(List.of("host", "router", "switch", "hub")), "host if not said"),
                    key("driver", new Choice(List.of("auto", "kernel", "user")), "who forwards for a switch"),
                    key("interfaces", new MapOf("an interface name", INTERFACE_FIELDS), "its interfaces"),
                    key("ports", new MapOf("an interface name", PORT), "the ports of a switch that name VLANs"),
                    key("routes", new ListOf(ROUTE), "its static routes"),
                    later("isolate", ANY, "namespaces besides the network's"),
                    later("limits", ANY, "limits of CPU, memory and processes"),
                    later("mounts", ANY, "what is mounted"),
                    later("files", ANY, "files of its own"),
                    later("run", ANY, "programs that run in it"),
                    later("hosts", ANY, "names that it knows"),
                    later("sysctl", ANY, "kernel settings"),
                    later("netns", ANY, "an existing namespace")));

    static final Fields LINK = new Fields(
            "link",
            List.of(
                    required("link", new Text("two ends, such as h1:eth0 -- s1:p1"), "what it joins"),
                    key("mtu", MTU, "the MTU of both ends"),
                    later("delay", ANY, "how long frames take"),
                    later("jitter", ANY, "how much the delay varies"),
                    later("loss", ANY, "how many frames are lost"),
                    later("rate", ANY, "how fast it is"),
                    later("duplicate", ANY, "how many frames come twice"),
                    later("corrupt", ANY, "how many frames are damaged"),
                    later("reorder", ANY, "how many frames come early"),
                    later("a", ANY, "one direction"),
                    later("b", ANY, "the other direction")));

    static final Fields OVERLAY = new Fields(
            "overlay",
            List.of(
                    required("vni", new WholeNumber(0, 16_777_215), "its VXLAN network identifier"),
                    key("vlan", new Vlan(), "the VLAN that it carries"),
                    required("members", new ListOf(NODE), "its switches"),
                    required("underlay", INTERFACE, "the interface of each member that carries it"),
                    key("flood", new Choice(List.of("unicast")), "how broadcasts go; unicast to each")));

    static final Fields CHECK = new Fields(
            "check",
            List.of(
                    key("check", new Text("a sentence, such as h1 reaches h2"), "what has to be so"),
                    key("name", ANY, "what it is called in reports"),
                    key("count", new WholeNumber(1, 1_000), "how many requests are sent"),
                    key("size", new WholeNumber(0, 65_000), "octets of data in each"),
                    key("dont-fragment", new Flag(), "whether routers may not fragment them"),
                    key("family", new Choice(List.of("ipv4", "ipv6")), "the only address family to try"),
                    later("at", ANY, "where frames are looked at"),
                    later("sees", ANY, "which frames have to be seen")));

    static final Fields ROOT = new Fields(
            "topology",
            List.of(
                    required("lab", new Text("1 to 24 of a-z, 0-9 and '-', the first a letter"), "the lab's name"),
                    key("description", ANY, "what it is about"),
                    key("defaults", DEFAULTS, "what holds for all nodes"),
                    key("vlans", new MapOf("a VLAN's name", new WholeNumber(1, 4094)), "VLANs by name"),
                    required("nodes", new MapOf("a node name", NODE_FIELDS), "the nodes"),
                    key(
                            "links",
                            new ListOf(new Either(new Text("two ends, such as h1:eth0 -- s1:p1"), LINK)),
                            "the cables between them"),
                    key("overlays", new MapOf("an interface name", OVERLAY), "layer-2 networks over VXLAN"),
                    later("uplinks", ANY, "ways out of the lab"),
                    key(
                            "checks",
                            new ListOf(new Either(new Text("a sentence, such as h1 reaches h2"), CHECK)),
                            "what has to be true of the running lab")));

    private FileFormat() {}

    private static Key key(String name, Shape shape, String doc) {
        return new Key(name, shape, doc, false, false);
    }

    private static Key required(String name, Shape shape, String doc) {
        return new Key(name, shape, doc, true, false);
    }

    private static Key later(String name, Shape shape, String doc) {
        return new Key(name, shape, doc, false, true);
    }

    /// The kinds of interfaces, and which keys each takes besides those that all take.
    static final class Interfaces {
        static final List<String> KINDS = List.of(
                "vlan", "macvlan", "macvtap", "ipvlan", "vxlan", "bridge", "dummy", "irb", "nvgre", "geneve", "bond",
                "vrf", "tap");

        static final List<String> LATER_KINDS = List.of("nvgre", "geneve", "bond", "vrf", "tap");

        static final List<String> COMMON = List.of("kind", "address", "mac", "mtu", "up", "alias", "port");

        private Interfaces() {}

        static List<String> keys(String kind) {
            return switch (kind) {
                case "vlan" -> List.of("parent", "id", "protocol");
                case "macvlan", "macvtap" -> List.of("parent", "mode");
                case "ipvlan" -> List.of("parent", "mode", "flag");
                case "vxlan" ->
                    List.of(
                            "id",
                            "local",
                            "remote",
                            "group",
                            "remotes",
                            "udp-port",
                            "learning",
                            "ttl",
                            "underlay",
                            "vlan");
                case "bridge" -> List.of("ports", "stp", "vlan-filtering", "ageing");
                case "irb" -> List.of("id");
                default -> List.of();
            };
        }
    }
}
