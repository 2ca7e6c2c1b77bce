package io.netyard.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The tools that people know work inside every node: `ip netns exec LAB.NODE …`.
class ToolsInNodesIT {
    @BeforeEach
    void apply() {
        Netyard.Outcome outcome = Netyard.run(
                "apply", Netyard.home().resolve("examples/leaf-spine.yaml").toString());
        assertThat(outcome.code()).as(outcome.err()).isZero();
    }

    @AfterEach
    void destroy() {
        assertThat(Netyard.run("destroy", "leaf-spine").code()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"s1", "s2", "l1", "l2", "l3", "l4", "h1", "h2", "h3", "h8"})
    void iproute2SeesTheNode(String node) {
        String namespace = "leaf-spine." + node;

        assertThat(Tool.json(namespace, "ip", "-j", "link", "show", "up"))
                .extracting(link -> link.get("ifname").asString())
                .contains("lo")
                .hasSizeGreaterThan(1);
        assertThat(Tool.json(namespace, "ip", "-j", "route")).isNotEmpty();
        assertThat(Tool.run("ip", "netns", "list").lines()).anyMatch(line -> line.startsWith(namespace));
    }

    @Test
    void tcpdumpSeesWhatPasses() throws IOException, InterruptedException {
        Process tcpdump = new ProcessBuilder(
                        "timeout",
                        "20",
                        "ip",
                        "netns",
                        "exec",
                        "leaf-spine.l1",
                        "tcpdump",
                        "-nn",
                        "-l",
                        "-i",
                        "any",
                        "-c",
                        "2",
                        "icmp")
                .redirectErrorStream(true)
                .start();
        try (BufferedReader lines = tcpdump.inputReader(StandardCharsets.UTF_8)) {
            String line = lines.readLine();
            while (line != null && !line.startsWith("listening on")) {
                line = lines.readLine();
            }

            Tool.in("leaf-spine.h1", "ping", "-c1", "-W5", address("h2"));

            assertThat(lines.lines().collect(Collectors.joining("\n")))
                    .contains("ICMP echo request")
                    .contains(address("h2"));
        } finally {
            tcpdump.destroy();
            tcpdump.waitFor();
        }
    }

    private static String address(String node) {
        return Tool.json("leaf-spine." + node, "ip", "-j", "-4", "address", "show", "dev", "eth0")
                .get(0)
                .get("addr_info")
                .get(0)
                .get("local")
                .asString();
    }
}
