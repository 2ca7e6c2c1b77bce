package io.netyard.topology.compile;

import static org.assertj.core.api.Assertions.assertThat;

import io.netyard.net.InterfaceName;
import io.netyard.net.IpAddress;
import io.netyard.netlink.route.Gretap;
import io.netyard.netlink.route.Ip6gretap;
import io.netyard.topology.compile.KernelFeatures.Feature;
import io.netyard.topology.model.Diagnostic;
import io.netyard.topology.plan.Change;
import io.netyard.topology.plan.Plan;
import io.netyard.topology.plan.PortDifference;
import io.netyard.topology.state.NetworkState;
import io.netyard.topology.state.Resource;
import io.netyard.topology.state.Tunnel;
import io.netyard.topology.yaml.TopologyFile;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Who ends a tunnel, and what of it can change.
class TunnelsTest {
    private static final String LAB = """
            lab: t
            nodes:
              h1: {}
              h2: { interfaces: { eth0: { address: 192.168.0.2/24 } } }
              s1:
                kind: switch
                driver: DRIVER
                interfaces: { eth0: { address: 192.168.0.1/24, mtu: 1400 }, t0: { TUNNEL } }
            links: [ "h1:eth0 -- s1:p1", "h2:eth0 -- s1:eth0" ]
            """;

    private static final String VXLAN =
            "kind: vxlan, id: 7, local: 192.168.0.1, remotes: [ 192.168.0.2, 192.168.0.3 ], underlay: eth0";
    private static final String NVGRE =
            "kind: nvgre, id: 5010, local: 192.168.0.1, remote: 192.168.0.2, underlay: eth0";

    private static TopologyFile file(String driver, String tunnel) {
        return TopologyFile.parse("t", LAB.replace("DRIVER", driver).replace("TUNNEL", tunnel));
    }

    private static NetworkState compile(String driver, String tunnel, Feature... missing) {
        EnumSet<Feature> features = EnumSet.allOf(Feature.class);
        features.removeAll(Set.of(missing));
        TopologyFile file = file(driver, tunnel);
        return TopologyCompiler.compile(
                file.topology().orElseThrow(() -> new AssertionError(file.diagnostics())),
                () -> KernelFeatures.of(features));
    }

    private static Optional<Tunnel> tunnel(NetworkState state) {
        return state.resources(Resource.UserPort.class).stream()
                .filter(port -> port.device() instanceof Tunnel)
                .map(port -> (Tunnel) port.device())
                .findFirst();
    }

    private static Optional<Resource.Link> link(NetworkState state) {
        return state.link(new Resource.LinkEnd("s1", new InterfaceName("t0")).id());
    }

    private static List<String> errors(String driver, String tunnel) {
        return file(driver, tunnel).diagnostics().stream()
                .map(Diagnostic::toString)
                .toList();
    }

    @Test
    void aSwitchInUserSpaceEndsItsTunnelsWithoutAnInterface() {
        NetworkState state = compile("user", VXLAN);
        assertThat(link(state)).isEmpty();
        assertThat(state.resources(Resource.FdbEntry.class)).isEmpty();
        Tunnel tunnel = tunnel(state).orElseThrow();
        assertThat(tunnel.mtu()).as("1400 without the outer headers").isEqualTo(1350);
        assertThat(tunnel.udpPort()).isEqualTo(4789);
        assertThat(tunnel.remotes()).containsExactly(IpAddress.parse("192.168.0.2"), IpAddress.parse("192.168.0.3"));
        assertThat(tunnel(compile("kernel", VXLAN))).isEmpty();
        assertThat(link(compile("kernel", VXLAN))).isPresent();
    }

    @Test
    void anInterfaceWithAnAddressStaysTheKernels() {
        assertThat(link(compile("user", VXLAN + ", address: 10.0.0.1/24"))).isPresent();
        assertThat(link(compile("user", VXLAN + ", port: false"))).isPresent();
    }

    @Test
    void autoGoesToUserSpaceWhereTheKernelLacksTheTunnel() {
        assertThat(tunnel(compile("auto", VXLAN))).isEmpty();
        assertThat(tunnel(compile("auto", VXLAN, Feature.VXLAN))).isPresent();
        assertThat(tunnel(compile("auto", NVGRE, Feature.VXLAN, Feature.GRE_IPV6)))
                .isEmpty();
        assertThat(tunnel(compile("auto", NVGRE, Feature.GRE))).isPresent();
        assertThat(tunnel(compile("auto", NVGRE + ", flow-id: true"))).isPresent();
        String several = NVGRE.replace("remote: 192.168.0.2", "remote: [ 192.168.0.2, 192.168.0.3 ]");
        assertThat(tunnel(compile("auto", several))).isPresent();
    }

    @Test
    void autoTakesTheKernelForWhatOnlyAnInterfaceHas() {
        String withMac = VXLAN + ", mac: 02:00:00:00:00:01";
        assertThat(link(compile("auto", withMac, Feature.VXLAN))).isPresent();
        assertThat(link(compile("auto", NVGRE + ", alias: to the core", Feature.GRE)))
                .isPresent();
        assertThat(tunnel(compile("auto", withMac, Feature.VXLAN))).isEmpty();
        assertThat(link(compile("auto", withMac + ", port: false", Feature.BRIDGE_VLAN_FILTERING)))
                .isPresent();
    }

    @ParameterizedTest
    @CsvSource({
        "driver: user, 'remote: 192.168.0.2'",
        "kind: hub, 'remote: 192.168.0.2'",
        "driver: auto, 'remote: [ 192.168.0.2, 192.168.0.3 ]'",
        "driver: auto, 'remote: 192.168.0.2, flow-id: true'"
    })
    void aTunnelThatEndsInUserSpaceHasNoMacAndNoAlias(String node, String other) {
        String tunnel = NVGRE.replace("remote: 192.168.0.2", other);
        String text = LAB.replace("driver: DRIVER", node).replace("TUNNEL", tunnel);
        if (node.startsWith("kind")) {
            text = text.replace("    kind: switch\n", "");
        }
        assertThat(TopologyFile.parse("t", text).diagnostics()).isEmpty();
        long line = text.lines().takeWhile(each -> !each.contains("t0:")).count() + 1;
        for (String key : List.of("mac: 02:00:00:00:00:01", "alias: to the core")) {
            assertThat(TopologyFile.parse("t", text.replace("underlay", key + ", underlay"))
                            .diagnostics())
                    .singleElement()
                    .asString()
                    .contains("t:" + line + ":", "'" + key.substring(0, key.indexOf(':')) + "' does nothing on s1:t0");
        }
    }

    /// RFC 7637 section 3.2: the key is VSID and FlowID.
    @Test
    void nvgreOfTheKernelIsGreWithAKey() {
        Resource.Link link = link(compile("kernel", NVGRE)).orElseThrow();
        assertThat(link.kind()).isInstanceOf(Gretap.class);
        assertThat(link.kind().data().get(Gretap.IKEY)).contains(5010L << 8);
        assertThat(link.kind().data().get(Gretap.OKEY)).contains(5010L << 8);
        assertThat(link.kind().data().get(Gretap.TTL)).contains(64);
        assertThat(link.parent()).contains(new InterfaceName("eth0"));
        String ipv6 = NVGRE.replace("192.168.0.1", "\"fd00::1\"").replace("192.168.0.2", "\"fd00::2\"");
        assertThat(link(compile("kernel", ipv6)).orElseThrow().kind()).isInstanceOf(Ip6gretap.class);
    }

    @Test
    void otherEndsChangeInPlaceAndAttributeByAttribute() {
        NetworkState before =
                Plan.between(compile("user", VXLAN), NetworkState.EMPTY).appliedTo(NetworkState.EMPTY);
        Plan plan = Plan.between(compile("user", VXLAN.replace(".3", ".4") + ", learning: false"), before);
        assertThat(plan.changes()).singleElement().satisfies(change -> {
            Change.Update update = (Change.Update) change;
            Resource.UserPort there = (Resource.UserPort) update.before();
            Resource.UserPort wanted = (Resource.UserPort) update.after();
            assertThat(PortDifference.between(there, wanted).toString())
                    .contains("remotes", "192.168.0.2 192.168.0.3", "192.168.0.2 192.168.0.4", "learning");
            assertThat(((Tunnel) there.device()).becomesInPlace((Tunnel) wanted.device()))
                    .isTrue();
        });
        Tunnel tunnel = tunnel(compile("user", VXLAN)).orElseThrow();
        assertThat(tunnel.becomesInPlace(
                        tunnel(compile("user", VXLAN.replace("id: 7", "id: 8"))).orElseThrow()))
                .isFalse();
    }

    @Test
    void aTunnelIsMadeAgainWithItsUnderlay() {
        NetworkState made =
                Plan.between(compile("user", VXLAN), NetworkState.EMPTY).appliedTo(NetworkState.EMPTY);
        NetworkState without = NetworkState.of(made.resources().stream()
                .filter(resource -> !(resource instanceof Resource.Link link
                        && (link.name().value().equals("eth0") && !link.node().equals("h1"))))
                .toList());
        assertThat(Plan.between(compile("user", VXLAN), without).changes())
                .anyMatch(change -> change instanceof Change.Delete(Resource.UserPort port)
                        && port.port().value().equals("t0"))
                .anyMatch(change -> change instanceof Change.Create(Resource.UserPort port)
                        && port.port().value().equals("t0"));
    }

    @Test
    void refusesWhatNobodyCanDo() {
        assertThat(errors("kernel", NVGRE + ", flow-id: true")).anyMatch(text -> text.contains("'driver: user'"));
        assertThat(errors("user", NVGRE + ", flow-id: true")).isEmpty();
        assertThat(errors("user", NVGRE + ", address: 10.0.0.1/24, flow-id: true"))
                .anyMatch(text -> text.contains("interface of the kernel"));
        assertThat(errors("user", VXLAN + ", mac: 02:00:00:00:00:01")).anyMatch(text -> text.contains("'mac'"));
        assertThat(errors("user", VXLAN.replace("192.168.0.3", "\"fd00::3\"")))
                .anyMatch(text -> text.contains("IPv4 and of IPv6"));
        assertThat(errors("user", NVGRE.replace("5010", "4095"))).anyMatch(text -> text.contains("4096"));
        assertThat(errors("user", "kind: nvgre, id: 5010, remote: 192.168.0.2"))
                .anyMatch(text -> text.contains("lacks 'local'"));
        assertThat(errors("user", VXLAN.replace("underlay: eth0", "underlay: p1")))
                .anyMatch(text -> text.contains("a port of the switch"));
    }
}
