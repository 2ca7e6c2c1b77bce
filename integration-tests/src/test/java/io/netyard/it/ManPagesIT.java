package io.netyard.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// The manual pages of the distribution under a formatter that others wrote.
class ManPagesIT {
    @Test
    void formatWithoutWarnings() throws IOException {
        assumeTrue(Launcher.shell("command -v groff").code() == 0, "groff is not installed");
        Path folder = Netyard.home().resolve("cli/target/dist/share/man/man1");
        List<Path> pages;
        try (Stream<Path> files = Files.list(folder)) {
            pages = files.sorted().toList();
        }
        assertThat(pages).hasSizeGreaterThan(10);
        for (Path page : pages) {
            Netyard.Outcome outcome = Launcher.shell(
                    "groff -man -Tutf8 -ww '" + page.toAbsolutePath().normalize() + "'");
            assertThat(outcome.err()).as(page.toString()).isEmpty();
            assertThat(outcome.out()).contains("netyard");
        }
    }
}
