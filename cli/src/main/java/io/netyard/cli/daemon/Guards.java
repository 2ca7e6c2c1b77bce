package io.netyard.cli.daemon;

import io.netyard.linux.Capability;
import io.netyard.linux.Processes;
import io.netyard.topology.apply.LabException;
import io.netyard.topology.apply.Labs;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/// The process that takes back an apply that nobody confirms, `netyard guard LAB`.
public final class Guards {
    private static final Duration START = Duration.ofSeconds(20);

    /// To see which processes live in the nodes of a lab that it destroys, whatever they may.
    private static final Set<Capability> LOOKING = Set.of(Capability.SYS_PTRACE);

    private Guards() {}

    /// Starts the guard of a lab and waits until it watches.
    ///
    /// @throws LabException if it does not start
    public static void start(Labs labs, String lab) {
        Path log = labs.folderOf(lab).resolve("guard.log");
        try {
            Process process = new OwnProcess(
                            labs.folderOf(lab), log, List.of("-Xmx64m", "-XX:TieredStopAtLevel=1"), LOOKING)
                    .start("guard", lab);
            long end = System.nanoTime() + START.toNanos();
            while (!labs.isGuardedBy(lab, process.pid())) {
                if (!process.isAlive() && process.exitValue() == 0 && labs.isGuarded(lab)) {
                    // That of a run that was killed watches over this one too.
                    return;
                }
                if (!process.isAlive() || System.nanoTime() > end) {
                    process.destroyForcibly();
                    throw new LabException(
                            LabException.Reason.FAILED,
                            "the process that would take the apply back did not start; see " + log);
                }
                DaemonSwitches.pause();
            }
        } catch (IOException failure) {
            throw new LabException("the process that would take the apply back did not start: " + failure, failure);
        }
    }

    /// Is the guard of a lab until there is nothing to watch over.
    public static void run(Labs labs, String lab, Labs.FileReader reader) {
        Processes.leaveSession();
        Complaints complaints = new Complaints(System.err);
        labs.guard(lab, reader, complaints::say);
    }
}
