package io.netyard.cli.daemon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.netty.channel.epoll.Epoll;
import io.netyard.linux.FileLock;
import io.netyard.linux.Pause;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// The lock of a daemon, which others look at while it changes hands.
@Timeout(60)
@Tag("F52")
class DaemonLockTest {
    @TempDir
    Path folder = Path.of("");

    private DaemonFiles files = new DaemonFiles(folder);

    @BeforeEach
    void useTheFolder() throws IOException {
        assumeTrue(Epoll.isAvailable(), () -> "no epoll here: " + Epoll.unavailabilityCause());
        Files.createFile(folder.resolve("lock"));
        files = new DaemonFiles(folder);
    }

    private CompletableFuture<Boolean> start() {
        return CompletableFuture.supplyAsync(
                () -> {
                    try {
                        return Daemon.run(folder, "test", Limits.DEFAULT, Daemon.THREADS);
                    } catch (IOException | InterruptedException failure) {
                        throw new IllegalStateException(failure);
                    }
                },
                command -> Thread.ofPlatform().start(command));
    }

    private void stop(CompletableFuture<Boolean> daemon) throws Exception {
        while (!Files.exists(files.socket())) {
            assertThat(daemon).isNotDone();
            Pause.of(Duration.ofMillis(10));
        }
        Files.delete(files.socket());
        assertThat(daemon.get(30, TimeUnit.SECONDS)).isTrue();
    }

    /// Who waits for a daemon looks at its lock again and again, and has it for that moment.
    @Test
    void whoOnlyLooksDoesNotKeepADaemonOut() throws Exception {
        FileLock look = FileLock.tryLock(files.lock()).orElseThrow();
        CompletableFuture<Boolean> daemon = start();
        Pause.of(Duration.ofMillis(300));
        assertThat(daemon).isNotDone();
        look.close();

        stop(daemon);
    }

    @Test
    void aDaemonTakesItsNameOutOfTheLockWhenItEnds() throws Exception {
        stop(start());

        assertThat(FileLock.signature(files.lock())).isEmpty();
    }

    /// A daemon that was killed leaves its number, which another process may have by now.
    @Test
    void aStrangerWithTheNumberOfADeadDaemonIsLeftAlone() throws Exception {
        Process stranger = new ProcessBuilder("sleep", "100").start();
        try {
            FileLock look = FileLock.tryLock(files.lock()).orElseThrow();
            look.sign(stranger.pid() + "\n1");
            CompletableFuture<Void> stop = CompletableFuture.runAsync(() -> new DaemonSwitches("test", folder).stop());
            Pause.of(Duration.ofMillis(100));
            look.close();
            stop.get(30, TimeUnit.SECONDS);

            assertThat(stranger.isAlive()).isTrue();
        } finally {
            stranger.destroyForcibly();
        }
    }

    @Test
    void aPlaceThatNobodyHoldsCannotBeTaken() {
        assertThatThrownBy(() -> new DaemonSwitches("test", folder).inheritance())
                .hasMessageContaining("netyard apply starts another");
    }
}
