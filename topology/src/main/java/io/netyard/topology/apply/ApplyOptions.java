package io.netyard.topology.apply;

import java.time.Duration;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/// How an apply goes about it.
///
/// @param keep whether what was done stays when something fails, for people who want to look at it
/// @param timeout after which what was done is taken back
/// @param confirmation asked for when it is done; without it what was done is taken back
/// @param patience how long to wait for another run on the lab
/// @param interrupted whether somebody wants it to stop; asked between steps
public record ApplyOptions(
        boolean keep,
        Optional<Duration> timeout,
        Optional<Confirmation> confirmation,
        Duration patience,
        BooleanSupplier interrupted) {
    /// Takes back what fails, waits for nobody.
    public static final ApplyOptions PLAIN =
            new ApplyOptions(false, Optional.empty(), Optional.empty(), Duration.ZERO, () -> false);

    /// A wish to be asked whether what was done stays.
    ///
    /// @param within how long there is time to confirm
    /// @param guard starts a process that runs [Labs#guard]; called before anything is changed
    public record Confirmation(Duration within, Runnable guard) {}
}
