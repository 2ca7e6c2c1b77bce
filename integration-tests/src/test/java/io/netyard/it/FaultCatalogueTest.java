package io.netyard.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// The catalogue of faults, docs/faults.md: each has a test that bears its number as a tag, or a reason why
/// it has none.
///
/// `./mvnw -q -pl integration-tests -am test -Dtest=FaultCatalogueTest
/// -Dsurefire.failIfNoSpecifiedTests=false -Dnetyard.write=true` writes the page anew.
class FaultCatalogueTest {
    private static final Path ROOT = Path.of("..");
    private static final Path PAGE = ROOT.resolve("docs/faults.md");
    private static final String WRITE = "netyard.write";

    /// A tag, and the class or method that bears it.
    private static final Pattern TAGGED = Pattern.compile(
            "((?:@Tag\\(\"F\\d\\d\"\\)\\s+)+)(?:@\\w+(?:\\((?:[^()]|\\([^()]*\\))*\\))?\\s+)*(?:(?:public |final )*class (\\w+)|void (\\w+))");

    private static final Pattern NUMBER = Pattern.compile("F\\d\\d");
    private static final Pattern ROW = Pattern.compile("^\\| (F\\d\\d) \\|", Pattern.MULTILINE);
    private static final Pattern NAMED = Pattern.compile("`([A-Z][a-zA-Z0-9]*(?:Test|IT))(?:\\.(\\w+))?`");

    /// Why there is no test.
    private static final Map<String, String> REASONS = Map.of(
            "F45", "there is no web interface",
            "F47", "there is no cluster",
            "F48", "there is no cluster",
            "F50", "a node has no file system of its own that could deceive");

    @Test
    void everyFaultHasATestOrAReason() throws IOException {
        Map<String, SortedSet<String>> tests = tests();
        List<String> bare = new ArrayList<>();
        for (String fault : Fault.numbers()) {
            if (!tests.containsKey(fault) && !REASONS.containsKey(fault)) {
                bare.add(fault);
            } else if (REASONS.containsKey(fault)) {
                System.out.println(fault + " has no test: " + REASONS.get(fault));
            }
        }
        assertThat(bare).as("faults without a test that bears their tag").isEmpty();
        assertThat(Fault.numbers()).as("tags").containsAll(tests.keySet());
        assertThat(tests.keySet()).as("faults with a reason too much").doesNotContainAnyElementsOf(REASONS.keySet());
    }

    @Test
    void thePageSaysWhatIsTested() throws IOException {
        String page = Files.exists(PAGE) ? Files.readString(PAGE) : "";
        String written = page();
        if (Boolean.getBoolean(WRITE)) {
            Files.writeString(PAGE, written);
            return;
        }
        assertThat(page)
                .as(
                        "docs/faults.md differs from the tags of the tests; write it anew: ./mvnw -q -pl integration-tests -am"
                                + " test -Dtest=FaultCatalogueTest -Dsurefire.failIfNoSpecifiedTests=false -D" + WRITE
                                + "=true")
                .isEqualTo(written);
        assertThat(ROW.matcher(page).results()).hasSameSizeAs(Fault.numbers());
    }

    @Test
    void everyTestThatThePagesNameExists() throws IOException {
        Map<String, String> sources = new TreeMap<>();
        for (Path source : sources()) {
            sources.put(source.getFileName().toString().replace(".java", ""), Files.readString(source));
        }
        for (String name : List.of("security.md", "faults.md", "reliability.md")) {
            Path page = ROOT.resolve("docs").resolve(name);
            if (Files.exists(page)) {
                for (MatchResult named :
                        NAMED.matcher(Files.readString(page)).results().toList()) {
                    assertThat(sources.keySet()).as(name).contains(named.group(1));
                    if (named.group(2) != null) {
                        assertThat(sources.get(named.group(1)).contains(" " + named.group(2) + "("))
                                .as("%s names %s, which does not exist", name, named.group())
                                .isTrue();
                    }
                }
            }
        }
    }

    private static String page() throws IOException {
        StringBuilder page = new StringBuilder("""
                # Faults

                What may go wrong, and the tests that make it go wrong. Each test bears the number as a tag, so that
                `integration-tests/ring this --include-tag F20` runs those of one fault. `FaultCatalogueTest` writes this page
                and fails where a fault has neither a test nor a reason.

                """);
        Map<String, SortedSet<String>> tests = tests();
        for (String group : Fault.groups()) {
            page.append("## ")
                    .append(group)
                    .append("\n\n| | fault | what has to happen | tests |\n|---|---|---|---|\n");
            for (Fault fault : Fault.in(group)) {
                Set<String> found = tests.getOrDefault(fault.number(), new TreeSet<>());
                page.append("| %s | %s | %s | %s |%n"
                        .formatted(
                                fault.number(),
                                fault.what(),
                                fault.behaviour(),
                                found.isEmpty()
                                        ? "none: " + REASONS.get(fault.number())
                                        : String.join(
                                                ", ",
                                                found.stream()
                                                        .map(name -> "`" + name + "`")
                                                        .toList())));
            }
            page.append('\n');
        }
        return page.toString().stripTrailing() + "\n";
    }

    /// The tests of each fault, as `Class` or `Class.method`.
    private static Map<String, SortedSet<String>> tests() throws IOException {
        Map<String, SortedSet<String>> tests = new TreeMap<>();
        for (Path source : sources()) {
            String type = source.getFileName().toString().replace(".java", "");
            for (MatchResult tagged :
                    TAGGED.matcher(Files.readString(source)).results().toList()) {
                String name = tagged.group(3) == null ? type : type + "." + tagged.group(3);
                NUMBER.matcher(tagged.group(1))
                        .results()
                        .forEach(number -> tests.computeIfAbsent(number.group(), _ -> new TreeSet<>())
                                .add(name));
            }
        }
        return tests;
    }

    private static List<Path> sources() throws IOException {
        List<Path> sources = new ArrayList<>();
        try (Stream<Path> modules = Files.list(ROOT)) {
            for (Path module : modules.map(each -> each.resolve("src/test/java"))
                    .filter(Files::isDirectory)
                    .toList()) {
                try (Stream<Path> files = Files.walk(module)) {
                    files.filter(file -> file.toString().endsWith(".java")).forEach(sources::add);
                }
            }
        }
        return sources;
    }
}
