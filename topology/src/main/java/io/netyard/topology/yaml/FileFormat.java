package io.netyard.topology.yaml;

import static io.netyard.topology.yaml.BasicShapes.ANY;
import static io.netyard.topology.yaml.BasicShapes.INTERFACE;
import static io.netyard.topology.yaml.BasicShapes.IP;
import static io.netyard.topology.yaml.BasicShapes.MTU;
import static io.netyard.topology.yaml.BasicShapes.NODE;
import static io.netyard.topology.yaml.Shape.Key.key;
import static io.netyard.topology.yaml.Shape.Key.later;
import static io.netyard.topology.yaml.Shape.Key.required;

import io.netyard.net.VlanId;
import io.netyard.net.Vni;
import io.netyard.topology.model.Check;
import io.netyard.topology.model.SpanningTree;
import io.netyard.topology.yaml.Shape.Choice;
import io.netyard.topology.yaml.Shape.Either;
import io.netyard.topology.yaml.Shape.Fields;
import io.netyard.topology.yaml.Shape.Flag;
import io.netyard.topology.yaml.Shape.ListOf;
import io.netyard.topology.yaml.Shape.MapOf;
import io.netyard.topology.yaml.Shape.Text;
import io.netyard.topology.yaml.Shape.Vlan;
import io.netyard.topology.yaml.Shape.WholeNumber;

/// The topology file, declared: every key with its shape and meaning. The reader, the suggestions, the JSON
/// Schema and the reference of the documentation all come from here.
final class FileFormat {
    private static final Text VLAN_NAME = new Text("a VLAN's name", "^[A-Za-z][A-Za-z0-9_.-]*$");
    private static final Text ENDS = new Text("two ends, such as h1:eth0 -- s1:p1", "^[^:]+:.* ?-- ?.*:[^:]+$");
    private static final Text SENTENCE = new Text("a sentence, such as h1 reaches h2", "reach");

    /// What does in a running lab what links cannot say yet.
    private static final String NETEM =
            "in the running lab: netyard exec LAB NODE tc qdisc add dev INTERFACE root netem ";

    static final Fields DEFAULTS = Fields.of(
            "defaults",
            key("mtu", MTU, "the MTU of link ends, in octets").otherwise("1500"),
            key("ipv6", new Flag(), "whether hosts and routers speak IPv6").otherwise("true"),
            later("offload", new Flag(), "whether link ends leave segments and checksums to hardware"));

    static final Fields ROUTE = Fields.of(
            "route",
            required("to", new Text("a network, such as 10.0.0.0/8, or default"), "the destination")
                    .suchAs("default"),
            key("via", IP, "the router").suchAs("10.0.0.254"),
            key("dev", INTERFACE, "the interface").suchAs("eth0"),
            key("src", IP, "the preferred source address").suchAs("10.0.0.1"),
            key("metric", new WholeNumber(0, 4_294_967_295L), "of several routes the lowest wins")
                    .suchAs("100"),
            key("table", new WholeNumber(1, Integer.MAX_VALUE), "the routing table; 254 is main")
                    .otherwise("254"),
            key("onlink", new Flag(), "whether `via` counts as on the link although no address says so")
                    .otherwise("false"),
            key(
                            "type",
                            Choice.of("unicast", "blackhole", "unreachable", "prohibit"),
                            "what becomes of packets: sent, lost, or refused with an answer")
                    .otherwise("unicast"));

    static final Fields PORT = Fields.of(
            "port",
            key("access", new Vlan(), "the one VLAN, whose frames are untagged").suchAs("staff"),
            key(
                            "trunk",
                            new Either(Choice.of("all"), new Shape.OneOrMany(new Vlan())),
                            "the VLANs whose frames are tagged")
                    .suchAs("[ staff, guests ]"),
            key("native", new Either(Choice.of("none"), new Vlan()), "the VLAN of a trunk whose frames are untagged")
                    .otherwise("none")
                    .suchAs("staff"));

    static final Fields NODE_FIELDS = Fields.of(
            "node",
            key("kind", Choice.of("host", "router", "switch", "hub"), "what it is; only routers forward packets")
                    .otherwise("host"),
            key("driver", Choice.of("auto", "kernel", "user"), "who forwards for a switch")
                    .otherwise("auto")
                    .ofSwitches(),
            key("multicast-snooping", new Flag(), "whether groups go to members alone, as IGMP and MLD tell")
                    .otherwise("false")
                    .ofSwitches(),
            key("multicast-querier", new Flag(), "whether a snooping switch asks for members where no router does")
                    .otherwise("false")
                    .ofSwitches(),
            key("stp", new Flag(), "whether a switch agrees on a spanning tree with the switches around")
                    .otherwise("false")
                    .ofSwitches(),
            key(
                            "priority",
                            new WholeNumber(0, SpanningTree.MOST_PRIORITY, SpanningTree.STEP),
                            "of the switches with `stp`, the lowest becomes the root of the tree")
                    .otherwise(Integer.toString(SpanningTree.DEFAULT_PRIORITY))
                    .suchAs("4096")
                    .ofSwitches(),
            key("interfaces", new MapOf(INTERFACE, InterfaceFormat.SHAPE), "its interfaces"),
            key("ports", new MapOf(INTERFACE, PORT), "the ports of a switch that name VLANs")
                    .ofSwitches(),
            key("routes", new ListOf(ROUTE), "its static routes"),
            later("isolate", ANY, "namespaces besides the network's"),
            later("limits", ANY, "limits of CPU, memory and processes"),
            later("mounts", ANY, "what is mounted"),
            later("files", ANY, "files of its own"),
            later("run", ANY, "programs that run in it"),
            later("hosts", ANY, "names that it knows"),
            later("sysctl", ANY, "kernel settings"),
            later("netns", ANY, "an existing namespace"));

    static final Fields LINK = Fields.of(
            "link",
            required("link", ENDS, "what it joins").suchAs("h1:eth0 -- s1:p1"),
            key("mtu", MTU, "the MTU of both ends, in octets").suchAs("9000"),
            later("delay", ANY, "how long frames take").suchAs(NETEM + "delay 10ms"),
            later("jitter", ANY, "how much the delay varies").suchAs(NETEM + "delay 10ms 2ms"),
            later("loss", ANY, "how many frames are lost").suchAs(NETEM + "loss 1%"),
            later("rate", ANY, "how fast it is").suchAs(NETEM + "rate 10mbit"),
            later("duplicate", ANY, "how many frames come twice").suchAs(NETEM + "duplicate 1%"),
            later("corrupt", ANY, "how many frames are damaged").suchAs(NETEM + "corrupt 1%"),
            later("reorder", ANY, "how many frames come early").suchAs(NETEM + "delay 10ms reorder 25%"),
            later("a", ANY, "one direction"),
            later("b", ANY, "the other direction"));

    static final Fields OVERLAY = Fields.of(
            "overlay",
            required("vni", new WholeNumber(0, Vni.MAX), "its VXLAN network identifier")
                    .suchAs("5000"),
            key("vlan", new Vlan(), "the VLAN of the members that it carries; none for plain switches")
                    .suchAs("staff"),
            required("members", new ListOf(NODE), "its switches").suchAs("[ s1, s2 ]"),
            required("underlay", INTERFACE, "the interface of each member that carries it")
                    .suchAs("eth0"),
            key("flood", Choice.of("unicast"), "how broadcasts go: to each member")
                    .otherwise("unicast"));

    static final Fields CHECK = Fields.of(
            "check",
            required("check", SENTENCE, "what has to be so").suchAs("h1 reaches h2"),
            key("name", ANY, "what it is called in reports; the sentence, with the family, if not said")
                    .suchAs("the trunk works"),
            key("count", new WholeNumber(1, 1_000), "how many echo requests are sent")
                    .otherwise(Integer.toString(Check.DEFAULT_COUNT)),
            key("size", new WholeNumber(0, 65_000), "octets of data in each")
                    .otherwise(Integer.toString(Check.DEFAULT_SIZE)),
            key("dont-fragment", new Flag(), "whether routers may not fragment them")
                    .otherwise("false"),
            key("family", Choice.of("ipv4", "ipv6"), "the only address family to try; both if not said"),
            later("at", ANY, "where frames are looked at"),
            later("sees", ANY, "which frames have to be seen"));

    static final Fields ROOT = Fields.of(
            "topology",
            required(
                            "lab",
                            new Text("1 to 24 of a-z, 0-9 and '-', the first a letter", "^[a-z][a-z0-9-]{0,23}$"),
                            "the lab's name")
                    .suchAs("campus"),
            key("description", ANY, "what it is about").suchAs("Two VLANs over one trunk"),
            key("defaults", DEFAULTS, "what holds for all nodes"),
            key("vlans", new MapOf(VLAN_NAME, new WholeNumber(VlanId.MIN, VlanId.MAX)), "VLANs by name")
                    .suchAs("{ staff: 10, guests: 20 }"),
            required("nodes", new MapOf(NODE, NODE_FIELDS), "the nodes"),
            key("links", new ListOf(new Either(ENDS, LINK)), "the cables between them"),
            key("overlays", new MapOf(INTERFACE, OVERLAY), "layer-2 networks over VXLAN"),
            later("uplinks", ANY, "ways out of the lab"),
            key("checks", new ListOf(new Either(SENTENCE, CHECK)), "what has to be true of the running lab"));

    private FileFormat() {}
}
