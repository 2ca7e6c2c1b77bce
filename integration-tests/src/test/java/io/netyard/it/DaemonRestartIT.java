package io.netyard.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.netyard.cli.daemon.DaemonFiles;
import io.netyard.cli.daemon.DaemonSwitches;
import io.netyard.linux.FileLock;
import io.netyard.linux.NetworkNamespace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/// A daemon that is killed, and brought back by the next apply. Prints for how long its way was shut.
///
/// ```text
///   h1 --- p1 k1 p2 --- h2     a bridge of the kernel
///   h3 --- p1 u1 p2 --- h4     a switch in user space
/// ```
@Timeout(300)
class DaemonRestartIT {
    private static final String LAB = """
            lab: restart
            nodes:
              h1..4: { interfaces: { eth0: { address: 10.0.0.1..4/24 } } }
              k1: { kind: switch, driver: kernel }
              u1: { kind: switch, driver: user }
            links: [ "h1..2:eth0 -- k1:p1..2", "h3..4:eth0 -- u1:p1..2" ]
            """;

    private static final DaemonFiles FILES = new DaemonFiles(Path.of("/run/netyard/restart"));
    private static final int ROUNDS = 5;
    private static final int FRAMES_AFTER = 20;
    private static final long MOST_SECONDS = 120;

    @TempDir
    Path folder = Path.of("");

    @RegisterExtension
    private final AppliedLab lab = new AppliedLab();

    /// The ways through both switches.
    private record Roads(NumberedFrames kernel, NumberedFrames user) implements AutoCloseable {
        static Roads open() {
            return new Roads(between("h1", "h2"), between("h3", "h4"));
        }

        private static NumberedFrames between(String from, String to) {
            try (NetworkNamespace near = node(from);
                    NetworkNamespace far = node(to)) {
                return new NumberedFrames(near, far);
            }
        }

        private static NetworkNamespace node(String name) {
            return NetworkNamespace.open(Path.of("/run/netns/restart." + name));
        }

        void sendSome() throws InterruptedException {
            kernel.sendSome();
            user.sendSome();
        }

        @Override
        public void close() {
            try (kernel) {
                user.close();
            }
        }
    }

    @Test
    @Tag("F52")
    void theKernelForwardsOnAndTheRestIsBackSoon() throws Exception {
        lab.apply(LAB);
        List<Long> milliseconds = new ArrayList<>();
        try (Roads roads = Roads.open()) {
            NumberedFrames kernel = roads.kernel();
            for (int round = 0; round < ROUNDS; round++) {
                long killed = System.nanoTime();
                assertThat(new DaemonSwitches("restart", FILES.folder()).kill()).isTrue();
                CompletableFuture<Netyard.Outcome> apply =
                        CompletableFuture.supplyAsync(() -> Launcher.run("apply", lab.file()));
                milliseconds.add(TimeUnit.NANOSECONDS.toMillis(awaitOpen(roads) - killed));
                while (!apply.isDone()) {
                    kernel.sendSome();
                }
                assertThat(apply.join().code()).as(apply.join().err()).isZero();
            }
            kernel.awaitLast();

            assertThat(kernel.lost()).as("of " + kernel.sent()).isZero();
            Collections.sort(milliseconds);
            System.out.println("daemon killed " + ROUNDS + " times: the kernel lost 0 of " + kernel.sent()
                    + " frames; user space forwarded again after " + milliseconds.get(ROUNDS / 2) + " ms (median of "
                    + milliseconds + ")");
        }
    }

    /// Each from another folder, as an upgrade is; what the daemon before was loaded from is gone by then.
    @Test
    @Tag("F52")
    void anUpgradeStopsFramesForAMoment() throws Exception {
        lab.apply(LAB);
        List<Long> milliseconds = new ArrayList<>();
        try (Roads roads = Roads.open()) {
            NumberedFrames kernel = roads.kernel();
            for (int round = 0; round < ROUNDS; round++) {
                Path home = install(round);
                CompletableFuture<Netyard.Outcome> restart =
                        CompletableFuture.supplyAsync(() -> Launcher.shell(home + "/netyard restart restart"));
                milliseconds.add(TimeUnit.NANOSECONDS.toMillis(longestGap(roads, restart)));
                assertThat(restart.join().code()).as(restart.join().err()).isZero();
                assertThat(Files.readString(Path.of("/proc", FileLock.signature(FILES.lock()), "cmdline")))
                        .contains(home.toString());
                Launcher.shell("rm -r " + home);
            }
            kernel.awaitLast();

            assertThat(kernel.lost()).as("of " + kernel.sent()).isZero();
            Collections.sort(milliseconds);
            System.out.println(
                    "daemon replaced " + ROUNDS + " times by that of another installation: the kernel lost 0 of "
                            + kernel.sent() + " frames; user space stood still for " + milliseconds.get(ROUNDS / 2)
                            + " ms (median of " + milliseconds + ")");
        }
    }

    private Path install(int round) {
        Path home = folder.resolve("installation-" + round);
        Path here = Netyard.home().toAbsolutePath().normalize();
        Netyard.Outcome copied =
                Launcher.shell("mkdir " + home + " && cp -r --parents netyard .mvn/find-jdk.sh cli/target/dist " + home
                        + " && sed -i s:" + here + "/:" + home + "/:g " + home + "/cli/target/dist/classpath");
        assertThat(copied.code()).as(copied.err()).isZero();
        return home;
    }

    /// Sends frames both ways until something is done, and a little longer.
    ///
    /// @return the longest time, in nanoseconds, in which no frame came through the switch in user space
    private static long longestGap(Roads roads, CompletableFuture<?> done) throws InterruptedException {
        NumberedFrames user = roads.user();
        long longest = 0;
        long last = System.nanoTime();
        int arrived = user.arrived();
        for (int after = 0; after < FRAMES_AFTER; after += done.isDone() ? 1 : 0) {
            roads.sendSome();
            if (user.arrived() > arrived) {
                longest = Math.max(longest, System.nanoTime() - last);
                arrived = user.arrived();
                last = System.nanoTime();
            }
        }
        return Math.max(longest, System.nanoTime() - last);
    }

    /// A process that dies takes connections a moment longer.
    @Test
    @Tag("F52")
    void anApplyThatMeetsADyingDaemonBringsItBack() throws IOException {
        lab.apply(LAB);
        for (int round = 0; round < ROUNDS; round++) {
            long daemon = Long.parseLong(FileLock.signature(FILES.lock()));
            ProcessHandle.of(daemon).orElseThrow().destroyForcibly();

            lab.apply(LAB);
        }
    }

    /// Sends frames both ways until a frame comes through the switch in user space.
    ///
    /// @return when that was
    private static long awaitOpen(Roads roads) throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(MOST_SECONDS);
        NumberedFrames user = roads.user();
        user.sendSome();
        int before = user.arrived();
        while (user.arrived() == before) {
            assertThat(System.nanoTime()).as("it is shut for too long").isLessThan(deadline);
            roads.sendSome();
        }
        return System.nanoTime();
    }
}
