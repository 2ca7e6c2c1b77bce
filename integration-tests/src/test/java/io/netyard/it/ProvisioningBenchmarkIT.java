package io.netyard.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The side-by-side run of provisioning works, for each contestant that is installed. What it measures
/// decides nothing here.
class ProvisioningBenchmarkIT {
    private static final int CANNOT = 69;

    @TempDir
    private Path folder = Path.of("");

    @ParameterizedTest
    @ValueSource(
            strings = {"netyard", "netyard-running", "c", "c-ipv6", "ip-batch", "iproute2", "with-pyroute2", "mininet"})
    void measuresSmallLabsAndRendersWhatItFound(String contestant) throws IOException, InterruptedException {
        if ("full".equals(System.getProperty("netyard.ring"))) {
            abort("times in an emulated machine say nothing");
        }
        Path benchmarks = Netyard.home().resolve("benchmarks").toAbsolutePath();
        int code = run(
                benchmarks.resolve("provisioning").toString(),
                "--sizes=6",
                "--rounds=1",
                "--startups=1",
                "--contestants=" + contestant,
                "--folder=" + folder);
        String said = Files.readString(folder.resolve("said"), StandardCharsets.UTF_8);
        if (code == CANNOT) {
            abort(said.strip());
        }
        assertThat(code).as(said).isZero();
        Path file = results();
        JsonNode results = JsonMapper.builder().build().readTree(Files.readString(file));
        assertThat(results.get("runs").size()).as("one run for each topology").isEqualTo(3);
        Path page = Files.copy(Netyard.home().resolve("docs/benchmarks.md"), folder.resolve("benchmarks.md"));
        assertThat(run(benchmarks.resolve("render").toString(), file.toString(), page.toString()))
                .isZero();
        assertThat(page).content().contains("| star 6 | linear 6 | tree 6 |");
        assertThat(folder.resolve("benchmarks-provisioning.svg")).content().startsWith("<svg");
    }

    private int run(String... command) throws IOException, InterruptedException {
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("said").toFile())
                .start()
                .waitFor();
    }

    private Path results() throws IOException {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*.json")) {
            return files.iterator().next();
        }
    }
}
