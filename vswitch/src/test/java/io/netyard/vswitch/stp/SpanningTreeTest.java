package io.netyard.vswitch.stp;

import static org.assertj.core.api.Assertions.assertThat;

import io.netyard.vswitch.pipeline.PortState;
import io.netyard.vswitch.stp.SimulatedNetwork.Cable;
import io.netyard.vswitch.stp.SimulatedNetwork.End;
import io.netyard.vswitch.stp.SimulatedNetwork.Node;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SpanningTreeTest {
    private static final long[] COSTS = {2, 2, 2, 4, 19, 100};

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4})
    @Tag("F37")
    void anyNetworkAgreesOnOneTreeWithoutACircleAtAnyMoment(int block) {
        for (int seed = block * 1000; seed < block * 1000 + 100; seed++) {
            agrees(seed);
        }
    }

    private static void agrees(int seed) {
        Random random = new Random(seed);
        SimulatedNetwork network = randomNetwork(random);
        run(network, 40_000, seed);
        expectTree(network, seed);
        for (int change = 0; change < 4; change++) {
            disturb(network, random);
            run(network, 40_000, seed);
            expectTree(network, seed);
        }
    }

    private static SimulatedNetwork randomNetwork(Random random) {
        SimulatedNetwork network = new SimulatedNetwork(random, 20, 4);
        int bridges = 2 + random.nextInt(7);
        for (int number = 1; number <= bridges; number++) {
            int priority = random.nextInt(3) == 0 ? random.nextInt(16) * BridgeId.STEP : BridgeId.DEFAULT_PRIORITY;
            network.addNode(SimulatedNetwork.id(priority, number));
        }
        int cables = random.nextInt(2 * bridges) + bridges / 2;
        for (int count = 0; count < cables; count++) {
            addCable(network, random).setUp(random.nextInt(8) != 0);
        }
        return network;
    }

    private static Cable addCable(SimulatedNetwork network, Random random) {
        List<Node> nodes = network.nodes().stream().filter(node -> !node.isDead).toList();
        Node one = nodes.get(random.nextInt(nodes.size()));
        Node other = nodes.get(random.nextInt(nodes.size()));
        long cost = COSTS[random.nextInt(COSTS.length)];
        return network.join(one, cost, other, random.nextInt(4) == 0 ? COSTS[random.nextInt(COSTS.length)] : cost);
    }

    private static void disturb(SimulatedNetwork network, Random random) {
        int times = 1 + random.nextInt(2);
        for (int time = 0; time < times; time++) {
            switch (random.nextInt(8)) {
                case 0 -> addCable(network, random).setUp(true);
                case 1 -> {
                    long alive = network.nodes().stream()
                            .filter(node -> !node.isDead)
                            .count();
                    Node victim =
                            network.nodes().get(random.nextInt(network.nodes().size()));
                    if (alive > 2 && !victim.isDead) {
                        network.kill(victim);
                    }
                }
                default -> {
                    if (!network.cables().isEmpty()) {
                        Cable cable = network.cables()
                                .get(random.nextInt(network.cables().size()));
                        cable.setUp(!cable.isUp && !cable.a.node.isDead && !cable.b.node.isDead);
                    }
                }
            }
        }
    }

    private static void run(SimulatedNetwork network, long milliseconds, int seed) {
        network.run(
                milliseconds,
                () -> assertThat(network.circle())
                        .as("a circle, seed " + seed + ", at " + network.now() + " ms")
                        .isNull());
    }

    private static void expectTree(SimulatedNetwork network, int seed) {
        ExpectedTree expected = new ExpectedTree(network.nodes(), network.cables());
        for (Node node : network.nodes()) {
            if (node.isDead) {
                continue;
            }
            String who = "seed " + seed + ", bridge " + node.id + " at " + network.now() + " ms: ";
            TreeStatus status = node.tree.status();
            assertThat(node.tree.ranOut()).isFalse();
            assertThat(status.root()).as(who + "root").isEqualTo(expected.root(node).id);
            assertThat(status.rootCost()).as(who + "cost").isEqualTo(expected.distance(node));
            for (TreeStatus.Port port : status.ports()) {
                End end = node.ends.get(port.number());
                assertThat(port.role()).as(who + port.number()).isEqualTo(expected.role(end));
                boolean forwards = port.role() == PortRole.ROOT || port.role() == PortRole.DESIGNATED;
                assertThat(port.state())
                        .as(who + port)
                        .isEqualTo(forwards ? PortState.FORWARDING : PortState.DISCARDING);
                assertThat(node.states.getOrDefault(port.number(), PortState.DISCARDING))
                        .isEqualTo(port.state());
            }
        }
    }

    @Test
    void aRingOfThreeForwardsWithinASecondAndHealsWithinASecond() {
        SimulatedNetwork network = new SimulatedNetwork(new Random(1), 6, 2);
        Node one = network.addNode(SimulatedNetwork.id(4096, 1));
        Node two = network.addNode(SimulatedNetwork.id(BridgeId.DEFAULT_PRIORITY, 2));
        Node three = network.addNode(SimulatedNetwork.id(BridgeId.DEFAULT_PRIORITY, 3));
        Cable cut = network.join(one, 2, two, 2);
        network.join(one, 2, three, 2).setUp(true);
        network.join(two, 2, three, 2).setUp(true);
        cut.setUp(true);

        run(network, 1000, 1);
        expectTree(network, 1);
        assertThat(three.tree.status().ports().get(1).role()).isEqualTo(PortRole.ALTERNATE);

        cut.setUp(false);
        run(network, 1000, 1);
        expectTree(network, 1);
        assertThat(two.tree.status().rootPort()).isEqualTo(2);
        assertThat(one.flushes).as("hears of it and forgets").isPositive();
    }
}
