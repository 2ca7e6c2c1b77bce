package io.netyard.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.netyard.topology.compile.LabIdentity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Every managed attribute of every kind, changed behind our back with the tools that people use: plan
/// finds it and names it, apply repairs it.
///
/// ```text
///   h1 --- p1 +----+ p3 --- r1      h1: alias, addresses, routes    h2: macvlan, macvtap
///             | s1 |                r1: sysctls, vxlan, a bridge    s1: a switch
///   h2 --- p2 +----+
/// ```
@Tag("F28")
class DriftIT {
    private static final boolean FULL = "full".equals(System.getProperty("netyard.ring"));
    private static final int GROUP = LabIdentity.group("drift");
    private static Path file = Path.of("");

    /// @param node where
    /// @param change what somebody does there, in words of the shell
    /// @param named what the plan has to say
    private record Cell(String node, String change, String named) {
        @Override
        public String toString() {
            return node + ": " + change;
        }
    }

    static Stream<Cell> cells() {
        Stream<Cell> everywhere = Stream.of(
                        "h1 eth0", "h2 mv0", "h2 mt0", "h2 eth0", "r1 vx0", "r1 br0", "s1 p1", "s1 br0")
                .flatMap(DriftIT::common);
        Stream<Cell> each = Stream.of(
                new Cell("h1", "ip link set eth0 alias other", "ifalias: other -> to the switch"),
                new Cell("h1", "ip address del 10.0.0.1/24 dev eth0", "+ address 10.0.0.1/24 on eth0"),
                new Cell("h1", "ip -6 address del fd00::1/64 dev eth0", "+ address fd00::1/64 on eth0"),
                new Cell("h1", "ip address add 10.0.0.99/24 dev eth0", "- address 10.0.0.99/24 on eth0"),
                new Cell("h1", "ip -6 address add fd00::99/64 dev eth0", "- address fd00::99/64 on eth0"),
                new Cell("h1", "ip address del 10.9.0.1/32 dev lo", "+ address 10.9.0.1/32 on lo"),
                new Cell("h1", "ip link set lo down", "interface lo"),
                new Cell("h1", "ip route del default", "route 0.0.0.0/0 via 10.0.0.254"),
                new Cell("h1", "ip route replace default via 10.0.0.253", "route 0.0.0.0/0 via 10.0.0.254"),
                new Cell("h1", "ip route replace default via 10.0.0.254 proto static metric 7", "route 0.0.0.0/0"),
                new Cell("h1", "ip route del blackhole 10.66.0.0/16", "route 10.66.0.0/16 blackhole"),
                new Cell("h1", "ip route replace unreachable 10.66.0.0/16 proto static", "route 10.66.0.0/16"),
                new Cell("h1", "ip route add 10.77.0.0/16 via 10.0.0.9 proto static", "- route 10.77.0.0/16"),
                new Cell("h1", "sysctl -qw net.ipv4.ip_forward=1", "ip_forward"),
                new Cell("r1", "sysctl -qw net.ipv4.ip_forward=0", "ip_forward"),
                new Cell("r1", "sysctl -qw net.ipv6.conf.all.forwarding=0", "forwarding"),
                new Cell("h2", "ip link set mv0 type macvlan mode private", "mode: private -> bridge"),
                new Cell("h2", "ip link set mt0 type macvtap mode bridge", "mode: bridge -> vepa"),
                new Cell("r1", "ip link set vx0 nomaster", "master: none -> br0"),
                new Cell("r1", "bridge fdb del 00:00:00:00:00:00 dev vx0 dst 10.0.0.2", "flood entry 10.0.0.2 on vx0"),
                new Cell("r1", "bridge fdb append 00:00:00:00:00:00 dev vx0 dst 10.0.0.77", "- flood entry 10.0.0.77"),
                new Cell("r1", vxlan("id 43 dstport 4789 local 10.0.0.254"), "interface vx0"),
                new Cell("r1", vxlan("id 42 dstport 4790 local 10.0.0.254"), "interface vx0"),
                new Cell("r1", vxlan("id 42 dstport 4789 local 10.0.0.253"), "interface vx0"),
                new Cell("r1", vxlan("id 42 dstport 4789 local 10.0.0.254 nolearning"), "interface vx0"),
                new Cell("r1", "ip link set br0 type bridge stp_state 1", "stp-state: true -> false"),
                new Cell("s1", "ip link set br0 type bridge stp_state 1", "stp-state: true -> false"),
                new Cell("s1", "ip link set br0 type bridge mcast_snooping 1", "mcast-snooping: true -> false"),
                new Cell("s1", "ip link set p2 nomaster", "master: none -> br0"),
                new Cell("s1", "ip link del br0", "interface br0"),
                new Cell("s1", "ip link set p2 name p9", "interface p2"),
                new Cell("", "ip netns del drift.h2", "+ node"));
        Stream<Cell> full = Stream.of(
                new Cell("x1", "ip link set d0 mtu 1400", "mtu: 1400 -> "),
                new Cell("x1", "ip link del d0.7", "interface d0.7 vlan on d0"),
                new Cell(
                        "x1",
                        "ip link del d0.7; ip link add link d0 name d0.7 group " + GROUP + " type vlan id 9",
                        "interface d0.7"),
                new Cell("x1", "ip link set iv0 type ipvlan mode l3", "mode: "),
                new Cell("x1", "ip link set iv0 type ipvlan private", "flags: "),
                new Cell("s2", "bridge vlan del vid 10 dev p1", "+ vlan 10 on p1"),
                new Cell("s2", "bridge vlan add vid 30 dev p1", "- vlan 30 on p1"),
                new Cell("s2", "bridge vlan add vid 10 dev p1", "~ vlan 10 on p1"),
                new Cell("s2", "bridge vlan del vid 20 dev p2", "+ vlan 20 on p2"),
                new Cell("s2", "ip link set br0 type bridge vlan_filtering 0", "vlan-filtering: false -> true"));
        return Stream.of(everywhere, each, FULL ? full : Stream.<Cell>empty()).flatMap(cell -> cell);
    }

    private static String vxlan(String settings) {
        return "ip link del vx0; ip link add vx0 group " + GROUP + " type vxlan " + settings;
    }

    /// What every interface has.
    private static Stream<Cell> common(String where) {
        String node = where.substring(0, where.indexOf(' '));
        String name = where.substring(where.indexOf(' ') + 1);
        String set = "ip link set " + name + " ";
        Stream<Cell> cells = Stream.of(
                new Cell(node, set + "down", "up: no -> yes"),
                new Cell(node, set + "group 5", "group: 5 -> "),
                new Cell(node, set + "address 02:00:00:00:00:77", "address: 02:00:00:00:00:77 -> "),
                new Cell(node, set + "name renamed", "interface " + name),
                new Cell(node, "ip link del " + name, "interface " + name));
        // The switch's own bridge has the address that the kernel gives it.
        return where.equals("s1 br0") || where.equals("r1 br0")
                ? cells.filter(cell -> !cell.change().contains("address"))
                : cells;
    }

    @BeforeAll
    static void apply() throws IOException {
        file = Files.writeString(Files.createTempFile("drift", ".yaml"), new CrashLab("drift").before());
        Netyard.Outcome outcome = Netyard.run("apply", file.toString());
        assertThat(outcome.code()).as(outcome.err()).isZero();
    }

    @AfterAll
    static void destroy() throws IOException {
        assertThat(Netyard.run("destroy", "drift").code()).isZero();
        Files.delete(file);
    }

    @ParameterizedTest
    @MethodSource("cells")
    void driftIsFoundNamedAndRepaired(Cell cell) {
        Netyard.Outcome done = Launcher.shell(
                cell.node().isEmpty()
                        ? cell.change()
                        : "ip netns exec drift." + cell.node() + " sh -c '" + cell.change() + "'");
        assumeTrue(
                done.code() == 0,
                "this kernel or tool refuses that: " + done.err().strip());

        Netyard.Outcome plan = Netyard.run("plan", "--exit-code", file.toString());
        Netyard.Outcome repair = Netyard.run("apply", file.toString());
        Netyard.Outcome again = Netyard.run("plan", "--exit-code", file.toString());

        assertThat(repair.code()).as(plan.out() + repair.err()).isZero();
        assertThat(again.code()).as(again.out()).isZero();
        assertThat(plan.code()).as("found").isEqualTo(2);
        assertThat(plan.out()).contains(cell.named());
    }
}
