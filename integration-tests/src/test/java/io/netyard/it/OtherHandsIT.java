package io.netyard.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// Somebody else acts in the middle of an apply, stops it, or put things where Netyard looks.
class OtherHandsIT {
    private static final int LOCKED = 75;
    private static final int TAKEN = 73;
    private static final int INTERRUPTED = 130;

    private final CrashLab lab = new CrashLab("hands");

    @RegisterExtension
    private final TwoFiles files = new TwoFiles("hands", lab.before(), lab.after());

    private static void assertNothingIsLeft() {
        assertThat(Path.of("/run/netyard/hands")).doesNotExist();
        assertThat(Path.of("/run/netns"))
                .isDirectoryNotContaining(file -> file.getFileName().toString().startsWith("hands."));
    }

    @Test
    @Tag("F04")
    void aSecondRunIsToldWhoWorksAndMayWait() throws Exception {
        Process first = KilledNetyard.stopAt(
                "kernel.request#9", files.log(), "apply", files.before().toString());
        Netyard.Outcome second = Netyard.run("apply", files.before().toString());
        assertThat(second.code()).isEqualTo(LOCKED);
        assertThat(second.err()).contains("process " + first.pid());
        assertThat(Netyard.run("destroy", "hands").code()).isEqualTo(LOCKED);
        Process third = KilledNetyard.start(
                "off",
                files.folder().resolve("3"),
                "apply",
                "--lock-timeout",
                "60s",
                files.before().toString());
        assertThat(KilledNetyard.goOn(first)).isZero();
        assertThat(third.waitFor()).isZero();
        Netyard.assertIs(files.before());
    }

    @Test
    @Tag("F06")
    void aRunThatWasKilledHoldsNoLock() throws Exception {
        Process first = KilledNetyard.stopAt(
                "kernel.request#9", files.log(), "apply", files.before().toString());
        first.destroyForcibly().waitFor();
        assertThat(Netyard.run("list").out()).contains("interrupted");
        Netyard.succeed("apply", files.before().toString());
        Netyard.assertIs(files.before());
    }

    @Test
    @Tag("F07")
    void interruptedRunsGoBackToWhatWas() throws Exception {
        for (String signal : new String[] {"-INT", "-TERM", "-HUP"}) {
            Process first = KilledNetyard.stopAt(
                    "kernel.request#9", files.log(), "apply", files.before().toString());
            Tool.run("kill", signal, Long.toString(first.pid()));
            assertThat(KilledNetyard.goOn(first)).as(signal).isEqualTo(INTERRUPTED);
            assertThat(files.log()).content().contains("interrupted; nothing was changed");
            assertNothingIsLeft();
        }
        Netyard.succeed("apply", files.before().toString());
        Process change = KilledNetyard.stopAt(
                "kernel.request#9", files.log(), "apply", files.after().toString());
        Tool.run("kill", "-INT", Long.toString(change.pid()));
        assertThat(KilledNetyard.goOn(change)).as(Files.readString(files.log())).isEqualTo(INTERRUPTED);
        Netyard.assertIs(files.before());
    }

    @Test
    @Tag("F07")
    void whatIsKeptCanBeTakenBack() throws Exception {
        Netyard.succeed("apply", files.before().toString());
        int code = KilledNetyard.run(
                "fail:EBUSY@kernel.request#20",
                files.log(),
                "apply",
                "--keep",
                files.after().toString());
        assertThat(code).isEqualTo(1);
        assertThat(files.log()).content().contains("is kept");
        assertThat(Netyard.run("plan", "--exit-code", files.before().toString()).code())
                .isEqualTo(2);
        assertThat(Netyard.run("recover", "-n", "hands").out()).contains("did not come to its end", "to do: take");
        Netyard.succeed("recover", "hands");
        Netyard.assertIs(files.before());
    }

    @Test
    void aRunThatTakesTooLongIsTakenBack() throws Exception {
        Netyard.succeed("apply", files.before().toString());
        Process slow = KilledNetyard.stopAt(
                "kernel.request#9",
                files.log(),
                "apply",
                "--timeout",
                "500ms",
                files.after().toString());
        TimeUnit.MILLISECONDS.sleep(600);
        assertThat(KilledNetyard.goOn(slow)).isEqualTo(1);
        assertThat(files.log()).content().contains("not done within 500 ms; nothing was changed");
        Netyard.assertIs(files.before());
    }

    @Test
    void whatIsNotConfirmedIsTakenBackAlsoIfTheApplyWasKilled() throws Exception {
        Netyard.succeed("apply", files.before().toString());
        Netyard.succeed("apply", "--confirm-within", "60s", files.after().toString());
        assertThat(Netyard.run("list").out()).contains("unconfirmed");
        assertThat(Netyard.run("apply", files.before().toString()).code()).isEqualTo(LOCKED);
        Netyard.succeed("confirm", "hands");
        Netyard.assertIs(files.after());
        Netyard.succeed("apply", "--confirm-within", "1s", files.before().toString());
        waitUntilApplied();
        Netyard.assertIs(files.after());
        int killed = KilledNetyard.run(
                "kill@kernel.request#20",
                files.log(),
                "apply",
                "--confirm-within",
                "1s",
                files.before().toString());
        assertThat(killed).isEqualTo(KilledNetyard.KILLED);
        waitUntilApplied();
        Netyard.assertIs(files.after());
    }

    @Test
    void recoveryTakesTheGuardsPlace() throws Exception {
        Netyard.succeed("apply", files.before().toString());
        Netyard.succeed("apply", "--confirm-within", "60s", files.after().toString());
        Path lock = Path.of("/run/netyard/hands/guard.lock");
        ProcessHandle guard =
                ProcessHandle.of(Long.parseLong(Files.readString(lock).strip())).orElseThrow();
        guard.destroyForcibly();
        guard.onExit().join();
        assertThat(Netyard.run("recover", "-n", "hands").out()).contains("was not");
        Netyard.succeed("recover", "hands");
        Netyard.assertIs(files.before());
    }

    private static void waitUntilApplied() throws InterruptedException {
        for (int attempt = 0; attempt < 600 && !Netyard.run("list").out().contains(" applied "); attempt++) {
            TimeUnit.MILLISECONDS.sleep(50);
        }
        assertThat(Netyard.run("list").out()).contains(" applied ");
    }

    @Test
    @Tag("F27")
    void aNamespaceThatIsDeletedInMidApplyIsMadeAgain() throws Exception {
        Process apply = KilledNetyard.stopAt(
                "apply.verify#1", files.log(), "apply", files.before().toString());
        Tool.run("ip", "netns", "delete", "hands.h2");
        assertThat(KilledNetyard.goOn(apply)).as(Files.readString(files.log())).isZero();
        Netyard.assertIs(files.before());
    }

    @Test
    @Tag("F29")
    void aNamespaceThatIsPutInThePlaceOfOursIsLeftAlone() throws Exception {
        Process apply = KilledNetyard.stopAt(
                "apply.verify#1", files.log(), "apply", files.before().toString());
        Tool.run("ip", "netns", "delete", "hands.h2");
        Tool.run("ip", "netns", "add", "hands.h2");
        Tool.run("ip", "-n", "hands.h2", "link", "add", "eth0", "type", "bridge");
        assertThat(KilledNetyard.goOn(apply)).isNotZero();
        assertThat(Tool.run("ip", "-n", "hands.h2", "link")).contains("eth0");
        Netyard.run("destroy", "hands");
        assertThat(Tool.run("ip", "-n", "hands.h2", "link")).contains("eth0");
        Tool.run("ip", "netns", "delete", "hands.h2");
        assertNothingIsLeft();
    }

    @Test
    @Tag("F28")
    void devicesThatAreDeletedAndRenamedInMidApplyAreMadeAgain() throws Exception {
        Process apply = KilledNetyard.stopAt(
                "apply.verify#1", files.log(), "apply", files.before().toString());
        Tool.run("ip", "-n", "hands.s1", "link", "delete", "p1");
        // Kernels before 6.2 rename no interface that is up.
        Tool.run("ip", "-n", "hands.r1", "link", "set", "eth0", "down");
        Tool.run("ip", "-n", "hands.r1", "link", "set", "eth0", "name", "elsewhere");
        assertThat(KilledNetyard.goOn(apply)).as(Files.readString(files.log())).isZero();
        Netyard.assertIs(files.before());
    }

    @Test
    @Tag("F10")
    void aDeviceOfAnotherUnderOurNameIsLeftAlone() {
        Netyard.succeed("apply", files.before().toString());
        Tool.in("hands.h1", "ip", "link", "delete", "eth0");
        Tool.in("hands.h1", "ip", "link", "add", "eth0", "type", "bridge");
        Netyard.Outcome outcome = Netyard.run("apply", files.before().toString());
        assertThat(outcome.code()).isEqualTo(TAKEN);
        assertThat(outcome.err()).contains("h1:eth0 is there already and not the lab's");
        assertThat(Tool.in("hands.h1", "ip", "-d", "link", "show", "eth0")).contains("bridge");
        Tool.in("hands.h1", "ip", "link", "delete", "eth0");
        Netyard.succeed("apply", files.before().toString());
        Netyard.assertIs(files.before());
    }

    @Test
    @Tag("F21")
    void onAFullDiskNothingStartsAndDestroyWorks() throws IOException {
        Netyard.succeed("apply", files.before().toString());
        Path full = files.folder().resolve("full");
        Tool.run("mount", "-t", "tmpfs", "-o", "size=64k,mode=700", "small", "/run/netyard/hands");
        try {
            Tool.run("sh", "-c", "dd if=/dev/zero of=/run/netyard/hands/filling bs=1k status=none || true");
            Netyard.Outcome outcome = Netyard.run("apply", files.after().toString());
            assertThat(outcome.code()).isNotZero();
        } finally {
            Tool.run("umount", "/run/netyard/hands");
        }
        assertThat(full).doesNotExist();
        Netyard.assertIs(files.before());
    }

    @Test
    @Tag("F21")
    void aRecordThatCannotBeWrittenStopsTheApplyBeforeItStarts() throws IOException {
        Netyard.succeed("apply", files.before().toString());
        Path state = Path.of("/run/netyard/hands");
        Path copy = Files.createDirectory(files.folder().resolve("copy"));
        Tool.run("sh", "-c", "cp -a " + state + "/. " + copy);
        Tool.run("mount", "-t", "tmpfs", "-o", "size=32k,mode=700", "small", state.toString());
        try {
            Tool.run("sh", "-c", "cp -a " + copy + "/. " + state);
            Tool.run("sh", "-c", "dd if=/dev/zero of=" + state + "/filling bs=1k status=none || true");
            Netyard.Outcome outcome = Netyard.run("apply", files.after().toString());
            assertThat(outcome.code()).isEqualTo(1);
            assertThat(outcome.err()).contains("cannot be written");
            Netyard.assertIs(files.before());
            assertThat(Netyard.run("list").out()).contains(" applied ");
        } finally {
            Tool.run("umount", state.toString());
        }
    }

    @Test
    @Tag("F23")
    void aFolderThatIsNotOursIsNotTrusted() throws IOException {
        Path run = Files.createDirectories(
                Path.of("/run/netyard"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        Path elsewhere = Files.createDirectory(files.folder().resolve("elsewhere"));
        Path precious = Files.writeString(elsewhere.resolve("precious"), "mine");
        Path link = Files.createSymbolicLink(run.resolve("hands"), elsewhere);
        for (String command : new String[] {"apply", "destroy", "recover"}) {
            Netyard.Outcome outcome = Netyard.run(
                    command, command.equals("apply") ? files.before().toString() : "hands");
            assertThat(outcome.code()).as(command).isEqualTo(TAKEN);
            assertThat(outcome.err()).contains("is no folder");
        }
        assertThat(Netyard.run("list").code()).isZero();
        assertThat(Netyard.run("orphans", "--destroy").code()).isZero();
        assertThat(precious).hasContent("mine");
        Files.delete(link);
        Files.createDirectory(run.resolve("hands"));
        Tool.run("chmod", "777", "/run/netyard/hands");
        assertThat(Netyard.run("apply", files.before().toString()).err()).contains("can be written by others");
        Tool.run("chown", "1234", "/run/netyard/hands");
        assertThat(Netyard.run("apply", files.before().toString()).err()).contains("belongs to user 1234");
        Files.delete(run.resolve("hands"));
    }

    @Test
    @Tag("F24")
    void hostileNamesOfNamespacesAreLeftAlone() throws Exception {
        Files.createDirectories(Path.of("/run/netns"));
        for (String make : new String[] {
            "touch /run/netns/hands.h1",
            "mkfifo /run/netns/hands.h1",
            "ln -s /proc/1/ns/net /run/netns/hands.h1",
            "mkdir /run/netns/hands.h1",
            "ip netns add hands.h1",
            "touch /run/netns/hands.h1; mount --bind /proc/self/ns/uts /run/netns/hands.h1"
        }) {
            Tool.run("sh", "-c", make);
            Netyard.Outcome outcome = Netyard.run("apply", files.before().toString());
            assertThat(outcome.code()).as(make).isEqualTo(TAKEN);
            assertThat(Netyard.run("orphans", "--destroy").out()).isEqualTo("no orphans\n");
            assertThat(Files.exists(Path.of("/run/netns/hands.h1"), java.nio.file.LinkOption.NOFOLLOW_LINKS))
                    .as(make)
                    .isTrue();
            Tool.run("sh", "-c", "umount /run/netns/hands.h1 2>/dev/null; rm -rf /run/netns/hands.h1");
            assertNothingIsLeft();
        }
    }

    @Test
    @Tag("F31")
    void orphansAreFoundByTheirMarkAlone() throws Exception {
        Netyard.succeed("apply", files.before().toString());
        Process sleeper = new ProcessBuilder("ip", "netns", "exec", "hands.h1", "sleep", "60").start();
        TimeUnit.MILLISECONDS.sleep(300);
        Tool.run("ip", "netns", "add", "hands.other");
        Tool.run("rm", "-r", "/run/netyard/hands");
        assertThat(Netyard.run("orphans").out())
                .contains("hands.h1", "hands.s1", "(sleep)")
                .doesNotContain("hands.other");
        Netyard.succeed("recover", "hands");
        assertThat(Netyard.run("orphans").out()).isEqualTo("no orphans\n");
        Netyard.succeed("apply", files.before().toString());
        Tool.run("rm", "-r", "/run/netyard/hands");
        Tool.run("ip", "netns", "delete", "hands.h1");
        assertThat(Netyard.run("orphans").out()).contains("nameless namespace");
        Netyard.succeed("orphans", "--destroy");
        assertThat(Netyard.run("orphans").out()).isEqualTo("no orphans\n");
        assertThat(Path.of("/run/netns/hands.other")).exists();
        sleeper.destroyForcibly().waitFor();
        Tool.run("ip", "netns", "delete", "hands.other");
        assertNothingIsLeft();
    }

    /// As in a container: it has a `/run` of its own, and its processes are seen from outside.
    @Test
    @Tag("F31")
    void aLabInAnotherMountNamespaceIsNoOrphan() throws Exception {
        String session = """
                mount -t tmpfs run /run && mkdir /run/netns && ./netyard apply '%1$s' >&2 || exit
                ip netns exec hands.h1 sh -c 'echo up; exec sleep 60' &
                read end
                ./netyard plan --exit-code '%1$s' >&2
                code=$?
                kill $!
                wait
                ./netyard destroy hands >&2
                exit $code
                """.formatted(files.before());
        Process container = new ProcessBuilder("unshare", "--mount", "--propagation", "private", "sh", "-c", session)
                .directory(Netyard.home().toFile())
                .redirectError(files.log().toFile())
                .start();
        assertThat(container.inputReader().readLine())
                .as(() -> "see " + files.log())
                .isEqualTo("up");

        assertThat(Netyard.run("orphans", "--destroy").out()).isEqualTo("no orphans\n");

        container.getOutputStream().close();
        assertThat(container.waitFor()).as(Files.readString(files.log())).isZero();
    }

    @Test
    @Tag("F22")
    void aDamagedRecordKeepsNoOtherLabFromBeingListed() throws IOException {
        Netyard.succeed("apply", files.before().toString());
        Path state = Path.of("/run/netyard/hands/state.json");
        Files.writeString(state, "{");
        Files.deleteIfExists(Path.of("/run/netyard/hands/state.json.1"));
        Netyard.Outcome listed = Netyard.run("list");
        assertThat(listed.code()).isZero();
        assertThat(listed.out()).contains("damaged");
        assertThat(listed.err()).contains("netyard recover hands");
        assertThat(Netyard.run("apply", files.before().toString()).err()).contains("netyard recover hands");
        Netyard.succeed("recover", "hands");
        Netyard.succeed("apply", files.before().toString());
        Netyard.assertIs(files.before());
    }
}
