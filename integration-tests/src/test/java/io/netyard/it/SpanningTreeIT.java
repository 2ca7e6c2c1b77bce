package io.netyard.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Cables that form a loop:
///
/// ```text
///  h1 -- p1 s1 up1 ---- up1 s2 p1 -- h2
///            up2         up2
///              \          /
///              up2      up1
///                  s3 p1 -- h3
/// ```
@Timeout(60)
class SpanningTreeIT {
    private static final String RING = """
            lab: ring
            nodes:
              h1..3: { interfaces: { eth0: { address: 10.0.0.1..3/24 } } }
              s1: { kind: switch, driver: D1, TREE }
              s2: { kind: switch, driver: D2, TREE }
              s3: { kind: switch, driver: D3, TREE }
            links:
              - h1..3:eth0 -- s1..3:p1
              - s1:up1 -- s2:up1
              - s2:up2 -- s3:up1
              - s3:up2 -- s1:up2
            checks: [ h1 reaches h2, h2 reaches h3, h3 reaches h1 ]
            """;

    @TempDir
    Path folder = Path.of("");

    @AfterEach
    void destroy() {
        assertThat(Netyard.run("destroy", "ring").code()).isZero();
    }

    private static String ring(String tree, String... drivers) {
        String text = RING.replace("TREE", tree);
        for (int at = 0; at < drivers.length; at++) {
            text = text.replace("D" + (at + 1), drivers[at]);
        }
        return text.replace(", }", " }");
    }

    private void apply(String text) throws IOException {
        Path file = Files.writeString(folder.resolve("ring.yaml"), text);
        Netyard.Outcome outcome = Netyard.run("apply", file.toString());
        assertThat(outcome.code()).as(outcome.out() + outcome.err()).isZero();
    }

    private static void check() {
        Netyard.Outcome outcome = Netyard.run("check", "ring");
        assertThat(outcome.code()).as(outcome.out() + outcome.err()).isZero();
    }

    private static JsonNode show(String node) {
        Netyard.Outcome outcome = Netyard.run("show", "ring", node, "--json");
        assertThat(outcome.code()).as(outcome.err()).isZero();
        return JsonMapper.shared().readTree(outcome.out());
    }

    private static List<String> roles(String node) {
        return show(node)
                .path("trees")
                .path(0)
                .path("ports")
                .valueStream()
                .map(port -> port.path("name").asString("") + " "
                        + port.path("role").asString("") + " "
                        + port.path("state").asString(""))
                .sorted()
                .toList();
    }

    /// Seconds until a ping gets through.
    private static double secondsUntilReached(String node, String address) throws InterruptedException {
        long start = System.nanoTime();
        while (!reaches(node, address)) {
            assertThat(System.nanoTime() - start)
                    .isLessThan(Duration.ofSeconds(20).toNanos());
            TimeUnit.MILLISECONDS.sleep(20);
        }
        return (System.nanoTime() - start) / 1e9;
    }

    private static boolean reaches(String node, String address) {
        try {
            Tool.in("ring." + node, "ping", "-c1", "-W1", address);
            return true;
        } catch (AssertionError _) {
            return false;
        }
    }

    private static long received() {
        return List.of("s1", "s2", "s3").stream()
                .flatMap(node ->
                        show(node).path("switches").path(0).path("ports").valueStream())
                .mapToLong(port -> port.path("received-frames").asLong(0))
                .sum();
    }

    @Test
    void aRingOfThreeHealsInASecondWhenACableIsCut() throws Exception {
        apply(ring("stp: true", "user, priority: 4096", "user", "user"));
        check();
        assertThat(roles("s1"))
                .containsExactly("p1 designated forwarding", "up1 designated forwarding", "up2 designated forwarding");
        List<String> two = roles("s2");
        List<String> three = roles("s3");
        assertThat(two).contains("up1 root forwarding", "p1 designated forwarding");
        assertThat(three).contains("up2 root forwarding");
        assertThat(List.of(two.get(2), three.get(1)))
                .containsAnyOf("up2 alternate discarding", "up1 alternate discarding");
        assertThat(Netyard.run("show", "ring", "s1").out()).contains("it is the root");

        Tool.in("ring.s2", "ip", "link", "set", "up1", "down");
        assertThat(secondsUntilReached("h1", "10.0.0.2")).isLessThan(3);
        assertThat(roles("s2")).contains("up1 disabled discarding", "up2 root forwarding");
        Tool.in("ring.s2", "ip", "link", "set", "up1", "up");
        assertThat(secondsUntilReached("h1", "10.0.0.2")).isLessThan(3);
    }

    @Test
    void switchesAndABridgeOfTheKernelFormOneTree() throws Exception {
        apply(ring("stp: true", "kernel", "user, priority: 4096", "user"));
        check();
        String root = show("s2").path("trees").path(0).path("root").asString("");
        assertThat(root).startsWith("1000.");
        for (String node : List.of("s1", "s3")) {
            assertThat(show(node).path("trees").path(0).path("root").asString(""))
                    .isEqualTo(root);
        }
        assertThat(Tool.in("ring.s1", "cat", "/sys/class/net/br0/bridge/root_id")
                        .strip())
                .isEqualTo(root);
        long blocked = List.of("s1", "s2", "s3").stream()
                .flatMap(node -> roles(node).stream())
                .filter(port -> port.contains("alternate"))
                .count();
        assertThat(blocked).isEqualTo(1);
        assertThat(show("s2")
                        .path("trees")
                        .path(0)
                        .path("ports")
                        .valueStream()
                        .filter(port -> port.path("name").asString("").equals("up1"))
                        .map(port -> port.path("protocol").asString("")))
                .containsExactly("stp");
    }

    @Test
    void aLoopWithoutATreeIsBlockedAndTheSwitchesGoOn() throws Exception {
        Path file = Files.writeString(folder.resolve("loop.yaml"), ring("", "user", "user", "user"));
        assertThat(Netyard.run("validate", file.toString()).err()).contains("closes a loop of s");
        apply(ring("", "user", "user", "user"));
        TimeUnit.SECONDS.sleep(1);
        check();
        List<JsonNode> loops = List.of("s1", "s2", "s3").stream()
                .flatMap(node ->
                        show(node).path("switches").path(0).path("loops").valueStream())
                .toList();
        assertThat(loops).hasSize(1);
        assertThat(loops.getFirst().path("blocked").asBoolean(false)).isTrue();
        long before = received();
        TimeUnit.SECONDS.sleep(2);
        assertThat(received() - before).as("frames of a storm").isLessThan(1000);
    }
}
