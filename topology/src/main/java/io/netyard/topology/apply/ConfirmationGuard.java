package io.netyard.topology.apply;

import io.netyard.linux.FileLock;
import io.netyard.linux.Pause;
import io.netyard.topology.apply.LabException.Reason;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;

/// Waits beside an apply that has to be confirmed, and takes it back if nobody does: the dead man's switch
/// of people who may cut off the connection they work over.
///
/// All it needs is the lab's record, so that it does not matter what becomes of the run that started it.
final class ConfirmationGuard {
    private static final Duration POLL = Duration.ofMillis(100);
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);
    private static final int MOST_TRIES = 10;

    private final LabSite site;
    private final Runnable takeBack;
    private final Consumer<String> log;
    private Duration pause = POLL;
    private boolean isGoingBack;

    /// @param takeBack recovers the lab, unless it has time again
    /// @param log told why a way back failed
    ConfirmationGuard(LabSite site, Runnable takeBack, Consumer<String> log) {
        this.site = site;
        this.takeBack = takeBack;
        this.log = log;
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
            while (Pause.of(pause)) {
                Optional<LabRecord> labRecord = site.read().filter(this::concerns);
                if (labRecord.isEmpty()) {
                    return;
                }
                if (Uptime.milliseconds() >= labRecord.get().deadline()) {
                    goBack();
                }
            }
        }
    }

    /// What waits for a confirmation, and a way back that was begun and is not at its end.
    private boolean concerns(LabRecord labRecord) {
        return labRecord.waitsForConfirmation() || (isGoingBack && labRecord.isInterrupted());
    }

    /// What fails is tried again, after longer and longer pauses: the machine may be short of something for
    /// a while. Another run on the lab is waited for, and may give it time again.
    private void goBack() {
        try {
            takeBack.run();
            pause = POLL;
        } catch (RuntimeException failure) {
            if (failure instanceof LabException lab && lab.reason() == Reason.LOCKED) {
                return;
            }
            isGoingBack = true;
            Duration longer = pause.multipliedBy(2);
            pause = longer.compareTo(LONGEST_PAUSE) < 0 ? longer : LONGEST_PAUSE;
            log.accept("the way back failed, and is tried again: " + failure.getMessage());
        }
    }
}
