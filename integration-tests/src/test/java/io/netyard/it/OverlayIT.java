package io.netyard.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.netyard.linux.NamespaceFolder;
import io.netyard.linux.NetworkNamespace;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Tunnels that a switch in user space ends itself, in labs.
///
/// ```text
/// h1:eth0 === s1:p1                              s2:p1 === h3:eth0
/// h2:eth0 === s1:p2    s1:vx0 ~~~~~~~~~ s2:vx0   s2:p2 === h4:eth0
///                      s1:eth0 ======== s2:eth0
/// ```
@Timeout(120)
class OverlayIT {
    private static final String LAB = """
            lab: overlay
            nodes:
              h1..4: { interfaces: { eth0: { address: 10.0.0.1..4/24, mtu: 1400 } } }
              s1:
                kind: switch
                driver: user
                interfaces:
                  eth0: { address: LOCAL/LENGTH }
                  vx0: { kind: vxlan, id: 7, local: LOCAL, ENDS, underlay: eth0 }
              s2:
                kind: switch
                driver: OTHER
                interfaces:
                  eth0: { address: REMOTE/LENGTH }
                  vx0: { kind: vxlan, id: 7, local: REMOTE, BACK, underlay: eth0 }
            links:
              - h1..2:eth0 -- s1:p1..2
              - h3..4:eth0 -- s2:p1..2
              - s1:eth0 -- s2:eth0
            checks: [ h1 reaches h2, h1 reaches h3, h4 reaches h2 ]
            """;

    @RegisterExtension
    private final AppliedLab lab = new AppliedLab();

    private static String ipv4(String ends, String back, String other) {
        return lab("192.168.0.1", "192.168.0.2", "24", ends, back, other);
    }

    private static String lab(String local, String remote, String length, String ends, String back, String other) {
        return LAB.replace("ENDS", ends)
                .replace("BACK", back)
                .replace("OTHER", other)
                .replace("LOCAL/LENGTH", "\"" + local + "/" + length + "\"")
                .replace("REMOTE/LENGTH", "\"" + remote + "/" + length + "\"")
                .replace("LOCAL", "\"" + local + "\"")
                .replace("REMOTE", "\"" + remote + "\"");
    }

    private static String show(String node, String... options) {
        String[] command = new String[options.length + 3];
        command[0] = "show";
        System.arraycopy(options, 0, command, 1, options.length);
        command[options.length + 1] = "overlay";
        command[options.length + 2] = node;
        return Netyard.run(command).out();
    }

    private static NetworkNamespace node(String name) {
        return NetworkNamespace.open(NamespaceFolder.DEFAULT.resolve("overlay." + name));
    }

    /// Nothing is turned off: the kernel leaves segments and checksums within the tunnel to us.
    @ParameterizedTest
    @CsvSource({
        "192.168.0.1, 192.168.0.2, 24, kernel",
        "192.168.0.1, 192.168.0.2, 24, user",
        "fd00:1::1, fd00:1::2, 64, kernel"
    })
    void carriesTcpToEitherDriver(String local, String remote, String length, String other) throws Exception {
        lab.apply(lab(local, remote, length, "remote: REMOTE", "remote: LOCAL", other));
        lab.check();
        assertThat(Tool.in("overlay.s1", "ip", "-br", "link")).doesNotContain("vx0");
        try (NetworkNamespace h1 = node("h1");
                NetworkNamespace h3 = node("h3")) {
            assertThat(Transfer.run(h1, h3, "10.0.0.3", 4)).isEqualTo(Transfer.checksum(4));
            assertThat(Transfer.run(h3, h1, "10.0.0.1", 4)).isEqualTo(Transfer.checksum(4));
        }
        assertThat(show("s1"))
                .containsPattern("vx0 +vxlan +7 +" + local + " +" + remote + " +listed +[1-9][0-9]* frames");
        assertThat(show("s1", "--json")).contains("\"peers\":[{\"address\":\"" + remote + "\",\"listed\":true");
    }

    @ParameterizedTest
    @CsvSource({"kernel", "user"})
    void floodsToAMulticastGroup(String other) throws IOException {
        lab.apply(ipv4("group: 239.1.1.1", "group: 239.1.1.1", other));
        lab.check();
        assertThat(show("s1")).containsPattern("239.1.1.1 +listed").containsPattern("192.168.0.2 +heard");
    }

    @Test
    void changesItsEndsWhileOtherPortsForward() throws Exception {
        lab.apply(
                ipv4("remotes: [ 192.168.0.9 ]", "remote: LOCAL", "user").replace("h1 reaches h3, h4 reaches h2", ""));
        lab.check();
        Process ping = ping();

        Netyard.Outcome outcome = lab.apply(ipv4("remotes: [ 192.168.0.2, 192.168.0.9 ]", "remote: LOCAL", "user"));

        assertThat(outcome.out())
                .contains("~ port vx0 of br0")
                .contains("remotes: 192.168.0.9 -> 192.168.0.2 192.168.0.9")
                .contains("1 changed");
        assertLostNothing(ping);
        lab.check();
    }

    private static Process ping() throws IOException {
        return new ProcessBuilder(
                        "ip", "netns", "exec", "overlay.h1", "ping", "-i", "0.01", "-c", "300", "-q", "10.0.0.2")
                .redirectErrorStream(true)
                .start();
    }

    private static void assertLostNothing(Process ping) throws Exception {
        String pinged = new String(ping.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(ping.waitFor()).as(pinged).isZero();
        assertThat(pinged).contains(" 0% packet loss");
    }

    @Test
    void dropsAndCountsWhatAnUnlistedEndSends() throws IOException {
        lab.apply(ipv4("remotes: [ 192.168.0.9 ], learning: false", "remote: LOCAL", "kernel")
                .replace("h1 reaches h3, h4 reaches h2", "h3 cannot reach h1"));
        lab.check();
        assertThat(show("s1")).containsPattern("[1-9][0-9]* refused-peer");
        assertThat(show("s1", "--json")).contains("\"reason\":\"refused-peer\"");
    }

    @Test
    void goesOnWithoutItsUnderlayAndIsRepaired() throws Exception {
        String text = ipv4("remote: REMOTE", "remote: LOCAL", "user");
        lab.apply(text);
        lab.check();
        Process ping = ping();

        Tool.run("ip", "-n", "overlay.s1", "link", "delete", "eth0");
        TimeUnit.SECONDS.sleep(1);
        Netyard.Outcome planned = lab.plan();

        assertLostNothing(ping);
        assertThat(planned.code()).isEqualTo(2);
        assertThat(planned.out()).contains("+ port vx0 of br0").contains("+ interface eth0");
        lab.apply(text);
        lab.check();
    }
}
