package io.netyard.it.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class DivergenceTest {
    private static final Path DECISION = Path.of("../docs/adr/0010-where-switches-differ.md");

    @ParameterizedTest
    @EnumSource
    void everyDifferenceIsInDecision10(Divergence divergence) throws IOException {
        List<String> lines = Files.readAllLines(DECISION);

        assertThat(lines)
                .anyMatch(line -> line.startsWith("| " + divergence.situation() + " |")
                        && line.endsWith("| " + divergence.clause() + " |"));
    }
}
