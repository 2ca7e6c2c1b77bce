package io.netyard.topology.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SyntaxErrorTest {
    private static String problem(String text) {
        return TopologyFile.parse("t.yaml", text).diagnostics().stream()
                .map(problem -> problem.position() + ": " + problem.summary()
                        + problem.hint().map(hint -> "; " + hint).orElse(""))
                .reduce((one, other) -> one + "\n" + other)
                .orElse("");
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            delimiter = '|',
            value = {
                "nodes:_\th1: {}|3:1: a tab stands here, and YAML wants spaces; replace it by spaces",
                "nodes:_  h1:_    interfaces:_\t  eth0: {}|5:1: a tab stands here",
                "nodes:\t{}|2:7: a tab stands here",
                "nodes:_  s1:_    kind switch_    stp: true|4:5: there is no ':' after the key 'kind'; write 'kind: switch'",
                "nodes:_  h1: {}_  h2_links: []|4:3: there is no ':' after the key 'h2'; write 'h2:'",
                "nodes:_  h1:{}_  h2: {}|3:5: no space follows this ':'; write 'h1: {}'",
                "nodes:_  h1: {}_   h2: {}|4:4: this line has 3 spaces in front, and what it can belong to has 0 or 2",
                "nodes:_    h1:_      kind: host_   h2: {}|5:4: this line has 3 spaces in front, and what it can belong to has 0 or 4 or 6",
                "nodes:_  s1:_    kind: switch_     driver: user|5:6: this line has 5 spaces in front",
                "nodes: { h1: { }_links: []|2:8: this { is not closed",
                "nodes:_  s1: { kind: switch_  s2: { kind: switch }|3:7: this { is not closed; what starts with { ends with }",
                "nodes: { h1: { routes: [ { to: default } } }|2:24: this [ is not closed; what starts with [ ends with ]",
                "nodes: { h1: {} } }|2:19: this } closes nothing",
                "nodes: { h1: {} h2: {} }|2:17: there is no ',' before 'h2'; entries in { } have commas between: { a: 1, b: 2 }",
                "nodes: { h1: { routes: [ { to: ::/0 } ] } }|2:32: a value in { } or [ ] cannot start with ':'; put it in quotes: \"::/0\"",
                "description: \"x_nodes: {}|2:14: this \" is not closed; what starts with \" ends with \"",
                "description: \"x_nodes: { h1: { mac: \"a\", mtu: \"b } }|2:14: this \" is not closed",
                "links: - a -- b|2:8: a list cannot start behind its key; write it in [ ], or start it on the next line",
                "links:_  - link: h1: eth0|3:13: a second ': ' stands in this line; leave out the space, or put the value in quotes",
                "description: @x|2:14: a word cannot start with @; put it in quotes: \"@x\"",
                "description: a\u0007b|2:15: a control character (U+0007) stands here; leave it out",
            })
    @Tag("F33")
    void saysWhatIsWrongWhereItIs(String wrong, String said) {
        assertThat(problem("lab: x\n" + wrong.replace('_', '\n') + "\n")).contains("t.yaml:" + said);
    }

    @Test
    @Tag("F33")
    void whatIsRightIsNoMistake() {
        assertThat(problem("""
                lab: x
                description: a text: { with [ brackets
                nodes: {}
                """)).contains("t.yaml:2:20: a second ': ' stands in this line");
        assertThat(problem("""
                lab: x   # a comment: with a 'quote
                description: |
                  free text: with {
                    brackets
                nodes:
                  h1: { interfaces: {
                    lo: { address: 10.0.0.1/32, alias: 'it''s' } } }
                   # another
                  "h2":
                    routes:
                    - to: 192.0.2.0/24
                      type: blackhole
                """)).isEmpty();
        assertThat(problem("lab: x\nnodes:\n  - a\n  - b: c\n    d: e\n   f: g\n"))
                .startsWith("t.yaml:6:4: this line has 3");
    }
}
