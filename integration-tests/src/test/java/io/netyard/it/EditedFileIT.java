package io.netyard.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.netyard.linux.FileIdentity;
import io.netyard.linux.NetworkNamespace;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A lab whose file is edited, and a lab that somebody changed by hand.
///
/// ```text
///   h1 --- p1 +----+ p2 --- h2
///             | s1 |
///   h3 --- p3 +----+ p4 --- h4 (after the edit)
/// ```
class EditedFileIT {
    private static final String LAB = """
            lab: edited
            nodes:
              h1..3: { interfaces: { eth0: { address: 10.0.0.1..3/24 } } }
              s1: { kind: switch }
            links:
              - h1..3:eth0 -- s1:p1..3
            """;

    @TempDir
    Path folder = Path.of("");

    @AfterEach
    void destroy() {
        Netyard.run("destroy", "edited");
    }

    private Path apply(String text) throws IOException {
        Path file = Files.writeString(folder.resolve("edited.yaml"), text);
        Netyard.Outcome outcome = Netyard.run("apply", "-v", file.toString());
        assertThat(outcome.code()).as(outcome.out() + outcome.err()).isZero();
        return file;
    }

    private static FileIdentity identity(String node) {
        try (NetworkNamespace namespace = NetworkNamespace.open(Path.of("/run/netns/edited." + node))) {
            return namespace.identity();
        }
    }

    private static int index(String node, String name) {
        return Tool.json("edited." + node, "ip", "-j", "link", "show", name)
                .get(0)
                .get("ifindex")
                .asInt();
    }

    @Test
    void touchesOnlyWhatDiffersWhileOthersKeepTalking() throws Exception {
        apply(LAB);
        FileIdentity h1 = identity("h1");
        int eth0 = index("h1", "eth0");
        int p2 = index("s1", "p2");
        Process ping = new ProcessBuilder(
                        "ip", "netns", "exec", "edited.h1", "ping", "-i", "0.01", "-c", "150", "-q", "10.0.0.2")
                .redirectErrorStream(true)
                .start();

        Path file = apply(LAB.replace("h1..3", "h1..4")
                .replace("10.0.0.1..3", "10.0.0.1..4")
                .replace("p1..3", "p1..4"));

        String pinged = new String(ping.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(ping.waitFor()).as(pinged).isZero();
        assertThat(pinged).contains(" 0% packet loss");
        assertThat(identity("h1")).isEqualTo(h1);
        assertThat(index("h1", "eth0")).isEqualTo(eth0);
        assertThat(index("s1", "p2")).isEqualTo(p2);
        assertThat(Tool.in("edited.h4", "ping", "-c1", "-W2", "10.0.0.1")).contains("1 received");
        assertThat(Netyard.run("plan", "--exit-code", file.toString()).code()).isZero();
    }

    /// Such as one that somebody moved into a node.
    @Test
    void aForeignInterfaceKeepsItsNumberFromNewOnes() throws IOException {
        apply(LAB);
        int next = index("s1", "p3") + 1;
        Tool.in("edited.h1", "ip", "link", "add", "foreign", "index", Integer.toString(next), "type", "veth");

        apply(LAB.replace("s1:p1..3", "s1:p1..3\n  - h1:eth1 -- h2:eth1"));

        assertThat(index("h1", "foreign")).isEqualTo(next);
        assertThat(index("h1", "eth1")).isGreaterThan(next);
    }

    /// The kernel gives it these when it comes up.
    @Test
    void theLoopbackDeviceMayHaveTheAddressesThatItHasAnyway() throws IOException {
        Path file = apply("""
                lab: edited
                nodes:
                  h1: { interfaces: { lo: { address: [ 127.0.0.1/8, "::1/128", 10.1.1.1/32 ] } } }
                """);

        assertThat(Tool.in("edited.h1", "ip", "-br", "address", "show", "lo"))
                .contains("127.0.0.1/8", "::1/128", "10.1.1.1/32");
        assertThat(Netyard.run("plan", "--exit-code", file.toString()).code()).isZero();
    }

    @Test
    void removesANodeWithItsCable() throws IOException {
        apply(LAB);

        apply(LAB.replace("h1..3", "h1..2")
                .replace("10.0.0.1..3", "10.0.0.1..2")
                .replace("p1..3", "p1..2"));

        assertThat(Path.of("/run/netns/edited.h3")).doesNotExist();
        assertThat(Tool.in("edited.s1", "ip", "-br", "link")).doesNotContain("p3");
        assertThat(Tool.in("edited.h1", "ping", "-c1", "-W2", "10.0.0.2")).contains("1 received");
    }

    @Test
    void rewiresACable() throws IOException {
        apply(LAB);

        apply(LAB.replace("- h1..3:eth0 -- s1:p1..3", "- h1..2:eth0 -- s1:p1..2\n  - h3:eth0 -- s1:p9"));

        assertThat(Tool.in("edited.s1", "ip", "-br", "link"))
                .doesNotContain("p3")
                .contains("p9");
        assertThat(Tool.in("edited.h3", "ping", "-c1", "-W2", "10.0.0.1")).contains("1 received");
    }

    @Test
    @Tag("F28")
    void findsAndRepairsDrift() throws IOException {
        Path file = apply(LAB);
        Tool.in("edited.h1", "ip", "link", "set", "eth0", "down", "mtu", "1400", "address", "02:00:00:00:00:77");
        Tool.in("edited.h2", "ip", "address", "add", "10.9.9.9/24", "dev", "eth0");
        Tool.in("edited.h3", "ip", "link", "delete", "eth0");
        Tool.in("edited.s1", "ip", "link", "set", "p2", "nomaster");

        Netyard.Outcome planned = Netyard.run("plan", "--exit-code", file.toString());

        assertThat(planned.code()).isEqualTo(2);
        assertThat(planned.out())
                .contains("mtu: 1400 -> 1500")
                .contains("up: no -> yes")
                .contains("address: 02:00:00:00:00:77 -> ")
                .contains("- address 10.9.9.9/24 on eth0")
                .contains("+ interface eth0 veth -- s1:p3")
                .contains("master: none -> br0");
        apply(LAB);
        assertThat(Netyard.run("plan", "--exit-code", file.toString()).code()).isZero();
        assertThat(Tool.in("edited.h1", "ping", "-c1", "-W2", "10.0.0.2")).contains("1 received");
        assertThat(Tool.in("edited.h1", "ping", "-c1", "-W2", "10.0.0.3")).contains("1 received");
    }

    @Test
    @Tag("F14")
    void leavesALabAsItWasWhenTheKernelRefusesAChange() throws IOException {
        apply(LAB);
        Path broken = Files.writeString(
                folder.resolve("broken.yaml"),
                LAB.replace(
                                "s1: { kind: switch }",
                                "s1: { kind: switch }\n  h9: { interfaces: { eth0: { mtu: 65536 } } }")
                        .replace("- h1", "- h9:eth0 -- s1:p9\n  - h1"));

        Netyard.Outcome outcome = Netyard.run("apply", broken.toString());

        assertThat(outcome.code()).isEqualTo(1);
        assertThat(outcome.err()).contains("nothing was changed");
        assertThat(Path.of("/run/netns/edited.h9")).doesNotExist();
        assertThat(Netyard.run(
                                "plan",
                                "--exit-code",
                                folder.resolve("edited.yaml").toString())
                        .code())
                .isZero();
    }

    @Test
    @Tag("F10")
    void refusesNamesThatAreTakenBySomebodyElse() throws IOException {
        Tool.run("ip", "netns", "add", "edited.h2");
        Path file = Files.writeString(folder.resolve("edited.yaml"), LAB);

        Netyard.Outcome outcome = Netyard.run("apply", file.toString());

        assertThat(outcome.code()).isEqualTo(73);
        assertThat(outcome.err()).contains("/run/netns/edited.h2");
        assertThat(Path.of("/run/netns/edited.h1")).doesNotExist();
        Tool.run("ip", "netns", "delete", "edited.h2");
    }
}
