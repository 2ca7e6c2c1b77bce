package io.netyard.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// An error at every point of an apply: the state before is the state after.
class ForcedErrorIT {
    private static final boolean FULL = "full".equals(System.getProperty("netyard.ring"));

    @TempDir
    Path folder = Path.of("");

    @Test
    @Tag("F11")
    @Tag("F12")
    @Tag("F21")
    void stateBeforeIsStateAfter() throws Exception {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:+UseSerialGC",
                        "--enable-native-access=ALL-UNNAMED",
                        "-Dnetyard.failpoint=off",
                        "-Dnetyard.ring=" + System.getProperty("netyard.ring"),
                        "-cp",
                        System.getProperty("java.class.path"),
                        "io.netyard.it.ForcedErrors",
                        folder.toString(),
                        Integer.toString(Integer.getInteger("netyard.crash.every", FULL ? 12 : 1)),
                        Integer.toString(Integer.getInteger("netyard.crash.pairs", FULL ? 10 : 200)))
                .redirectErrorStream(true)
                .start();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        out.lines().filter(line -> line.startsWith("forced")).forEach(System.out::println);
        assertThat(process.waitFor()).as(out).isZero();
        assertThat(out.lines().filter(line -> line.startsWith("WRONG"))).isEmpty();
        assertThat(out).contains("tries ");
    }
}
