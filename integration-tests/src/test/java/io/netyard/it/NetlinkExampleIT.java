package io.netyard.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// The example of the netlink library, run as a program of its own in the namespace `example` that it
/// makes.
class NetlinkExampleIT {
    /// The jars that the library needs; nothing else of Netyard is on the class path.
    private static final List<String> LIBRARY =
            List.of("netyard-net-", "netyard-linux-", "netyard-netlink-", "jna-", "jspecify-");

    @AfterEach
    void delete() {
        Tool.run("ip", "netns", "delete", "example");
    }

    @Test
    void saysWhatIpSays() {
        // The JVM says that it found the variable, and the example's words are compared.
        String said = Tool.run(
                "env",
                "-u",
                "JDK_JAVA_OPTIONS",
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                classPath(),
                Netyard.home().resolve("netlink/examples/BridgeAndList.java").toString());
        StringBuilder shown = new StringBuilder();
        JsonNode links = Tool.json("example", "ip", "-j", "-d", "link");
        for (JsonNode link : links) {
            shown.append(link.get("ifindex").asInt())
                    .append(' ')
                    .append(link.get("ifname").asString())
                    .append(' ')
                    .append(link.path("linkinfo").path("info_kind").asString(""))
                    .append(" mtu ")
                    .append(link.get("mtu").asInt())
                    .append('\n');
        }
        assertThat(said).contains(" br0 bridge ").isEqualTo(shown.toString());
        JsonNode bridge = Tool.json("example", "ip", "-j", "-d", "link", "show", "br0")
                .get(0)
                .get("linkinfo")
                .get("info_data");
        assertThat(bridge.get("priority").asInt()).isEqualTo(4096);
        assertThat(bridge.get("stp_state").asInt()).isEqualTo(1);
    }

    private static String classPath() {
        return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry ->
                        LIBRARY.stream().anyMatch(Path.of(entry).getFileName().toString()::startsWith))
                .collect(Collectors.joining(File.pathSeparator));
    }
}
