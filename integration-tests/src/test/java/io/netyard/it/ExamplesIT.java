package io.netyard.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Every example: applied, checked, planned again, destroyed.
class ExamplesIT {
    private static final int KERNEL_CANNOT = 69;

    static Stream<Path> examples() throws IOException {
        try (Stream<Path> files = Files.list(Netyard.home().resolve("examples"))) {
            return files.filter(file -> file.toString().endsWith(".yaml")).sorted().toList().stream();
        }
    }

    @ParameterizedTest
    @MethodSource("examples")
    void appliesPassesItsChecksPlansEmptyAndIsDestroyedWithoutTrace(Path example) throws IOException {
        String file = example.toString();
        Netyard.Outcome applied = Netyard.run("apply", file);
        if (applied.code() == KERNEL_CANNOT) {
            assertThat(applied.err()).contains("CONFIG_").contains("nothing was changed");
            assertThat(Files.list(Path.of("/run/netns"))).isEmpty();
            abort(applied.err().strip());
        }
        try {
            assertThat(applied.code()).as(applied.err()).isZero();
            assertThat(applied.err().lines()).as("nothing but progress").allMatch(line -> line.endsWith(" ..."));
            Netyard.Outcome checked = Netyard.run("check", file);
            assertThat(checked.code()).as(checked.out() + checked.err()).isZero();
            Netyard.Outcome planned = Netyard.run("plan", "--exit-code", file);
            assertThat(planned.code()).as(planned.out() + planned.err()).isZero();
            Netyard.Outcome again = Netyard.run("apply", file);
            assertThat(again.out()).contains("no changes");
            String lab = Files.readAllLines(example).stream()
                    .filter(line -> line.startsWith("lab: "))
                    .map(line -> line.substring("lab: ".length()))
                    .findFirst()
                    .orElseThrow();
            assertThat(Netyard.run("show", lab).out()).contains("no drift");
            assertThat(Netyard.run("list").out()).contains(lab);
        } finally {
            assertThat(Netyard.run("destroy", file).code()).isZero();
        }
    }
}
