package io.netyard.topology.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MtuLintTest {
    private static List<String> problems(String text) {
        return TopologyFile.parse("t.yaml", text).diagnostics().stream()
                .map(problem -> problem.severity() + " " + problem.position().line() + " " + problem.summary()
                        + problem.hint().map(hint -> "; " + hint).orElse(""))
                .toList();
    }

    private static String overlay(String station, String underlay) {
        return """
                lab: mtu
                nodes:
                  h1..2: { interfaces: { eth0: { address: 10.0.1.1..2/24%s } } }
                  leaf1..2: { kind: switch, interfaces: { eth9: { address: 192.168.1.1..2/24 } } }
                links:
                  - h1..2:eth0 -- leaf1..2:p1
                  - { link: "leaf1:eth9 -- leaf2:eth9"%s }
                overlays:
                  x: { vni: 5010, members: [ leaf1, leaf2 ], underlay: eth9 }
                """.formatted(station, underlay);
    }

    @Test
    void warnsOfAnOverlayThatIsTooNarrowForItsStations() {
        assertThat(problems(overlay("", "")))
                .containsExactly("WARNING 9 the overlay x carries packets of 1450 octets, and h1:eth0 sends up to 1500:"
                        + " longer ones are lost, and TCP may stand still; say 'mtu: 1450' at its stations, or"
                        + " 'mtu: 1550' at leaf1:eth9 and all links below");
        assertThat(problems(overlay(", mtu: 9000", ", mtu: 9000")))
                .singleElement()
                .asString()
                .contains("carries packets of 8950 octets, and h1:eth0 sends up to 9000");
        assertThat(problems(overlay("", "").replace("192.168.1.1..2/24", "\"fd00::1..2/64\"")))
                .singleElement()
                .asString()
                .contains("carries packets of 1430 octets");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {"', mtu: 1450'|''", "''|', mtu: 1550'", "', mtu: 8950'|', mtu: 9000'"})
    void isSilentWhereAllFits(String station, String underlay) {
        assertThat(problems(overlay(station, underlay))).isEmpty();
    }

    @Test
    void warnsOnceOfATunnelThatIsListed() {
        assertThat(problems("""
                lab: mtu
                nodes:
                  h1..2: { interfaces: { eth0: {}, v7: { kind: macvlan, parent: eth0, address: 10.0.1.1..2/24 } } }
                  s1:
                    kind: switch
                    interfaces:
                      eth9: { address: 192.168.1.1/24 }
                      t: { kind: nvgre, id: 5000, local: 192.168.1.1, remote: 192.168.1.2 }
                  s2:
                    kind: switch
                    interfaces:
                      eth9: { address: 192.168.1.2/24 }
                      t: { kind: nvgre, id: 5000, local: 192.168.1.2, remote: 192.168.1.1 }
                links: [ "h1..2:eth0 -- s1..2:p1", "s1:eth9 -- s2:eth9" ]
                """))
                .singleElement()
                .asString()
                .startsWith("WARNING 8 s1:t carries packets of 1458 octets, and h1:v7 sends up to 1500");
    }

    @Test
    void refusesMoreThanTheLowerInterfaceHas() {
        assertThat(problems("""
                lab: mtu
                nodes:
                  h1:
                    interfaces:
                      eth0: { address: 192.168.1.1/24 }
                      t: { kind: vxlan, id: 1, local: 192.168.1.1, remote: 192.168.1.2, underlay: eth0, mtu: 1451 }
                  h2: {}
                links: [ "h1:eth0 -- h2:eth0" ]
                """))
                .containsExactly("ERROR 6 h1:t has an MTU of 1451, and what it lies on has 1500: vxlan takes 50 of it");
    }
}
