package io.netyard.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.netyard.linux.FileLock;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Faults of the catalogue (docs/faults.md), each done to a small lab through the real commands.
///
/// ```text
/// h1:eth0 --- s1:p1 (bridge) p2 --- h2:eth0
/// ```
@Timeout(300)
class FaultsIT {
    private static final String LAB = """
            lab: faults
            nodes:
              h1..2: { interfaces: { eth0: { address: 10.0.0.1..2/24 } } }
              s1: { kind: switch }
            links:
              - h1..2:eth0 -- s1:p1..2
            checks:
              - h1 reaches h2
            """;
    private static final Path RUN = Path.of("/run/netyard/faults");
    private static final int DONE = 0;
    private static final int FAILED = 1;
    private static final int TAKEN = 73;
    private static final int LOCKED = 75;

    @TempDir
    Path folder = Path.of("");

    private Path file = Path.of("");

    @BeforeAll
    static void onlyOnce() {
        assumeTrue(
                !"full".equals(System.getProperty("netyard.ring")),
                "these faults are no kernel's own; the ring of this kernel tries them");
    }

    @BeforeEach
    void writeTheFile() throws IOException {
        file = Files.writeString(folder.resolve("lab.yaml"), LAB);
    }

    @AfterEach
    void destroy() {
        assertThat(Netyard.run("destroy", "faults").code()).isZero();
    }

    private Netyard.Outcome apply(int code) {
        Netyard.Outcome outcome = Netyard.run("apply", file.toString());
        assertThat(outcome.code()).as(outcome.out() + outcome.err()).isEqualTo(code);
        return outcome;
    }

    private void works() {
        assertThat(Netyard.run("plan", "--exit-code", file.toString()).code()).isZero();
        Netyard.Outcome outcome = Netyard.run("check", file.toString());
        assertThat(outcome.code()).as(outcome.out() + outcome.err()).isZero();
    }

    /// Starts the launcher, and sends it a signal at some moment of its run.
    private static void signalled(String signal, int milliseconds, String... arguments) {
        try {
            List<String> command = new ArrayList<>(List.of("./netyard"));
            command.addAll(List.of(arguments));
            Process process = new ProcessBuilder(command)
                    .directory(Netyard.home().toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            if (!process.waitFor(milliseconds, TimeUnit.MILLISECONDS)) {
                Launcher.shell("kill -" + signal + " " + process.pid());
            }
            process.waitFor();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } catch (InterruptedException failure) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(failure);
        }
    }

    /// Moments all over a run: a step of a run at a time is the business of other tests.
    @ParameterizedTest
    @ValueSource(ints = {120, 200, 280, 360, 440, 520})
    @Tag("F01")
    @Tag("F02")
    void aRunKilledAtAMomentLeavesALabThatCanBeFinishedAndDestroyed(int moment) {
        signalled("KILL", moment, "apply", file.toString());
        apply(DONE);
        works();
        signalled("KILL", moment, "destroy", "faults");
        apply(DONE);
        works();
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 400, 600})
    @Tag("F03")
    void aRunKilledWhileItTakesBackLeavesALabThatCanBeFinished(int moment) throws IOException {
        apply(DONE);
        Path broken = Files.writeString(
                folder.resolve("broken.yaml"),
                LAB.replace("s1: {", "h9: { interfaces: { eth0: { mtu: 65536 } } }\n  s1: {")
                        .replace("- h1..2:eth0", "- h9:eth0 -- s1:p9\n  - h1..2:eth0"));
        signalled("KILL", moment, "apply", broken.toString());
        apply(DONE);
        works();
    }

    @ParameterizedTest
    @ValueSource(strings = {"INT", "TERM", "HUP"})
    @Tag("F07")
    void anInterruptedRunLeavesALabThatCanBeFinished(String signal) {
        signalled(signal, 300, "apply", file.toString());
        apply(DONE);
        works();
        signalled(signal, 250, "destroy", "faults");
    }

    @Test
    @Tag("F07")
    void aReaderThatLeavesDoesNotKeepALabFromBeingMade() {
        Launcher.shell("./netyard apply " + file + " | true; ./netyard list | head -c 1");
        apply(DONE);
        works();
    }

    @Test
    @Tag("F04")
    void aSecondRunOnOneLabIsRefused() {
        apply(DONE);
        try (FileLock _ = FileLock.tryLock(RUN.resolve("lock")).orElseThrow()) {
            Path state = RUN.resolve("state.json");
            assertThat(state).exists();
            assertThat(apply(LOCKED).err()).contains("faults");
            assertThat(Netyard.run("destroy", "faults").code()).isEqualTo(LOCKED);
        }
        works();
    }

    @Test
    @Tag("F05")
    void differentLabsAtOnceDoNotDisturbEachOther() {
        StringBuilder lines =
                new StringBuilder("cd " + folder + "; N=" + Netyard.home().toAbsolutePath() + "/netyard\n");
        for (int lab = 1; lab <= 4; lab++) {
            lines.append("sed 's/lab: faults/lab: at-once-%1$d/' lab.yaml > %1$d.yaml\n".formatted(lab));
            lines.append(
                    "(set -e; for round in 1 2 3; do $N apply %1$d.yaml; $N check %1$d.yaml; $N destroy at-once-%1$d; done) & pids=\"$pids $!\"\n"
                            .formatted(lab));
        }
        Netyard.Outcome outcome = Launcher.shell(lines + "for pid in $pids; do wait $pid || exit 1; done");
        assertThat(outcome.code()).as(outcome.out() + outcome.err()).isZero();
    }

    @Test
    @Tag("F06")
    void aLockThatNobodyHoldsAnyMoreKeepsNobodyOut() throws IOException {
        apply(DONE);
        Files.writeString(RUN.resolve("lock"), "1\n");
        Files.writeString(RUN.resolve("daemon.lock"), "1\n");
        apply(DONE);
        works();
    }

    /// What a reboot leaves where the folder of labs outlives it: a record, and not one of its namespaces.
    @Test
    @Tag("F08")
    void aRecordWhoseNamespacesAreGoneIsMadeTrueAgain() {
        apply(DONE);
        Launcher.shell("cp -a " + RUN + " " + folder + "/kept");
        assertThat(Netyard.run("destroy", "faults").code()).isZero();
        Launcher.shell("cp -a " + folder + "/kept " + RUN);
        assertThat(Netyard.run("plan", "--exit-code", file.toString()).code()).isEqualTo(2);
        apply(DONE);
        works();
    }

    @Test
    @Tag("F13")
    @Tag("F14")
    void whatTheKernelRefusesHalfwayIsTakenBackAltogether() throws IOException {
        apply(DONE);
        String before = state();
        Path worse = Files.writeString(
                folder.resolve("worse.yaml"),
                LAB.replace(
                        "s1: { kind: switch }",
                        "s1: { kind: switch, interfaces: { m: { kind: macvlan, parent: p1 } } }"));
        Netyard.Outcome outcome = Netyard.run("apply", worse.toString());
        assertThat(outcome.code()).as(outcome.out() + outcome.err()).isNotZero();
        assertThat(outcome.err()).contains("p1");
        assertThat(state()).isEqualTo(before);
        works();
    }

    private static String state() {
        StringBuilder state = new StringBuilder();
        for (String node : new String[] {"h1", "h2", "s1"}) {
            state.append(Tool.in("faults." + node, "ip", "-o", "link"));
            state.append(Tool.in("faults." + node, "ip", "-o", "address")
                    .replaceAll("(valid|preferred)_lft \\S+| tentative", ""));
        }
        return state.toString();
    }

    @Test
    @Tag("F20")
    void tooFewDescriptorsAreAFailureThatLeavesNothing() {
        Netyard.Outcome outcome = Launcher.shell("ulimit -n 40; ./netyard apply " + file);
        assertThat(outcome.code()).as(outcome.out() + outcome.err()).isEqualTo(FAILED);
        assertThat(outcome.err()).contains("ulimit -n");
        assertThat(Path.of("/run/netns/faults.h1")).doesNotExist();
        apply(DONE);
        works();
    }

    /// Wherever they run out: what cannot be opened is not taken for gone.
    @Test
    @Tag("F20")
    void runningOutOfDescriptorsTakesNothingAway() {
        apply(DONE);
        assertThat(Netyard.run("show", "faults").code()).isZero();
        String before = state();
        try (ScarceDescriptors descriptors = new ScarceDescriptors()) {
            for (int free = 14; free >= 0; free--) {
                for (String command : List.of("show", "plan")) {
                    Netyard.Outcome outcome = descriptors.with(free, () -> Netyard.run(command, "faults"));
                    assertThat(outcome.code())
                            .as(free + " free: " + outcome.out() + outcome.err())
                            .isIn(DONE, FAILED);
                }
            }
        }
        assertThat(state()).isEqualTo(before);
        assertThat(Netyard.run("destroy", "faults").code()).isZero();
        assertThat(Path.of("/run/netns/faults.h1")).doesNotExist();
    }

    /// Where not even the namespaces can be opened, nothing of them is forgotten.
    @Test
    @Tag("F20")
    void aDestroyThatRunsOutOfDescriptorsKeepsItsRecord() {
        for (int free = 0; free < 14; free++) {
            apply(DONE);
            try (ScarceDescriptors descriptors = new ScarceDescriptors()) {
                Netyard.Outcome outcome = descriptors.with(free, () -> Netyard.run("destroy", "faults"));
                boolean isLeft = Stream.of("h1", "h2", "s1")
                        .anyMatch(node -> Files.exists(Path.of("/run/netns/faults." + node)));
                assertThat(outcome.code()).as(free + " free: " + outcome.err()).isEqualTo(isLeft ? FAILED : DONE);
                assertThat(Files.exists(RUN.resolve("state.json")))
                        .as(free + " free: " + outcome.err())
                        .isEqualTo(isLeft);
            }
            assertThat(Netyard.run("destroy", "faults").code()).isZero();
        }
    }

    @Test
    @Tag("F20")
    void tooFewNamespacesAreAFailureThatLeavesNothing() throws IOException {
        Path limit = Path.of("/proc/sys/user/max_net_namespaces");
        assumeTrue(Files.exists(limit), "this kernel has no user.max_net_namespaces");
        Netyard.Outcome outcome = Launcher.shell("""
                unshare --user --map-root-user --net --mount --propagation private sh -c '
                  mount -t tmpfs run /run && mkdir /run/netns && echo 2 > %s && ./netyard apply %s; code=$?
                  ls /run/netns /run/netyard; exit $code'
                """.formatted(limit, file));
        assumeTrue(!outcome.err().contains("unshare:"), "no user namespaces here: " + outcome.err());
        assertThat(outcome.code()).as(outcome.out() + outcome.err()).isEqualTo(FAILED);
        assertThat(outcome.err()).contains("user.max_net_namespaces");
        assertThat(outcome.out()).doesNotContain("faults");
    }

    @Test
    @Tag("F21")
    void aFullDiskRefusesAnApplyBeforeAnythingIsDone() throws IOException {
        Files.createDirectories(RUN.getParent());
        Tool.run(
                "mount",
                "-t",
                "tmpfs",
                "-o",
                "size=16k,mode=700",
                "small",
                RUN.getParent().toString());
        try {
            Launcher.shell("cat /dev/zero > /run/netyard/full 2>/dev/null");
            FileStore disk = Files.getFileStore(RUN.getParent());
            assertThat(disk.getUsableSpace()).isZero();
            assertThat(apply(FAILED).err()).contains("/run/netyard/faults");
            assertThat(Path.of("/run/netns/faults.h1")).doesNotExist();
            Files.delete(RUN.resolveSibling("full"));
            apply(DONE);
            works();
            Launcher.shell("cat /dev/zero > /run/netyard/full 2>/dev/null");
            assertThat(Netyard.run("destroy", "faults").code()).isZero();
            assertThat(Path.of("/run/netns/faults.h1")).doesNotExist();
        } finally {
            Tool.run("umount", RUN.getParent().toString());
        }
    }

    @Test
    @Tag("F22")
    void aDamagedRecordIsReplacedByTheOneBefore() throws IOException {
        apply(DONE);
        byte[] record = Files.readAllBytes(RUN.resolve("state.json"));
        record[record.length / 2] ^= 4;
        Files.write(RUN.resolve("state.json"), record);
        apply(DONE);
        works();
        Files.write(RUN.resolve("state.json"), new byte[0]);
        assertThat(Netyard.run("destroy", "faults").code()).isZero();
        assertThat(Path.of("/run/netns/faults.h1")).doesNotExist();
    }

    @Test
    @Tag("F27")
    void aNodeWhoseNamespaceIsGoneIsMissedAndMadeAgain() {
        apply(DONE);
        Tool.run("ip", "netns", "delete", "faults.h1");
        assertThat(Netyard.run("plan", "--exit-code", file.toString()).code()).isEqualTo(2);
        apply(DONE);
        works();
        Tool.run("ip", "netns", "delete", "faults.h2");
        assertThat(Netyard.run("destroy", "faults").code()).isZero();
    }

    @Test
    @Tag("F28")
    void aRenamedInterfaceIsFoundAndRepaired() {
        apply(DONE);
        Tool.in("faults.h1", "ip", "link", "set", "eth0", "down");
        Tool.in("faults.h1", "ip", "link", "set", "eth0", "name", "other");
        assertThat(Netyard.run("plan", "--exit-code", file.toString()).code()).isEqualTo(2);
        apply(DONE);
        works();
    }

    /// A new namespace gets the number of the one that was deleted before it, as often as not.
    @ParameterizedTest
    @ValueSource(
            strings = {
                "ip netns delete faults.h1; ip netns add foreign",
                "ip netns add foreign; ip netns delete faults.h1"
            })
    @Tag("F29")
    void aNamespaceThatTakesThePlaceOfOursIsLeftAlone(String replace) {
        apply(DONE);
        String mount = "touch /run/netns/faults.h1; mount --bind /run/netns/foreign /run/netns/faults.h1";
        assertThat(Launcher.shell("set -e; " + replace + "; " + mount).code()).isZero();
        try {
            assertThat(apply(TAKEN).err()).contains("/run/netns/faults.h1");
            assertThat(Netyard.run("destroy", "faults").code()).isZero();
            assertThat(Path.of("/run/netns/faults.h1")).exists();
            assertThat(Tool.in("faults.h1", "ip", "-br", "link")).contains("lo");
        } finally {
            Tool.run("ip", "netns", "delete", "faults.h1");
            Tool.run("ip", "netns", "delete", "foreign");
        }
    }

    @Test
    @Tag("F30")
    void destroyAndApplyFollowEachOtherAtOnce() {
        for (int round = 0; round < 20; round++) {
            apply(DONE);
            assertThat(Netyard.run("destroy", "faults").code()).isZero();
        }
    }

    /// A process that takes no notice of being asked to end holds the namespace, not the destruction.
    @Test
    @Tag("F31")
    void aProcessThatStaysDoesNotKeepALabFromGoing() throws Exception {
        apply(DONE);
        Process stubborn = new ProcessBuilder(
                        "ip", "netns", "exec", "faults.h1", "sh", "-c", "trap '' TERM HUP; while :; do sleep 1; done")
                .start();
        try {
            TimeUnit.MILLISECONDS.sleep(Duration.ofMillis(500).toMillis());
            Netyard.Outcome outcome = Netyard.run("destroy", "faults");
            assertThat(outcome.code()).isZero();
            assertThat(outcome.out() + outcome.err()).contains(Long.toString(stubborn.pid()));
            assertThat(Path.of("/run/netns/faults.h1")).doesNotExist();
            apply(DONE);
            works();
        } finally {
            stubborn.descendants().forEach(ProcessHandle::destroyForcibly);
            stubborn.destroyForcibly().waitFor();
        }
    }

    @Test
    @Tag("F31")
    void aLabWithoutARecordIsNoLab() throws IOException {
        Files.createDirectories(RUN);
        Files.writeString(RUN.resolve("lock"), "");
        assertThat(Netyard.run("destroy", "faults").code()).isZero();
        assertThat(RUN).doesNotExist();
    }
}
