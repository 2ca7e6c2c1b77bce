package io.netyard.topology.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// What the documentation says of the topology file.
///
/// `./mvnw -q -pl topology -am test -Dtest=DocumentationTest -Dsurefire.failIfNoSpecifiedTests=false
/// -Dnetyard.write=true` writes the tables of keys anew.
class DocumentationTest {
    private static final Path ROOT = Path.of("..");
    private static final Path PAGE = ROOT.resolve("docs/topology.md");
    private static final String WRITE = "netyard.write";

    /// A block of YAML: a whole file, or with the word `fragment` some of its keys.
    private static final Pattern BLOCK =
            Pattern.compile("^```yaml(| fragment)\\n(.*?)^```$", Pattern.DOTALL | Pattern.MULTILINE);

    private static final Pattern ANY_YAML = Pattern.compile("^ *```ya?ml", Pattern.MULTILINE);

    private static List<Path> pages() throws IOException {
        List<Path> pages = new ArrayList<>(List.of(ROOT.resolve("README.md")));
        try (Stream<Path> files = Files.walk(ROOT.resolve("docs"))) {
            files.filter(file -> file.toString().endsWith(".md")).sorted().forEach(pages::add);
        }
        return pages;
    }

    @Test
    void tablesOfKeysAreAsDeclared() throws IOException {
        String page = Files.readString(PAGE);
        String filled = KeyTables.fill(page);
        if (Boolean.getBoolean(WRITE)) {
            Files.writeString(PAGE, filled);
            return;
        }
        assertThat(page)
                .as("docs/topology.md differs from the declarations in FileFormat and InterfaceFormat; write it anew:"
                        + " ./mvnw -q -pl topology -am test -Dtest=DocumentationTest"
                        + " -Dsurefire.failIfNoSpecifiedTests=false -D" + WRITE + "=true")
                .isEqualTo(filled);
    }

    @Test
    void everyDeclarationHasItsTable() throws IOException {
        assertThat(KeyTables.namesIn(Files.readString(PAGE)))
                .containsExactlyInAnyOrderElementsOf(KeyTables.declarations().stream()
                        .map(Shape.Fields::name)
                        .toList());
    }

    @Test
    void everyYamlBlockIsReadWithoutComplaint() throws IOException {
        int blocks = 0;
        for (Path page : pages()) {
            String text = Files.readString(page);
            List<MatchResult> found = BLOCK.matcher(text).results().toList();
            assertThat(found).as("blocks of YAML in " + page).hasSize((int)
                    ANY_YAML.matcher(text).results().count());
            for (MatchResult block : found) {
                String yaml = block.group(1).isEmpty() ? block.group(2) : wrapped(block.group(2));
                assertThat(TopologyFile.parse(page.toString(), yaml).diagnostics())
                        .as(page + ":%n%s", yaml)
                        .isEmpty();
                blocks++;
            }
        }
        assertThat(blocks).isGreaterThanOrEqualTo(10);
    }

    /// A whole file around some of its keys.
    private static String wrapped(String fragment) {
        return "lab: fragment\n" + (fragment.contains("nodes:") ? "" : "nodes: {}\n") + fragment;
    }
}
