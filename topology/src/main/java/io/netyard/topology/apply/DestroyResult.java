package io.netyard.topology.apply;

import io.netyard.linux.Processes;
import java.time.Duration;
import java.util.List;

/// What a destroy did.
///
/// @param nodes how many nodes there were
/// @param residents processes that still live in a namespace of the lab, which is gone when they end
/// @param duration how long it took
public record DestroyResult(int nodes, List<Processes.Resident> residents, Duration duration) {
    public DestroyResult {
        residents = List.copyOf(residents);
    }
}
