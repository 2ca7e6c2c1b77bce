package io.netyard.topology.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LoopLintTest {
    private static List<String> problems(String text) {
        return TopologyFile.parse("t.yaml", text).diagnostics().stream()
                .map(problem -> problem.severity() + " " + problem.position().line() + " " + problem.summary()
                        + problem.hint().map(hint -> "; " + hint).orElse(""))
                .toList();
    }

    private static List<String> problems(String nodes, String links) {
        return problems("lab: loops\nvlans: { a: 10, b: 20 }\nnodes: { " + nodes + " }\nlinks: [ " + links + " ]\n")
                .stream()
                .filter(problem -> problem.contains("round"))
                .toList();
    }

    @Test
    void tellsWhichLinkClosesALoopOfWhichSwitches() {
        assertThat(problems("s1..3: { kind: switch }", "\"s1:a -- s2:b\", \"s2:a -- s3:b\", \"s3:a -- s1:b\""))
                .containsExactly("WARNING 4 this link closes a loop of s3, s2, s1: frames go round in it for ever;"
                        + " say 'stp: true' at the switches, or leave a link out");
        assertThat(problems("s1: { kind: switch }", "\"s1:a -- s1:b\""))
                .singleElement()
                .asString()
                .contains("joins s1 to itself");
        assertThat(problems("u1..2: { kind: hub }", "\"u1:a -- u2:a\", \"u1:b -- u2:b\""))
                .singleElement()
                .asString()
                .endsWith("hubs cannot break a loop; leave a link out");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "s1: { kind: switch, stp: true }, s2: { kind: switch }",
                "s1..2: { kind: switch, stp: true }",
                "s1..2: { kind: switch, ports: { a: { access: a }, b: { access: b } } }",
                "s1..2: { kind: switch, ports: { a: { trunk: [ a ] }, b: { trunk: [ b ] } } }",
                "s1..2: { kind: router }"
            })
    void isSilentWhereNothingGoesRound(String nodes) {
        assertThat(problems(nodes, "\"s1:a -- s2:a\", \"s1:b -- s2:b\"")).isEmpty();
    }

    @Test
    void looksIntoEachVlan() {
        String nodes = "s1..2: { kind: switch, ports: { a: { trunk: [ a, b ] }, b: { access: b } } }";
        assertThat(problems(nodes, "\"s1:a -- s2:a\", \"s1:b -- s2:b\"")).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "kind: hub, stp: true | 'stp' is for switches, and this is a hub",
                "kind: switch, priority: 4096 | 'priority' is for switches with 'stp: true'",
                "kind: switch, stp: true, priority: 5000"
                        + " | 'priority' goes in steps of 4096: 4096 or 8192, not 5000",
                "kind: switch, stp: true, priority: 65536"
                        + " | 'priority' is a whole number of 0 to 61440, not '65536'"
            })
    void refusesKeysThatHaveNoEffect(String keys, String summary) {
        assertThat(problems("lab: loops\nnodes: { s1: { " + keys + " } }\n"))
                .anySatisfy(problem -> assertThat(problem).contains(summary));
    }
}
