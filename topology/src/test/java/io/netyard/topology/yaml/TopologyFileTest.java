package io.netyard.topology.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import io.netyard.topology.model.Diagnostic;
import io.netyard.topology.model.NodeName;
import io.netyard.topology.model.Topology;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TopologyFileTest {
    private static final String GOOD = """
            lab: good
            vlans: { staff: 10 }
            nodes:
              h1..2: { interfaces: { eth0: { address: 10.0.0.1..2/24, mac: 10:20:30:40:50:10 } } }
              s1: { kind: switch, ports: { p1..2: { access: staff } } }
            links:
              - h1..2:eth0 -- s1:p1..2
            checks:
              - h1 reaches h2
            """;

    private static List<String> problems(String text) {
        return TopologyFile.parse("t.yaml", text).diagnostics().stream()
                .map(problem -> problem.position() + ": " + problem.summary()
                        + problem.hint().map(hint -> "; " + hint).orElse(""))
                .toList();
    }

    @Test
    @Tag("F34")
    void readsRangesVlanNamesAndMacAddressesAsTheyStand() {
        Topology topology = TopologyFile.parse(
                        "t.yaml",
                        GOOD.replace(
                                        "eth0: { address: 10.0.0.1..2/24, mac: 10:20:30:40:50:10 }",
                                        "eth0: { address: 10.0.0.1..2/24, mac: \"10:20:30:40:50:1..2\" }")
                                .replace("\"10:20:30:40:50:1..2\"", "02:00:00:00:00:01..02"))
                .topology()
                .orElseThrow();
        assertThat(topology.nodes()).hasSize(3);
        assertThat(topology.node(new NodeName("h2"))
                        .orElseThrow()
                        .interfaces()
                        .getFirst()
                        .addresses()
                        .getFirst())
                .hasToString("10.0.0.2/24");
        assertThat(topology.node(new NodeName("h2"))
                        .orElseThrow()
                        .interfaces()
                        .getFirst()
                        .mac()
                        .orElseThrow())
                .hasToString("02:00:00:00:00:02");
        assertThat(topology.links())
                .extracting(Object::toString)
                .containsExactly("h1:eth0 -- s1:p1", "h2:eth0 -- s1:p2");
    }

    @Test
    void saysAllThatIsWrongAtOnce() {
        assertThat(problems("""
                lab: Bad_Name
                nodess: {}
                nodes:
                  h1: { interfaces: { eth0: { adress: 10.0.0.1/24, mtu: 20 } } }
                  h2: { knd: host }
                """))
                .anyMatch(text -> text.startsWith("t.yaml:1:6: a lab name is"))
                .contains("t.yaml:2:1: the file has no key 'nodess'; did you mean 'nodes'?")
                .contains("t.yaml:4:31: interface h1:eth0 has no key 'adress'; did you mean 'address'?")
                .contains("t.yaml:4:57: an MTU is 68 to 65536, not 20")
                .contains("t.yaml:5:9: node h2 has no key 'knd'; did you mean 'kind'?");
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            delimiter = '|',
            value = {
                "a: &x 1|anchors (&name) are not part of the format",
                "a: *x|aliases (*name) are not part of the format",
                "a: !!str 1|tags (!name) are not part of the format",
                "<<: { a: 1 }|merge keys are not part of the format",
                "lab: twice|the key 'lab' repeats",
                "uplinks: { a: 1 }|'uplinks' (ways out of the lab) is not supported yet",
            })
    @Tag("F33")
    void refusesWhatTheFormatHasNoUseFor(String line, String summary) {
        assertThat(problems("lab: x\nnodes: { h1: {} }\n" + line + "\n")).anyMatch(text -> text.contains(summary));
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            delimiter = '|',
            value = {
                "access: staff|access: stuff|there is no VLAN 'stuff'; did you mean 'staff'?",
                "access: staff|access: 0|a VLAN id is 1 to 4094, not 0",
                "access: staff|access: 4095|a VLAN id is 1 to 4094, not 4095",
                "access: staff|access: 5000|a VLAN id is 1 to 4094, not 5000",
                "access: staff|trunk: [ 20 ], native: staff|the native VLAN staff (10) is not in the trunk",
                "h1..2:eth0 --|h1..3:eth0 --|has 2 members where the entry's first has 3",
                "s1:p1..2|s1:p1..2/x|an interface name has no '/'",
                "s1:p1..2|s1:sixteen-bytes-a1..2|at most 15 bytes",
                "h1..2:eth0 -- |h1..2:eth1 -- |h1:eth0 is no end of a link",
                "10.0.0.1..2/24|10.0.0.7/24|10.0.0.7 is also the address of h1:eth0, in the same broadcast domain",
                "10.0.0.1..2/24|10.0.0.255/24|10.0.0.255 is the broadcast address of 10.0.0.0/24",
                "10.0.0.1..2/24|10.0.0.0/24|10.0.0.0 is the address of the network",
                "lab: good|lab: ../x|a lab name is",
                "  s1: {|  $(id): {|a node name is",
                "h1 reaches h2|h1 reaches h9|there is no node 'h9'",
                "h1 reaches h2|h1 likes h2|is no check that is known",
                "kind: switch|kind: swich|did you mean 'switch'?",
                "kind: switch|kind: hub, driver: user|'driver' is for switches, and this is a hub",
                "kind: switch|kind: switch, driver: ovs|'driver' is one of auto, kernel, user",
                "10.0.0.1..2/24|10.0.0.1..2/24, kind: vrf|'kind: vrf' is not supported yet",
                "10.0.0.1..2/24|10.0.0.1..2/24, kind: vlan, id: 7|interface h1:eth0 lacks 'parent': the lower interface",
                "lab: good|description:|'description' needs text, not nothing",
            })
    @Tag("F35")
    @Tag("F36")
    void explainsMistakes(String right, String wrong, String summary) {
        String text = GOOD.replace(", mac: 10:20:30:40:50:10", "").replace(right, wrong);
        assertThat(problems(text)).as(text).anyMatch(problem -> problem.contains(summary));
    }

    @Test
    @Tag("F36")
    void findsTwoEqualMacAddressesInOneDomain() {
        assertThat(problems(GOOD))
                .anyMatch(text -> text.contains("10:20:30:40:50:10 is also the MAC address of h1:eth0"));
    }

    @Test
    void findsLoopsOfParents() {
        assertThat(problems("""
                lab: loop
                nodes:
                  h1:
                    interfaces:
                      a: { kind: vlan, parent: b, id: 1 }
                      b: { kind: vlan, parent: a, id: 2 }
                """)).anyMatch(text -> text.contains("its parents form a loop"));
    }

    @Test
    void aQuerierIsForSwitchesThatSnoop() {
        assertThat(problems("""
                lab: x
                nodes:
                  s1: { kind: switch, multicast-querier: true }
                  h1: { multicast-snooping: true }
                """))
                .contains("t.yaml:3:23: a querier is for switches that snoop; add multicast-snooping: true")
                .contains("t.yaml:4:9: 'multicast-snooping' is for switches, and this is a host");
    }

    @Test
    @Tag("F32")
    void refusesAHugeFileUnread(@TempDir Path folder) throws IOException {
        Path huge = folder.resolve("huge.yaml");
        try (RandomAccessFile file = new RandomAccessFile(huge.toFile(), "rw")) {
            file.setLength(1L << 30);
        }
        long start = System.nanoTime();
        List<Diagnostic> problems = TopologyFile.read(huge).diagnostics();
        assertThat(problems)
                .singleElement()
                .matches(problem -> problem.summary().contains("at most 1048576"));
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(1));
    }

    @Test
    @Tag("F32")
    void refusesTenThousandAliasesAndEndlessNesting() {
        assertThat(problems("lab: x\nnodes: {}\na: &a 1\nb: [" + "*a, ".repeat(1000) + "*a]\n"))
                .isNotEmpty();
        assertThat(problems("lab: x\nnodes: " + "[".repeat(5000) + "\n")).isNotEmpty();
        assertThat(problems("lab: " + "x".repeat(10_000) + "\n"))
                .anyMatch(text -> text.contains("this line has more than 8192 characters"));
    }

    @Test
    void saysWhereYamlIsBroken() {
        assertThat(problems("lab: x\nnodes: [ 1\n"))
                .singleElement()
                .asString()
                .isEqualTo("t.yaml:2:8: this [ is not closed; what starts with [ ends with ]");
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            delimiter = '|',
            value = {
                "staff: 10|staff: 4095|t.yaml:2:17: a VLAN id is 1 to 4094, not 4095",
                "staff: 10|10: staff|t.yaml:2:10: a VLAN name is letters, digits, '_' and '-', the first a letter, and not 'all' or 'none': '10' is not; the name comes first: staff: 10",
                "h1..2:eth0 --|h1..3:eth0 --|t.yaml:7:5: the range 1..2 has 2 members where the entry's first has 3; all ranges of one entry run in step",
                "nodes:|Nodes:|t.yaml:3:1: the file has no key 'Nodes'; did you mean 'nodes'?",
                "- h1..2:eth0 -- s1:p1..2|- endpoints: [ a, b ]|t.yaml:7:5: a link has no key 'endpoints'; it takes link, mtu",
                "- h1..2:eth0 -- s1:p1..2|- [ a, b ]|t.yaml:7:5: a link is a mapping, not a list; it takes link, mtu",
                "- h1..2:eth0 -- s1:p1..2|- h1: eth0 -- s1:p1|t.yaml:7:5: an end of a link has no space after the colon; write h1:eth0 -- s1:p1",
                "kind: switch|kind: bridge|t.yaml:5:15: 'kind' is one of host, router, switch, hub, not 'bridge'; did you mean 'switch'?",
                "access: staff|access:staff|t.yaml:5:41: port s1:p1 has no key 'access:staff'; a space is missing after the colon: access: staff",
                "access: staff|trunk: \"10,20\"|t.yaml:5:48: '10,20' is not one VLAN; several are a list: [ 10,20 ]",
                "{ address: 10.0.0.1..2/24 }|10.0.0.1..2/24|t.yaml:4:32: interface h1:eth0 is a mapping, not '10.0.0.1/24'; write { address: 10.0.0.1/24 }",
                "{ address: 10.0.0.1..2/24 }|{ address: 10.0.0.1..2/24, 10.0.1.1..2/24 }|t.yaml:4:59: interface h1:eth0 has no key '10.0.1.1/24'; several values are a list in [ ]: address: [ 10.0.0.1/24, 10.0.1.1/24 ]",
                "{ address: 10.0.0.1..2/24 }|{ image: x }|t.yaml:4:34: interface h1:eth0 has no key 'image'; it takes kind, address, mac, mtu, up, alias",
                "{ interfaces:|{ image: x, interfaces:|t.yaml:4:12: node h1 has no key 'image'; it takes kind, interfaces, routes",
                "h1 reaches h2|h1 reaches h3|t.yaml:9:5: there is no node 'h3'; there are h1, h2, s1",
            })
    void saysOnceWhatIsWrong(String right, String wrong, String said) {
        String text = GOOD.replace(", mac: 10:20:30:40:50:10", "").replace(right, wrong);
        assertThat(problems(text))
                .as(text)
                .contains(said)
                // What a range makes is told of for each member.
                .allMatch(each -> each.equals(said) || each.matches(".*(s1:p2|h2).*"));
    }

    @Test
    void namesPortsThatAreFreeAlone() {
        assertThat(problems(GOOD.replace("  - h1..2:eth0 -- s1:p1..2\n", "  - h1:eth0 -- s1:p1\n")))
                .contains("t.yaml:5:32: no link and no interface of s1 is called 'p2'; add a link that ends there");
    }

    @Test
    void tellsWhatDelaysInARunningLab() {
        assertThat(problems(GOOD.replace(
                        "- h1..2:eth0 -- s1:p1..2", "- { link: \"h1..2:eth0 -- s1:p1..2\", delay: 10ms }")))
                .contains(
                        "t.yaml:7:39: 'delay' (how long frames take) is not supported yet; leave it out; in the running"
                                + " lab: netyard exec LAB NODE tc qdisc add dev INTERFACE root netem delay 10ms");
    }

    @Test
    void warnsOfWhatIsAllowedButHardlyMeant() {
        assertThat(problems("lab: x\nnodes: { h1: {} }\nlinks: [ \"h1:a -- h1:b\" ]\n"))
                .containsExactly("t.yaml:3:10: this link joins h1 to itself");
        assertThat(problems(GOOD.replace("staff: 10", "staff: 10, guests: 10")))
                .contains("t.yaml:2:21: guests is the same VLAN as staff: both are 10");
    }

    @Test
    void warnsOfAChecksSubnetsThatDiffer() {
        String text = GOOD.replace(", mac: 10:20:30:40:50:10", "").replace("10.0.0.1..2/24", "10.0.1..2.1/24");
        assertThat(problems(text))
                .containsExactly("t.yaml:9:5: h1 (10.0.1.1/24) and h2 (10.0.2.1/24) are in one segment, but not in one"
                        + " subnet, and h1 has no route for that; give them addresses of one subnet, or a router and"
                        + " routes");
        assertThat(problems(text.replace("h1 reaches", "h1 cannot reach"))).isEmpty();
        assertThat(problems(text.replace("10.0.1..2.1/24", "[ 10.0.1..2.1/24, 10.0.3.1..2/24 ]")))
                .isEmpty();
        assertThat(problems(text.replace("h1..2: {", "h1..2: { routes: [ { to: default, dev: eth0 } ],")))
                .isEmpty();
    }

    @Test
    void warnsOfARouteByWayOfWhoDoesNotForward() {
        String text = GOOD.replace(", mac: 10:20:30:40:50:10", "")
                .replace("h1..2: {", "h1..2: { routes: [ { to: 10.9.0.0/16, via: 10.0.0.2 } ],");
        assertThat(problems(text))
                .contains("t.yaml:4:22: 10.0.0.2 is an address of h2, a host, and only nodes of 'kind: router' forward"
                        + " packets");
        assertThat(problems(text.replace("h1..2: {", "h1..2: { kind: router,"))).isEmpty();
    }

    @Test
    void readsEveryExample() throws IOException {
        try (var files = Files.list(Path.of("..", "examples"))) {
            files.forEach(file -> assertThat(TopologyFile.read(file).diagnostics())
                    .as(file.toString())
                    .isEmpty());
        }
    }
}
