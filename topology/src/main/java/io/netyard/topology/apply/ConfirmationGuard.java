package io.netyard.topology.apply;

import io.netyard.linux.FileLock;
import io.netyard.linux.Pause;
import io.netyard.topology.apply.LabException.Reason;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/// Waits beside an apply that has to be confirmed, and takes it back if nobody does: the dead man's switch
/// of people who may cut off the connection they work over.
///
/// All it needs is the lab's record, so that it does not matter what becomes of the run that started it.
final class ConfirmationGuard {
    private static final Duration POLL = Duration.ofMillis(100);
    private static final int MOST_TRIES = 10;

    private final LabSite site;
    private final Runnable takeBack;

    /// @param takeBack recovers the lab
    ConfirmationGuard(LabSite site, Runnable takeBack) {
        this.site = site;
        this.takeBack = takeBack;
    }

    /// Locked as long as a guard lives.
    static Path lock(LabSite site) {
        return site.folder().path().resolve("guard.lock");
    }

    /// Returns when there is nothing to wait for any more.
    void run() {
        Optional<FileLock> lock = FileLock.tryLock(lock(site));
        for (int attempt = 1; lock.isEmpty(); attempt++) {
            // Whoever looks whether there is a guard holds the lock for a moment.
            if (attempt == MOST_TRIES || !Pause.of(POLL)) {
                return;
            }
            lock = FileLock.tryLock(lock(site));
        }
        try (FileLock held = lock.get()) {
            held.sign(Long.toString(ProcessHandle.current().pid()));
            while (Pause.of(POLL)) {
                Optional<LabRecord> labRecord = site.read().filter(LabRecord::waitsForConfirmation);
                if (labRecord.isEmpty()) {
                    return;
                }
                if (Uptime.milliseconds() >= labRecord.get().deadline() && isTakenBack()) {
                    return;
                }
            }
        }
    }

    /// False while another run works on the lab.
    private boolean isTakenBack() {
        try {
            takeBack.run();
            return true;
        } catch (LabException failure) {
            if (failure.reason() == Reason.LOCKED) {
                return false;
            }
            throw failure;
        }
    }
}
