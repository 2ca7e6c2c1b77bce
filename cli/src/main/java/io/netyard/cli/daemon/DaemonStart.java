package io.netyard.cli.daemon;

import io.netyard.linux.Failpoint;
import io.netyard.topology.observe.UserSwitchException;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;

/// Starts the daemon of a lab: this program again, in a process that stays.
final class DaemonStart {
    private static final Duration START = Duration.ofSeconds(60);

    private static final String COMPILER = "NETYARD_COMPILER";

    /// A property: what the daemon gets as `netyard.failpoint`.
    private static final String FAILPOINT = "netyard.daemon.failpoint";

    private final String lab;
    private final DaemonFiles files;

    DaemonStart(String lab, DaemonFiles files) {
        this.lab = lab;
        this.files = files;
    }

    /// Starts it and waits until it is ready.
    ///
    /// @param isReady whether one answers, this one or another
    void run(BooleanSupplier isReady) {
        await(List.of("daemon", lab), _ -> isReady.getAsBoolean());
    }

    /// Starts one that takes the place of the one that runs, and waits until it has.
    ///
    /// @param isReady whether a process has, and answers
    void replace(Predicate<Process> isReady) {
        await(List.of("daemon", "--replace", lab), isReady);
    }

    private void await(List<String> command, Predicate<Process> isReady) {
        Failpoint.pass("daemon.start");
        Process process = start(command);
        Failpoint.pass("daemon.started");
        long end = System.nanoTime() + START.toNanos();
        while (!isReady.test(process)) {
            // Where a run was killed before, one that it started, or one that it told to end, may have the
            // lock.
            if (!process.isAlive() && process.exitValue() != Daemon.HAS_ONE) {
                throw new UserSwitchException(
                        "the daemon that runs switches in user space did not start: " + lastWords());
            }
            if (!process.isAlive() && !files.isLocked()) {
                process = start(command);
            }
            if (System.nanoTime() > end) {
                process.destroyForcibly();
                throw new UserSwitchException("the daemon that runs switches in user space was not ready within "
                        + START.toSeconds() + " s: " + lastWords());
            }
            DaemonSwitches.pause();
        }
    }

    private Process start(List<String> command) {
        try {
            return new OwnProcess(files.folder(), files.log(), options(), Set.of())
                    .start(command.toArray(String[]::new));
        } catch (IOException failure) {
            throw new UserSwitchException(
                    "the daemon that runs switches in user space did not start: " + failure.getMessage(), failure);
        }
    }

    private List<String> options() {
        List<String> options = new ArrayList<>();
        // A small heap to begin with: the data path allocates nothing, and memory that is not used is not
        // taken.
        options.addAll(List.of("-Xms16m", "-Xmx512m"));
        if ("c1".equals(System.getenv(COMPILER))) {
            options.add("-XX:TieredStopAtLevel=1");
        }
        // Points of its own: those of the run that starts it are passed there.
        String failpoint = System.getProperty(FAILPOINT);
        if (failpoint != null) {
            options.add("-Dnetyard.failpoint=" + failpoint);
        }
        options.add("-XX:ErrorFile=" + files.folder().resolve("daemon-crash.log"));
        // Where Netty unpacks its native library where the distribution does not have it; it is removed
        // once it is loaded.
        options.add("-Dio.netty.native.workdir=" + files.folder());
        return options;
    }

    private String lastWords() {
        try {
            List<String> lines = Files.readAllLines(files.log());
            return lines.isEmpty() ? "it said nothing" : lines.getLast();
        } catch (IOException failure) {
            return "and " + files.log() + " cannot be read: " + failure.getMessage();
        }
    }
}
