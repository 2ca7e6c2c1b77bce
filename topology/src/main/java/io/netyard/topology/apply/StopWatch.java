package io.netyard.topology.apply;

import io.netyard.topology.apply.LabException.Reason;
import java.time.Duration;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/// Says between the steps of a run whether it has to stop.
final class StopWatch {
    /// Of runs that are not to be stopped: the way back.
    static final StopWatch NEVER = new StopWatch(Optional.empty(), () -> false);

    private final Optional<Duration> limit;
    private final BooleanSupplier interrupted;
    private final long start = System.nanoTime();

    StopWatch(Optional<Duration> limit, BooleanSupplier interrupted) {
        this.limit = limit;
        this.interrupted = interrupted;
    }

    /// @throws LabException if it is time to stop
    void check() {
        if (interrupted.getAsBoolean()) {
            throw new LabException(Reason.INTERRUPTED, "interrupted");
        }
        if (limit.isPresent() && System.nanoTime() - start > limit.get().toNanos()) {
            throw new LabException(
                    Reason.FAILED, "not done within " + limit.get().toMillis() + " ms");
        }
    }
}
