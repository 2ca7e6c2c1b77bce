package io.netyard.topology.compile;

import static org.assertj.core.api.Assertions.assertThat;

import io.netyard.net.InterfaceName;
import io.netyard.netlink.route.Bridge;
import io.netyard.topology.state.LoopProtection;
import io.netyard.topology.state.NetworkState;
import io.netyard.topology.state.Resource;
import io.netyard.topology.yaml.TopologyFile;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SpanningTreesTest {
    private static NetworkState compile(String nodes, String links) {
        String text = "lab: trees\nnodes: { " + nodes + " }\nlinks: [ " + links + " ]\n";
        return TopologyCompiler.compile(
                TopologyFile.parse("t.yaml", text).topology().orElseThrow(), () -> KernelFeatures.ALL);
    }

    private static LoopProtection loops(NetworkState state, String node) {
        return state.resources(Resource.UserSwitch.class).stream()
                .filter(user -> user.node().equals(node))
                .findFirst()
                .orElseThrow()
                .loops();
    }

    @ParameterizedTest
    @CsvSource({"1, 6, 2", "6, 6, 2", "7, 12, 4", "13, 24, 8", "25, 40, 14", "60, 40, 14"})
    void timesFollowTheNumberOfSwitches(int switches, int maxAge, int forwardDelay) {
        NetworkState state = compile("s1.." + switches + ": { kind: switch, driver: user, stp: true }", "");
        assertThat(loops(state, "s1")).isInstanceOfSatisfying(LoopProtection.Tree.class, tree -> {
            assertThat(tree.maxAge()).isEqualTo(maxAge);
            assertThat(tree.forwardDelay()).isEqualTo(forwardDelay);
            assertThat(tree.priority()).isEqualTo(32_768);
        });
    }

    @Test
    void bothDriversGetTheSamePriorityTimesAndAddress() {
        String text = "s1: { kind: switch, driver: DRIVER, stp: true, priority: 4096 }";
        Resource.Link bridge = compile(text.replace("DRIVER", "kernel"), "").resources(Resource.Link.class).stream()
                .filter(link -> link.kind() instanceof Bridge)
                .findFirst()
                .orElseThrow();
        LoopProtection.Tree tree = (LoopProtection.Tree) loops(compile(text.replace("DRIVER", "user"), ""), "s1");
        assertThat(bridge.kind().data().get(Bridge.STP_STATE)).contains(true);
        assertThat(bridge.kind().data().get(Bridge.PRIORITY)).contains(4096).contains(tree.priority());
        assertThat(bridge.kind().data().get(Bridge.MAX_AGE)).contains(tree.maxAge() * 100L);
        assertThat(bridge.kind().data().get(Bridge.FORWARD_DELAY)).contains(tree.forwardDelay() * 100L);
        assertThat(bridge.attributes().get(io.netyard.netlink.route.LinkAttributes.ADDRESS))
                .isEqualTo(Optional.of(tree.address()));
    }

    @Test
    void tunnelsWithSeveralOtherEndsAreShared() {
        String tunnel = "{ kind: vxlan, local: 10.0.0.1, underlay: eth0, id: ";
        NetworkState state = compile(
                "s1: { kind: switch, driver: user, stp: true, interfaces: { eth0: { address: 10.0.0.1/24 }, "
                        + "one: " + tunnel + "1, remotes: [ 10.0.0.2 ] }, "
                        + "two: " + tunnel + "2, remotes: [ 10.0.0.2, 10.0.0.3 ] }, "
                        + "group: " + tunnel + "3, group: 239.0.0.1 } } }, h1: {}",
                "\"s1:eth0 -- h1:eth0\"");
        assertThat(((LoopProtection.Tree) loops(state, "s1")).shared())
                .containsExactly(new InterfaceName("group"), new InterfaceName("two"));
    }

    @Test
    void portsToHubsAreSharedAndHubsAreNotWatched() {
        NetworkState state = compile(
                "s1..2: { kind: switch, driver: user, stp: true }, u1: { kind: hub }, s3: { kind: switch, driver: user }",
                "\"s1:a -- s2:a\", \"s1:b -- u1:p1\", \"s2:b -- u1:p2\", \"s3:a -- u1:p3\"");
        assertThat(((LoopProtection.Tree) loops(state, "s1")).shared()).containsExactly(new InterfaceName("b"));
        assertThat(loops(state, "u1")).isEqualTo(new LoopProtection.None());
        assertThat(loops(state, "s3")).isEqualTo(new LoopProtection.Detection());
    }
}
