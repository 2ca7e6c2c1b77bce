package io.netyard.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netyard.cli.daemon.DaemonSwitches;
import io.netyard.linux.FileLock;
import io.netyard.topology.apply.ApplyOptions;
import io.netyard.topology.apply.LabException;
import io.netyard.topology.apply.Labs;
import io.netyard.topology.apply.Progress;
import io.netyard.topology.model.Topology;
import io.netyard.topology.yaml.TopologyFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// Switches that Netyard runs in user space, in labs.
class UserSwitchIT {
    private static final String LAB = """
            lab: inuser
            vlans: { staff: 10, guests: 20 }
            nodes:
              h1..2: { interfaces: { eth0: { address: 10.0.0.1..2/24 } } }
              h3..4: { interfaces: { eth0: { address: 10.0.0.3..4/24 } } }
              s1: { kind: switch, driver: user, ports: { p1..2: { access: staff }, p3..4: { access: guests } } }
            links:
              - h1..4:eth0 -- s1:p1..4
            checks:
              - h1 reaches h2
              - h3 reaches h4
              - h1 cannot reach h3
            """;

    @RegisterExtension
    private final AppliedLab lab = new AppliedLab();

    @Test
    void aHubRepeatsEverything() throws Exception {
        lab.apply("""
                lab: inuser
                nodes:
                  h1..3: { interfaces: { eth0: { address: 10.0.0.1..3/24 } } }
                  u1: { kind: hub }
                links: [ "h1..3:eth0 -- u1:p1..3" ]
                checks: [ h1 reaches h2, h1 reaches h3 ]
                """);
        lab.check();
        Process overheard = new ProcessBuilder(
                        "timeout",
                        "20",
                        "ip",
                        "netns",
                        "exec",
                        "inuser.h3",
                        "tcpdump",
                        "-nn",
                        "-l",
                        "-i",
                        "eth0",
                        "-c",
                        "2",
                        "icmp and host 10.0.0.2")
                .redirectErrorStream(true)
                .start();
        TimeUnit.SECONDS.sleep(2);

        Tool.in("inuser.h1", "ping", "-c3", "-W5", "10.0.0.2");

        assertThat(new String(overheard.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                .contains("echo request")
                .contains("echo reply");
        assertThat(overheard.waitFor()).isZero();
    }

    @Test
    void takesOverAnMtuThatIsRaisedWhileItRuns() throws IOException {
        String small = """
                lab: inuser
                nodes:
                  h1..2: { interfaces: { eth0: { address: 10.0.0.1..2/24 } } }
                  s1: { kind: switch, driver: user }
                links: [ "h1..2:eth0 -- s1:p1..2" ]
                checks: [ { check: h1 reaches h2, size: 8000, dont-fragment: true } ]
                """;
        lab.apply(small);
        lab.apply(small + "defaults: { mtu: 9000 }\n");
        lab.check();
    }

    @Test
    void showsThatAPortIsDown() throws IOException {
        lab.apply(LAB);
        assertThat(Netyard.run("show", "inuser", "s1").out()).containsPattern("p1 +forwarding");
        Tool.in("inuser.s1", "ip", "link", "set", "p1", "down");
        assertThat(Netyard.run("show", "inuser", "s1").out())
                .containsPattern("p1 +disabled")
                .containsPattern("p2 +forwarding");
    }

    @Test
    void whatRunsInUserSpaceIsSaid() throws IOException {
        assertThat(lab.apply(LAB).out()).contains("inuser: switched in user space: s1\n");
        assertThat(Netyard.run("show", "inuser").out())
                .containsPattern("NODE +KIND +DRIVER +INTERFACE")
                .containsPattern("s1 +switch +user +p1")
                .containsPattern("h1 +host +eth0");
        assertThat(Netyard.run("show", "--json", "inuser", "s1").out())
                .contains("\"kind\":\"switch\",\"driver\":\"user\"");
    }

    /// Ctrl-C ends the daemon that starts before it leaves the session of the run.
    @Test
    @Tag("F07")
    void aDaemonThatEndsBecauseTheRunShallEndIsNoFailure() throws IOException {
        Files.writeString(Path.of(lab.file()), LAB);
        Labs labs = Labs.ofThisMachine(DaemonSwitches::new);
        Topology topology = TopologyFile.parse(lab.file(), LAB).topology().orElseThrow();
        AtomicBoolean interrupted = new AtomicBoolean();
        ApplyOptions options =
                new ApplyOptions(false, Optional.empty(), Optional.empty(), Duration.ZERO, interrupted::get);
        Progress whenItFails = step -> interrupted.set(step.startsWith("taking back"));
        System.setProperty("netyard.daemon.failpoint", "kill@daemon.locked#1");
        try {
            assertThatThrownBy(() -> labs.apply(new Labs.Source(topology, LAB, lab.file()), options, whenItFails))
                    .isInstanceOfSatisfying(
                            LabException.class,
                            failure -> assertThat(failure.reason()).isEqualTo(LabException.Reason.INTERRUPTED));
        } finally {
            System.clearProperty("netyard.daemon.failpoint");
        }
        assertThat(labs.folderOf("inuser")).doesNotExist();
    }

    @Test
    void changesAPortWhileOthersForward() throws Exception {
        lab.apply(LAB);
        lab.check();
        Process ping = new ProcessBuilder(
                        "ip", "netns", "exec", "inuser.h1", "ping", "-i", "0.01", "-c", "200", "-q", "10.0.0.2")
                .redirectErrorStream(true)
                .start();

        Netyard.Outcome outcome =
                lab.apply(LAB.replace("p3..4: { access: guests }", "p3: { access: guests }, p4: { access: staff }")
                        .replace("- h3 reaches h4", "- h4 reaches h1"));

        assertThat(outcome.out()).contains("~ port p4 of br0").contains("1 changed");
        String pinged = new String(ping.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(ping.waitFor()).as(pinged).isZero();
        assertThat(pinged).contains(" 0% packet loss");
        lab.check();
    }

    @Test
    @Tag("F52")
    void applyBringsBackADaemonThatDied() throws IOException {
        lab.apply(LAB);
        long pid = Long.parseLong(FileLock.signature(Path.of("/run/netyard/inuser/daemon.lock")));
        ProcessHandle daemon = ProcessHandle.of(pid).orElseThrow();
        daemon.destroyForcibly();
        daemon.onExit().join();

        assertThat(lab.plan().code()).isEqualTo(2);
        assertThat(Netyard.run("show", "inuser").out()).contains("switch br0");
        lab.apply(LAB);

        lab.check();
        assertThat(lab.plan().code()).isZero();
    }

    @Test
    void theDaemonGoesWhenNoSwitchNeedsIt() throws IOException {
        lab.apply(LAB.replaceAll("ports: .*", "}"));
        assertThat(Path.of("/run/netyard/inuser/daemon.sock")).exists();

        lab.apply(LAB.replaceAll(", driver: user, ports: .*", " }").replace("- h1 cannot reach h3", "- h1 reaches h3"));

        assertThat(Path.of("/run/netyard/inuser/daemon.sock")).doesNotExist();
        lab.check();
    }
}
