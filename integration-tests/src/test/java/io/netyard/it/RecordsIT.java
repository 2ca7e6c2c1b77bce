package io.netyard.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.netyard.cli.daemon.DaemonSwitches;
import io.netyard.linux.FileLock;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// What is ours by its record or its mark, what is not, and who goes back to what.
///
/// ```text
///   h1 eth0 --- eth0 h2
/// ```
class RecordsIT {
    private static final int FAILED = 1;
    private static final Path RUN = Path.of("/run/netyard/records");
    private static final String LAB = """
            lab: records
            nodes:
              h1..2: { interfaces: { eth0: { address: 10.0.0.1..2/24 } } }
            links: [ "h1:eth0 -- h2:eth0" ]
            """;

    @RegisterExtension
    private final TwoFiles files = new TwoFiles("records", LAB, LAB.replace("10.0.0.", "10.9.0."));

    private void loseTheRecord() {
        Tool.run("rm", "-r", RUN.toString());
        Netyard.succeed("recover", "records");
    }

    private static void awaitState(String state) throws InterruptedException {
        for (int attempt = 0; attempt < 600 && !Netyard.run("list").out().contains(state); attempt++) {
            TimeUnit.MILLISECONDS.sleep(50);
        }
        assertThat(Netyard.run("list").out()).contains(state);
    }

    @Test
    @Tag("F23")
    void foldersThatAreNotNetyardsKeepTheirFiles() throws IOException {
        Path elsewhere = files.folder().resolve("elsewhere");
        for (String name : new String[] {".ssh", "photos", "notes"}) {
            Files.createDirectories(elsewhere.resolve(name));
            Tool.run("chmod", "700", elsewhere.resolve(name).toString());
        }
        Path key = Files.writeString(elsewhere.resolve(".ssh/lock"), "mine");
        Path photo = Files.writeString(elsewhere.resolve("photos/cat"), "mine");
        Tool.run("chmod", "755", elsewhere.resolve("notes").toString());
        for (String command : new String[] {"orphans --destroy", "recover", "destroy photos", "recover photos"}) {
            Netyard.Outcome outcome = Launcher.shell("NETYARD_RUN=" + elsewhere + " ./netyard " + command);
            assertThat(outcome.code()).as(outcome.out() + outcome.err()).isZero();
        }
        assertThat(key).hasContent("mine");
        assertThat(photo).hasContent("mine");
        assertThat(elsewhere.resolve("photos/lock")).doesNotExist();
        assertThat(elsewhere.resolve("notes")).exists();
    }

    @Test
    @Tag("F31")
    void aLabUnderTheDefaultFolderHasNoOrphansElsewhere() {
        Netyard.succeed("apply", files.before().toString());
        Netyard.Outcome outcome = Launcher.shell("NETYARD_RUN=" + files.folder() + "/run ./netyard orphans --destroy");
        assertThat(outcome.out()).isEqualTo("no orphans\n");
        Netyard.assertIs(files.before());
    }

    @Test
    @Tag("F31")
    void aLabUnderAnotherFolderIsNoOrphanOfTheDefaultOne() {
        Path elsewhere = files.folder().resolve("run");
        String there = "NETYARD_RUN=" + elsewhere + " ./netyard ";
        assertThat(Launcher.shell(there + "apply " + files.before()).code()).isZero();
        assertThat(Netyard.run("orphans", "--destroy").out()).isEqualTo("no orphans\n");
        Netyard.succeed("recover");
        assertThat(RUN).doesNotExist();
        assertThat(Launcher.shell(there + "plan " + files.before()).code()).isZero();

        Tool.run("rm", "-r", elsewhere.toString());
        assertThat(Netyard.run("orphans", "--destroy").out()).contains("records.h1", "records.h2");
        assertThat(Netyard.run("orphans").out()).isEqualTo("no orphans\n");
        assertThat(elsewhere).doesNotExist();
    }

    @Test
    void aFolderOfLabsHasAPathThatFitsAMark() {
        Netyard.Outcome outcome = Launcher.shell("NETYARD_RUN=/tmp/" + "x".repeat(186) + " ./netyard list");
        assertThat(outcome.code()).isEqualTo(1);
        assertThat(outcome.err()).contains("more than 190 bytes");
    }

    @Test
    @Tag("F31")
    void whatBecomesALabMeanwhileIsNoOrphan() throws Exception {
        Netyard.succeed("apply", files.before().toString());
        Tool.run("rm", "-r", RUN.toString());
        Process orphans = KilledNetyard.stopAt("orphan.remove#1", files.log(), "orphans", "--destroy");
        Netyard.succeed("recover", "records");
        assertThat(KilledNetyard.goOn(orphans)).isZero();
        assertThat(files.log()).content().contains("no orphans");
        Netyard.succeed("apply", files.before().toString());
        assertThat(Netyard.run("orphans").out()).isEqualTo("no orphans\n");
    }

    @Test
    @Tag("F31")
    void whatLivesOnInANodeIsNoOrphanOfADestroyedLab() throws Exception {
        Netyard.succeed("apply", files.before().toString());
        Process sleeper = new ProcessBuilder("ip", "netns", "exec", "records.h1", "sleep", "60").start();
        TimeUnit.MILLISECONDS.sleep(300);
        Netyard.Outcome destroyed = Netyard.run("destroy", "records");
        assertThat(destroyed.code()).isZero();
        assertThat(destroyed.err()).contains("(sleep) still lives in a node of records");
        assertThat(Netyard.run("orphans").out()).isEqualTo("no orphans\n");
        assertThat(sleeper.isAlive()).isTrue();
        sleeper.destroyForcibly().waitFor();
    }

    @Test
    @Tag("F26")
    void aRecordOfAnotherVersionIsNotRecovered() throws Exception {
        Netyard.succeed("apply", files.before().toString());
        Path state = RUN.resolve("state.json");
        String old = Files.readString(state);
        String text = old.lines().findFirst().orElseThrow().replace("\"format\":1", "\"format\":2");
        byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        Files.writeString(state, text + "\nsha256 " + HexFormat.of().formatHex(digest) + "\n");
        String foreign = Files.readString(state);
        for (String[] command :
                new String[][] {{"recover"}, {"recover", "records"}, {"destroy", "records"}, {"apply", "records"}}) {
            Netyard.Outcome outcome = Netyard.run(command);
            assertThat(outcome.code()).as(command[0]).isEqualTo(FAILED);
            assertThat(outcome.out() + outcome.err())
                    .contains("use the version that wrote it")
                    .doesNotContain("netyard recover");
        }
        assertThat(Netyard.run("list").err()).contains("format 2").doesNotContain("netyard recover");
        assertThat(state).hasContent(foreign);
        Files.writeString(state, old);
        Netyard.assertIs(files.before());
    }

    @Test
    @Tag("F22")
    void aLabWhoseFileNobodyKnowsIsNotDestroyedOnTheWayBack() throws Exception {
        Netyard.succeed("apply", files.before().toString());
        loseTheRecord();
        Netyard.Outcome outcome =
                Netyard.run("apply", "--confirm-within", "60s", files.after().toString());
        assertThat(outcome.code()).isEqualTo(FAILED);
        assertThat(outcome.err()).contains("nobody knows which file");
        Netyard.assertIs(files.before());
        assertThat(KilledNetyard.run(
                        "kill@apply.verify#1",
                        files.log(),
                        "apply",
                        files.after().toString()))
                .isEqualTo(KilledNetyard.KILLED);
        assertThat(Netyard.run("recover", "-n").out()).contains("to do: apply its file, or destroy the lab");
        assertThat(Netyard.run("recover", "records").code()).isEqualTo(FAILED);
        assertThat(Path.of("/run/netns/records.h1")).exists();
        Netyard.succeed("apply", files.after().toString());
        Netyard.assertIs(files.after());
    }

    @Test
    void recoveryOfAllLabsLeavesAnApplyThatHasTimeAlone() throws InterruptedException {
        Netyard.succeed("apply", files.before().toString());
        Netyard.succeed("apply", "--confirm-within", "60s", files.after().toString());
        assertThat(Netyard.run("recover").out())
                .contains("unless it is confirmed")
                .doesNotContain("done:");
        assertThat(Netyard.run("list").out()).contains("unconfirmed");
        Netyard.succeed("recover", "records");
        Netyard.assertIs(files.before());
        awaitNoGuard();
    }

    private static void awaitNoGuard() throws InterruptedException {
        Path lock = RUN.resolve("guard.lock");
        for (int attempt = 0; attempt < 100 && FileLock.isHeld(lock); attempt++) {
            TimeUnit.MILLISECONDS.sleep(50);
        }
    }

    @Test
    @Tag("F01")
    void applyGoesOnAfterAKillBeforeItsGuardWatches() {
        Netyard.succeed("apply", files.before().toString());
        int killed = KilledNetyard.run(
                "kill@record.renamed#1",
                files.log(),
                "apply",
                "--confirm-within",
                "60s",
                files.after().toString());
        assertThat(killed).isEqualTo(KilledNetyard.KILLED);
        Netyard.succeed("apply", files.after().toString());
        Netyard.assertIs(files.after());
    }

    @Test
    @Tag("F01")
    void theGuardOfAKilledApplyWatchesOverTheNextOne() throws Exception {
        Netyard.succeed("apply", files.before().toString());
        int killed = KilledNetyard.run(
                "kill@apply.verify#1",
                files.log(),
                "apply",
                "--confirm-within",
                "60s",
                files.after().toString());
        assertThat(killed).isEqualTo(KilledNetyard.KILLED);
        Path again = Files.writeString(files.folder().resolve("again.yaml"), LAB.replace("10.0.0.", "10.8.0."));
        Netyard.succeed("apply", "--confirm-within", "1s", again.toString());
        awaitState(" applied ");
        Netyard.assertIs(files.before());
    }

    @Test
    @Tag("F07")
    void whatIsKeptIsNotTakenBackByTheGuard() throws Exception {
        Netyard.succeed("apply", files.before().toString());
        int code = KilledNetyard.run(
                "fail:EBUSY@apply.verify#1",
                files.log(),
                "apply",
                "--keep",
                "--confirm-within",
                "1s",
                files.after().toString());
        assertThat(code).isEqualTo(FAILED);
        TimeUnit.MILLISECONDS.sleep(1500);
        assertThat(Netyard.run("list").out()).contains("interrupted");
        Netyard.succeed("apply", files.after().toString());
        Netyard.assertIs(files.after());
    }

    @Test
    void theGuardTriesAgain() throws Exception {
        Netyard.succeed("apply", files.before().toString());
        Path third = Files.writeString(files.folder().resolve("third.yaml"), LAB.replace("eth0", "eth1"));
        Netyard.succeed("apply", "--confirm-within", "2s", third.toString());
        Tool.in("records.h1", "ip", "link", "add", "eth0", "type", "bridge");
        Path said = RUN.resolve("guard.log");
        for (int attempt = 0; attempt < 200 && !Files.readString(said).contains("tried again"); attempt++) {
            TimeUnit.MILLISECONDS.sleep(50);
        }
        assertThat(said).content().contains("h1:eth0 is there already");
        Tool.in("records.h1", "ip", "link", "delete", "eth0");
        awaitState(" applied ");
        Netyard.assertIs(files.before());
    }

    /// The guard has few capabilities, and what lives in a node has all.
    @Test
    @Tag("F31")
    void theGuardEmptiesNodesThatProcessesLiveIn() throws Exception {
        Netyard.succeed("apply", "--confirm-within", "3s", files.before().toString());
        Process sleeper = new ProcessBuilder("ip", "netns", "exec", "records.h1", "sleep", "60").start();
        for (int attempt = 0; attempt < 300 && Files.exists(RUN); attempt++) {
            TimeUnit.MILLISECONDS.sleep(50);
        }
        assertThat(RUN).doesNotExist();
        assertThat(sleeper.isAlive()).isTrue();
        assertThat(Tool.run("nsenter", "--net=/proc/" + sleeper.pid() + "/ns/net", "ip", "link"))
                .contains("lo")
                .doesNotContain("eth0");
        sleeper.destroyForcibly().waitFor();
    }

    @Test
    @Tag("F04")
    void anApplyOutlivesTheDestroyThatItWaitsFor() throws Exception {
        for (String point : new String[] {"folder.delete#1", "folder.remove#1"}) {
            Netyard.succeed("apply", files.before().toString());
            Process destroy = KilledNetyard.stopAt(point, files.log(), "destroy", "records");
            Process apply = KilledNetyard.start(
                    "off",
                    files.folder().resolve("waits"),
                    "apply",
                    "--lock-timeout",
                    "60s",
                    files.before().toString());
            TimeUnit.SECONDS.sleep(1);
            assertThat(KilledNetyard.goOn(destroy))
                    .as(Files.readString(files.log()))
                    .isZero();
            assertThat(apply.waitFor())
                    .as(Files.readString(files.folder().resolve("waits")))
                    .isZero();
            Netyard.assertIs(files.before());
        }
    }

    /// As one does whose run was killed while it started.
    @Test
    @Tag("F02")
    void aDaemonThatComesTooLateLeavesNothing() throws Exception {
        Netyard.succeed("apply", files.before().toString());
        Process destroy = KilledNetyard.stopAt("folder.delete#1", files.log(), "destroy", "records");
        Process daemon = KilledNetyard.start("off", files.folder().resolve("late"), "daemon", "records");
        for (int attempt = 0; attempt < 600 && !Files.exists(RUN.resolve("daemon.sock")); attempt++) {
            TimeUnit.MILLISECONDS.sleep(50);
        }
        assertThat(RUN.resolve("daemon.sock")).exists();
        assertThat(KilledNetyard.goOn(destroy))
                .as(Files.readString(files.log()))
                .isZero();
        assertThat(RUN).doesNotExist();
        assertThat(daemon.waitFor(10, TimeUnit.SECONDS)).isTrue();
        assertThat(RUN).doesNotExist();
    }

    @Test
    @Tag("F02")
    void aDaemonThatComesAfterItsLabLeavesNothing() throws Exception {
        int code = KilledNetyard.run("off", files.log(), "daemon", "records");
        assertThat(code).as(Files.readString(files.log())).isEqualTo(1);
        assertThat(RUN).doesNotExist();
        Files.createDirectories(RUN);
        code = KilledNetyard.run("off", files.log(), "daemon", "records");
        assertThat(code).isEqualTo(1);
        assertThat(files.log()).content().contains("there is no lab here any more");
        assertThat(RUN).doesNotExist();
    }

    @Test
    void aLabThatCannotBeRecoveredKeepsNoOtherFromIt() throws Exception {
        Netyard.succeed("apply", files.before().toString());
        assertThat(KilledNetyard.run(
                        "kill@apply.verify#1",
                        files.log(),
                        "apply",
                        files.after().toString()))
                .isEqualTo(KilledNetyard.KILLED);
        Path other = Path.of("/run/netyard/another");
        Files.createDirectories(other);
        Files.createFile(other.resolve("state.json"));
        Tool.run("chmod", "777", other.toString());
        try {
            assertThat(Netyard.run("recover", "-n").out()).contains("another: ", "records: ");
            Netyard.Outcome outcome = Netyard.run("recover");
            assertThat(outcome.code()).isEqualTo(73);
            assertThat(outcome.out()).contains("another: ", "can be written by others", "records: ", "done: ");
        } finally {
            Tool.run("rm", "-r", other.toString());
        }
        Netyard.assertIs(files.before());
    }

    @Test
    void aNodeThatLostItsMarkIsNotSaidToBeGone() {
        Netyard.succeed("apply", files.before().toString());
        Tool.in("records.h1", "ip", "link", "delete", "eth0");
        Tool.in("records.h1", "ip", "link", "set", "lo", "alias", "");
        for (String[] command : new String[][] {{"exec", "records", "h1", "true"}, {"apply", "records"}}) {
            assertThat(Netyard.run(command).err()).contains("of this lab: remove it (ip netns delete");
        }
        Tool.run("ip", "netns", "delete", "records.h1");
        Netyard.succeed("apply", "records");
        Netyard.assertIs(files.before());
    }

    @Test
    void labsThatAreNotThereAreGuessedAt() {
        Netyard.succeed("apply", files.before().toString());
        for (String[] command :
                new String[][] {{"exec", "recrods", "h1", "true"}, {"show", "recrods"}, {"destroy", "recrods"}}) {
            Netyard.Outcome outcome = Netyard.run(command);
            assertThat(outcome.out() + outcome.err()).contains("did you mean records?");
        }
        Tool.run("rm", "-r", RUN.toString());
        assertThat(Netyard.run("destroy", "records").out()).contains("2 namespaces", "netyard orphans");
        Netyard.succeed("recover", "records");
    }

    @Test
    void aDeadDaemonIsTold() throws IOException {
        Files.writeString(files.before(), """
                lab: records
                nodes:
                  h1..2: { interfaces: { eth0: { address: 10.0.0.1..2/24 } } }
                  s1: { kind: switch, driver: user }
                links: [ "h1..2:eth0 -- s1:p1..2" ]
                """);
        Netyard.succeed("apply", files.before().toString());
        assertThat(Netyard.run("list").err()).isEmpty();
        new DaemonSwitches("records", RUN).kill();
        String advice = "netyard apply records";
        assertThat(Netyard.run("list").err()).contains(advice);
        assertThat(Netyard.run("doctor").out()).contains(advice);
        Netyard.Outcome restart = Netyard.run("restart", "records");
        assertThat(restart.code()).isEqualTo(FAILED);
        assertThat(restart.err()).contains(advice);
        assertThat(Netyard.run("recover", "--dry-run").out()).contains("is gone", "to do: apply");
        Netyard.succeed("recover");
        Netyard.assertIs(files.before());
        assertThat(Netyard.run("list").err()).isEmpty();
    }
}
