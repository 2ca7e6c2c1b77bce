package io.netyard.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.netyard.linux.Pause;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Groups and their members, by sockets of hosts: what the kernel's bridge does at each port, Netyard's
/// switch does too.
///
/// ```text
///   h1 sends ──┐
///   h2 joins ──┤ s1
///   h3 ────────┘
/// ```
@Timeout(150)
@Tag("long")
class SnoopingIT {
    private static final String LAB = """
            lab: groups
            nodes:
              h1..3: { interfaces: { eth0: { address: [ 10.0.0.1..3/24, "fd00::1..3/64" ] } } }
              s1: { kind: switch, driver: DRIVER, multicast-snooping: true, multicast-querier: true }
            links: [ "h1..3:eth0 -- s1:p1..3" ]
            checks: [ h1 reaches h2 ]
            """;
    private static final int DATAGRAMS = 200;
    /// What else may arrive meanwhile: queries, neighbour discovery.
    private static final int NOISE = 50;

    private static final Duration MOMENT = Duration.ofMillis(300);
    private static final long PATIENCE = TimeUnit.SECONDS.toNanos(45);

    @TempDir
    Path folder = Path.of("");

    private Path file = Path.of("");

    @AfterEach
    void destroy() {
        assertThat(Netyard.run("destroy", "groups").code()).isZero();
    }

    private void apply(String text) throws IOException {
        file = Files.writeString(folder.resolve("groups.yaml"), text);
        Netyard.Outcome outcome = Netyard.run("apply", file.toString());
        assertThat(outcome.code()).as(outcome.out() + outcome.err()).isZero();
    }

    @ParameterizedTest
    @CsvSource({
        "kernel, ipv4, igmp, 2, 239.1.2.3",
        "kernel, ipv4, igmp, 3, 239.1.2.3",
        "kernel, ipv6, mld, 1, ff05::123",
        "kernel, ipv6, mld, 2, ff05::123",
        "user, ipv4, igmp, 1, 239.1.2.3",
        "user, ipv4, igmp, 2, 239.1.2.3",
        "user, ipv4, igmp, 3, 239.1.2.3",
        "user, ipv6, mld, 1, ff05::123",
        "user, ipv6, mld, 2, ff05::123"
    })
    void aGroupGoesToItsMembersAlone(String driver, String family, String protocol, String version, String group)
            throws IOException {
        apply(LAB.replace("DRIVER", driver));
        for (String host : new String[] {"h2", "h3"}) {
            Tool.in(
                    "groups." + host,
                    "sh",
                    "-c",
                    "echo %s >/proc/sys/net/%s/conf/all/force_%s_version".formatted(version, family, protocol));
        }
        try (MulticastHost sender = MulticastHost.sending("groups.h1", group)) {
            try (MulticastHost _ = MulticastHost.joining("groups.h2", group)) {
                awaitArrivals(sender, true, false);
            }
            // IGMP version 1 knows no leaves.
            if (!(protocol.equals("igmp") && version.equals("1"))) {
                awaitArrivals(sender, false, false);
            }
            try (MulticastHost _ = MulticastHost.joining("groups.h2", group);
                    MulticastHost _ = MulticastHost.joining("groups.h3", group)) {
                awaitArrivals(sender, true, true);
            }
        }
    }

    /// Sends until it arrives where it should and nowhere else.
    private static void awaitArrivals(MulticastHost sender, boolean atH2, boolean atH3) {
        long deadline = System.nanoTime() + PATIENCE;
        String seen;
        do {
            long h2 = received("h2");
            long h3 = received("h3");
            sender.send(DATAGRAMS);
            Pause.of(MOMENT);
            h2 = received("h2") - h2;
            h3 = received("h3") - h3;
            if (isAsWanted(h2, atH2) && isAsWanted(h3, atH3)) {
                return;
            }
            seen = "h2 got " + h2 + ", h3 got " + h3 + " of " + DATAGRAMS;
        } while (System.nanoTime() < deadline);
        throw new AssertionError(seen + ", wanted: h2 " + atH2 + ", h3 " + atH3);
    }

    private static boolean isAsWanted(long arrived, boolean wanted) {
        return wanted ? arrived >= DATAGRAMS : arrived < NOISE;
    }

    private static long received(String host) {
        return Tool.json("groups." + host, "ip", "-j", "-s", "link", "show", "eth0")
                .get(0)
                .path("stats64")
                .path("rx")
                .path("packets")
                .asLong();
    }

    @Test
    void snoopingIsTurnedOnAndOffWithoutLosingAPort() throws IOException {
        String off = LAB.replace("DRIVER", "user").replace(", multicast-snooping: true, multicast-querier: true", "");
        apply(off);
        assertThat(Netyard.run("check", file.toString()).code()).isZero();

        file = Files.writeString(folder.resolve("groups.yaml"), LAB.replace("DRIVER", "user"));
        Netyard.Outcome outcome = Netyard.run("apply", "-v", file.toString());

        assertThat(outcome.out()).contains("switch br0 in user space").contains("multicast snooping and querier");
        assertThat(outcome.out()).doesNotContain("port p1");
        assertThat(Netyard.run("plan", "--exit-code", file.toString()).code()).isZero();
        assertThat(Netyard.run("check", file.toString()).code()).isZero();
        try (MulticastHost _ = MulticastHost.joining("groups.h2", "239.1.2.3")) {
            assertThat(shownWithin("this switch", "239.1.2.3")).contains("querier", "239.1.2.3", "p2");
        }
    }

    @Test
    void theGroupsOfTheKernelAreShownToo() throws IOException {
        apply(LAB.replace("DRIVER", "kernel"));
        try (MulticastHost _ = MulticastHost.joining("groups.h2", "239.1.2.3");
                MulticastHost _ = MulticastHost.joining("groups.h3", "ff05::123")) {
            assertThat(shownWithin("239.1.2.3", "ff05::123"))
                    .containsPattern("239\\.1\\.2\\.3 +p2 +\\d+ s")
                    .containsPattern("ff05::123 +p3 +\\d+ s");
        }
    }

    private static String shownWithin(String... texts) {
        long deadline = System.nanoTime() + PATIENCE;
        String shown;
        do {
            shown = Netyard.run("show", "groups", "s1").out();
            Pause.of(MOMENT);
        } while (!Stream.of(texts).allMatch(shown::contains) && System.nanoTime() < deadline);
        return shown;
    }

    @ParameterizedTest
    @CsvSource({"kernel", "user"})
    void aSwitchShowsWhatItKnows(String driver) throws IOException {
        apply(LAB.replace("DRIVER", driver));
        assertThat(Netyard.run("check", file.toString()).code()).isZero();
        String h1 = Tool.json("groups.h1", "ip", "-j", "link", "show", "eth0")
                .get(0)
                .path("address")
                .asString();

        Netyard.Outcome outcome = Netyard.run("show", "groups", "s1");

        assertThat(outcome.out())
                .contains("switch br0 of s1, transparent, in " + (driver.equals("user") ? "user space" : "the kernel"))
                .containsPattern("p1 +forwarding")
                .containsPattern(h1 + " +p1 +\\d+ s");
    }
}
