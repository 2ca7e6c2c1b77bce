package io.netyard.cli.doctor;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/// How a soak went.
///
/// @param seed makes the same labs again
/// @param time that it took
/// @param turns how often each kind of turn was taken
/// @param killed how many runs were killed before their end
/// @param broken the first thing that was not as it has to be; empty if everything was
/// @param before what the process held when it was warm
/// @param after what it held in the end
/// @param leftovers namespaces, folders and processes of the lab that are there: 0, unless something is
///     broken
public record SoakReport(
        long seed,
        Duration time,
        Map<Turn, Integer> turns,
        int killed,
        Optional<String> broken,
        Holdings before,
        Holdings after,
        int leftovers) {
    /// What a soak does in one turn.
    public enum Turn {
        /// Applies an edited file.
        EDIT,
        /// Kills a run that applies or destroys, at some step, and has the lab recovered, applied or
        /// destroyed after that.
        KILL,
        /// Breaks something behind Netyard's back, and has it found and repaired.
        FAULT,
        /// Destroys the lab, and makes it anew.
        DESTROY
    }

    public SoakReport {
        turns = Map.copyOf(turns);
    }
}
