package io.netyard.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/// The server of iperf3 in a namespace, and its clients in another.
final class Iperf implements AutoCloseable {
    private static final int MEBIBYTES = 64;

    /// Longer than TCP waits before it sends again what was lost: to lose something is no stall.
    private static final double INTERVAL_SECONDS = 0.5;

    private static final String MOST_SECONDS = "20";

    private final Process server;
    private final BufferedReader said;

    private Iperf(Process server) {
        this.server = server;
        this.said = server.inputReader();
    }

    static boolean isInstalled() {
        return Stream.of(System.getenv("PATH").split(":"))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, "iperf3")));
    }

    static Iperf serve(String namespace) throws IOException {
        return new Iperf(new ProcessBuilder("ip", "netns", "exec", namespace, "iperf3", "--server", "--forceflush")
                .redirectErrorStream(true)
                .start());
    }

    /// Sends some megabytes, which arrive without a stall.
    ///
    /// @param options of the client, such as `--reverse`
    /// @return MiB/s at the receiver
    double run(String namespace, String address, String... options) throws IOException {
        awaitListening();
        String[] words = Stream.concat(
                        Stream.of("timeout", MOST_SECONDS, "iperf3", "--json", "--client", address),
                        Stream.concat(
                                Stream.of("--bytes", MEBIBYTES + "M", "--interval", "" + INTERVAL_SECONDS),
                                Stream.of(options)))
                .toArray(String[]::new);
        JsonNode report = Tool.json(namespace, words);
        assertThat(report.path("error").asString("")).isEmpty();
        assertThat(report.path("intervals")).as(report::toString).isNotEmpty().allSatisfy(interval -> {
            JsonNode sum = interval.path("sum");
            // The last one is as long as what was left.
            assertThat(sum.path("bytes").asLong() > 0 || sum.path("seconds").asDouble() < INTERVAL_SECONDS / 2)
                    .as("octets moved in " + sum)
                    .isTrue();
        });
        JsonNode received = report.path("end").path("sum_received");
        assertThat(received.path("bytes").asLong()).as(report::toString).isPositive();
        return received.path("bits_per_second").asDouble() / 8 / (1 << 20);
    }

    /// The server opens its socket anew for every client.
    private void awaitListening() throws IOException {
        String line = said.readLine();
        while (line != null && !line.startsWith("Server listening")) {
            line = said.readLine();
        }
        assertThat(line).as("the server of iperf3 runs").isNotNull();
    }

    @Override
    public void close() {
        server.destroy();
        server.onExit().join();
    }
}
