package io.netyard.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Runs what the documentation says, page by page, in order, in the folder of the project.
///
/// - ` ```sh`: commands, each of which has to succeed.
/// - ` ```console`: commands after `$ `, each followed by what it prints. Any number stands for any other,
///   `...` in a line for anything, and a line `...` for any lines.
/// - ` ```sh norun`: not run, since it is about building and testing itself.
class DocsIT {
    private static final Pattern BLOCK =
            Pattern.compile("^```(sh|console)( norun)?\\n(.*?)^```$", Pattern.DOTALL | Pattern.MULTILINE);

    /// With its unit where it is a time: a busy machine takes seconds for what takes milliseconds.
    private static final Pattern NUMBER = Pattern.compile("\\d+(?:\\.\\d+)?(?: m?s\\b)?");

    @BeforeAll
    static void onlyOnce() {
        assumeTrue(
                !"full".equals(System.getProperty("netyard.ring")),
                "the documentation is run in the ring of this kernel");
    }

    static Stream<Path> pages() throws IOException {
        List<Path> pages = new ArrayList<>(List.of(Netyard.home().resolve("README.md")));
        try (Stream<Path> files = Files.walk(Netyard.home().resolve("docs"))) {
            files.filter(file -> file.toString().endsWith(".md")).sorted().forEach(pages::add);
        }
        return pages.stream();
    }

    @AfterEach
    void destroyWhatAPageLeft() throws IOException {
        Path run = Path.of("/run/netyard");
        if (Files.isDirectory(run)) {
            try (Stream<Path> labs = Files.list(run)) {
                labs.forEach(lab -> Netyard.run("destroy", lab.getFileName().toString()));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("pages")
    void whatAPageSaysIsSo(Path page) throws IOException {
        for (MatchResult block : BLOCK.matcher(Files.readString(page)).results().toList()) {
            if (block.group(2) != null) {
                continue;
            }
            if (block.group(1).equals("sh")) {
                Netyard.Outcome outcome = Launcher.shell("set -e\n" + block.group(3));
                assertThat(outcome.code())
                        .as("%s:%n%s%s%s", page, block.group(3), outcome.out(), outcome.err())
                        .isZero();
            } else {
                runConsole(page, block.group(3));
            }
        }
    }

    private static void runConsole(Path page, String block) {
        for (String step : block.split("(?m)^(?=\\$ )")) {
            if (step.isEmpty()) {
                continue;
            }
            String command = step.lines().findFirst().orElseThrow().substring(2);
            String expected = step.lines().skip(1).map(line -> line + "\n").collect(Collectors.joining());
            Netyard.Outcome outcome = Launcher.shell(command);
            String printed = outcome.out() + outcome.err();
            assertThat(outcome.code()).as("%s: %s%n%s", page, command, printed).isZero();
            assertThat(printed)
                    .as("%s: what '%s' prints is not what the page shows%n%s", page, command, expected)
                    .matches(shape(expected));
        }
    }

    private static Pattern shape(String expected) {
        StringBuilder shape = new StringBuilder();
        for (String line : expected.lines().toList()) {
            if (line.equals("...")) {
                shape.append("(?:.*\\n)*");
            } else {
                for (String piece : line.split("(?<=\\.\\.\\.)|(?=\\.\\.\\.)")) {
                    shape.append(piece.equals("...") ? ".*" : numbersAside(piece));
                }
                shape.append(" *\\n");
            }
        }
        return Pattern.compile(shape.toString());
    }

    private static String numbersAside(String text) {
        StringBuilder pattern = new StringBuilder();
        int end = 0;
        for (MatchResult number : NUMBER.matcher(text).results().toList()) {
            pattern.append(Pattern.quote(text.substring(end, number.start()))).append(NUMBER.pattern());
            end = number.end();
        }
        return pattern.append(Pattern.quote(text.substring(end))).toString();
    }
}
