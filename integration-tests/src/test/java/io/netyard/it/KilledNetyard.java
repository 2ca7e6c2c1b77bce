package io.netyard.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.netyard.linux.Pause;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// Runs the `netyard` command in a process of its own with failpoints set, as the launcher does otherwise.
final class KilledNetyard {
    /// What the shell, and Java, make of a process that `SIGKILL` ended.
    static final int KILLED = 137;

    private static final Duration LOOK = Duration.ofMillis(10);
    private static final int MOST_LOOKS = 2000;

    private static final List<Process> STOPPED = new ArrayList<>();

    private KilledNetyard() {}

    /// Starts a command.
    ///
    /// @param failpoint as `io.netyard.linux.Failpoint` reads it
    static Process start(String failpoint, Path log, String... arguments) {
        return start(List.of("-Dnetyard.failpoint=" + failpoint), log, arguments);
    }

    private static Process start(List<String> properties, Path log, String... arguments) {
        Path dist = Netyard.home().resolve("cli/target/dist").toAbsolutePath();
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-XX:AOTCache=" + dist.resolve("netyard.aot"), "-Xlog:disable", "-XX:+UseSerialGC"));
        command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:-UsePerfData", "--enable-native-access=ALL-UNNAMED"));
        command.addAll(List.of("-Djna.nounpack=true", "-Djna.boot.library.path=" + dist.resolve("native")));
        command.add("-Djava.library.path=" + dist.resolve("native"));
        command.addAll(properties);
        try {
            command.addAll(
                    List.of("-cp", Files.readString(dist.resolve("classpath")).strip(), "io.netyard.cli.Main"));
            command.addAll(List.of(arguments));
            return new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")))
                    .redirectOutput(log.toFile())
                    .start();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /// Starts a command that stops at a point, and waits until it does.
    static Process stopAt(String point, Path log, String... arguments) throws IOException {
        Process process = start("stop@" + point, log, arguments);
        STOPPED.add(process);
        Path state = Path.of("/proc", Long.toString(process.pid()), "stat");
        for (int attempt = 0; attempt < MOST_LOOKS; attempt++) {
            if (!process.isAlive() || Files.readString(state).contains(") T ")) {
                break;
            }
            Pause.of(LOOK);
        }
        assertThat(process.isAlive()).as(Files.readString(log)).isTrue();
        return process;
    }

    /// Ends what a test that failed left standing still, and with it its lock on the lab.
    static void endStopped() {
        STOPPED.forEach(Process::destroyForcibly);
        STOPPED.clear();
    }

    /// Lets a command that stopped go on to its end.
    ///
    /// @return the exit code
    static int goOn(Process process) throws InterruptedException {
        Tool.run("kill", "-CONT", Long.toString(process.pid()));
        return process.waitFor();
    }

    /// Runs a command to its end, whichever that is.
    ///
    /// @return the exit code
    static int run(String failpoint, Path log, String... arguments) {
        return await(start(failpoint, log, arguments));
    }

    /// Runs a command to its end; the daemon that it starts, if any, has failpoints.
    ///
    /// @return the exit code
    static int runWithDaemon(String failpointOfDaemon, Path log, String... arguments) {
        return await(start(List.of("-Dnetyard.daemon.failpoint=" + failpointOfDaemon), log, arguments));
    }

    private static int await(Process process) {
        try {
            return process.waitFor();
        } catch (InterruptedException failure) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(failure);
        }
    }

    /// The points that a command passes, in their order.
    static List<String> points(Path folder, String failpoint, String... arguments) {
        Path trace = folder.resolve("trace-" + System.nanoTime());
        run("trace:" + trace + ";" + failpoint, folder.resolve("trace.log"), arguments);
        try {
            return Files.readAllLines(trace);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
