package io.netyard.topology.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.netyard.topology.compile.KernelFeatures;
import io.netyard.topology.compile.TopologyCompiler;
import io.netyard.topology.model.Topology;
import io.netyard.topology.state.NetworkState;
import io.netyard.topology.state.Resource;
import io.netyard.topology.yaml.TopologyFile;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// Laws that every plan keeps, on random labs.
class PlanLawsTest {
    private static final int ROUNDS = 300;

    /// A lab of some hosts on some switches; what a seed leaves out, another has.
    private static NetworkState random(Random random) {
        StringBuilder nodes = new StringBuilder();
        StringBuilder links = new StringBuilder();
        int switches = 1 + random.nextInt(2);
        for (int number = 1; number <= switches; number++) {
            nodes.append("  s").append(number).append(": { kind: switch");
            if (random.nextBoolean()) {
                nodes.append(", ports: { p1: { access: ")
                        .append(1 + random.nextInt(3))
                        .append(" } }");
            }
            if (random.nextBoolean()) {
                addTunnel(random, number, nodes, links);
            }
            nodes.append(" }\n");
            links.append("  - a")
                    .append(number)
                    .append(":eth0 -- s")
                    .append(number)
                    .append(":p1\n");
            nodes.append("  a").append(number).append(": {}\n");
        }
        for (int number = 1; number <= 5; number++) {
            if (random.nextInt(3) > 0) {
                int on = 1 + random.nextInt(switches);
                nodes.append("  h")
                        .append(number)
                        .append(": { interfaces: { eth0: { address: 10.0.0.")
                        .append(number)
                        .append("/24, mtu: ")
                        .append(1400 + random.nextInt(2) * 100)
                        .append(" }")
                        .append(random.nextBoolean() ? ", d0: { kind: dummy, address: 10.9." + number + ".1/24 }" : "")
                        .append(random.nextBoolean() ? ", eth0.7: { kind: vlan, parent: eth0, id: 7 }" : "")
                        .append(" } }\n");
                links.append("  - h")
                        .append(number)
                        .append(":eth0 -- s")
                        .append(on)
                        .append(":q")
                        .append(number)
                        .append("\n");
            }
        }
        String text = "lab: random\nnodes:\n" + nodes + "links:\n" + links;
        TopologyFile file = TopologyFile.parse("random.yaml", text);
        Topology topology = file.topology().orElseThrow(() -> new AssertionError(text + file.diagnostics()));
        EnumSet<KernelFeatures.Feature> features = EnumSet.noneOf(KernelFeatures.Feature.class);
        for (KernelFeatures.Feature feature : KernelFeatures.Feature.values()) {
            if (random.nextBoolean()) {
                features.add(feature);
            }
        }
        KernelFeatures kernel = KernelFeatures.of(features);
        return TopologyCompiler.compile(topology, () -> kernel);
    }

    private static void addTunnel(Random random, int number, StringBuilder nodes, StringBuilder links) {
        String kind = random.nextBoolean() ? "vxlan" : "nvgre";
        nodes.append(random.nextBoolean() ? ", driver: user" : "")
                .append(", interfaces: { u0: { address: 192.168.0.")
                .append(number)
                .append("/24, mtu: ")
                .append(1500 + random.nextInt(2))
                .append(" }, t0: { kind: ")
                .append(kind)
                .append(", id: ")
                .append(5000 + random.nextInt(2))
                .append(", local: 192.168.0.")
                .append(number)
                .append(", remote: 192.168.0.9")
                .append(random.nextInt(3))
                .append(", underlay: u0 } }");
        links.append("  - u").append(number).append(":eth0 -- s").append(number).append(":u0\n");
        nodes.append(" }\n  u").append(number).append(": {");
    }

    private static NetworkState made(NetworkState desired) {
        return Plan.between(desired, NetworkState.EMPTY).appliedTo(NetworkState.EMPTY);
    }

    @Test
    void thePlanOfAStateAndItselfIsEmpty() {
        Random random = new Random(1);
        for (int round = 0; round < ROUNDS; round++) {
            NetworkState desired = random(random);
            assertThat(Plan.between(desired, made(desired)).changes()).isEmpty();
        }
    }

    @Test
    void afterAPlanNothingIsLeftToDo() {
        Random random = new Random(2);
        for (int round = 0; round < ROUNDS; round++) {
            NetworkState before = made(random(random));
            NetworkState desired = random(random);
            NetworkState after = Plan.between(desired, before).appliedTo(before);
            assertThat(Plan.between(desired, after).changes()).isEmpty();
        }
    }

    @Test
    void aPlanAndItsInverseLeadBack() {
        Random random = new Random(3);
        for (int round = 0; round < ROUNDS; round++) {
            NetworkState before = made(random(random));
            Plan plan = Plan.between(random(random), before);
            NetworkState back = plan.inverse().appliedTo(plan.appliedTo(before));
            assertThat(Plan.between(before, back).changes()).isEmpty();
            assertThat(ids(back)).isEqualTo(ids(before));
        }
    }

    private static Set<Object> ids(NetworkState state) {
        Set<Object> ids = new HashSet<>();
        state.resources().forEach(resource -> ids.add(resource.id()));
        return ids;
    }

    @Test
    void noTwoNewInterfacesShareAnIndex() {
        NetworkState state = made(random(new Random(4)));
        Set<Integer> seen = new HashSet<>();
        for (Resource.Link link : state.resources(Resource.Link.class)) {
            assertThat(link.index() == 1 || seen.add(link.index()))
                    .as(link.toString())
                    .isTrue();
        }
    }

    @Test
    void aNodeThatStaysIsNotTouched() {
        String text =
                "lab: x\nnodes:\n  h1..2: { interfaces: { eth0: { address: 10.0.0.1..2/24 } } }\n  s1: { kind: switch }\n"
                        + "links:\n  - h1..2:eth0 -- s1:p1..2\n";
        NetworkState before = made(compile(text));
        Plan plan = Plan.between(compile(text.replace("1..2", "1..3")), before);
        assertThat(plan.changes())
                .isNotEmpty()
                .allMatch(change ->
                        change.id().node().equals("h3") || change.id().key().equals("p3"));
    }

    /// It has not noticed yet that the interface is gone, and says that it is well.
    @Test
    void aPortInUserSpaceIsMadeAnewWithTheInterfaceThatItStandsOn() {
        NetworkState wanted = compile("""
                lab: port
                nodes:
                  h1: {}
                  s1: { kind: switch, driver: user }
                links: [ "h1:eth0 -- s1:p1" ]
                """);
        NetworkState there = NetworkState.of(wanted.resources().stream()
                .filter(resource -> !(resource instanceof Resource.Link link)
                        || !Set.of("eth0", "p1").contains(link.name().value()))
                .toList());
        Resource port = wanted.resources(Resource.UserPort.class).getFirst();

        assertThat(Plan.between(wanted, there).changes())
                .containsSubsequence(new Change.Delete(port), new Change.Create(port));
    }

    private static NetworkState compile(String text) {
        return TopologyCompiler.compile(
                TopologyFile.parse("t", text).topology().orElseThrow(), () -> KernelFeatures.ALL);
    }
}
