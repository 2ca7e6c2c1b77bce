package io.netyard.topology.apply;

/// A lab in a list.
///
/// @param nodes how many nodes it has
/// @param state how it stands
/// @param file the path of the topology file that it was applied from; empty if nobody knows it
/// @param problem what is wrong with the lab, and what to do; empty if nothing is known to be
public record LabSummary(String lab, int nodes, State state, String file, String problem) {
    /// How a lab stands.
    public enum State {
        /// The last run came to its end.
        APPLIED,
        /// The last run did not come to its end.
        INTERRUPTED,
        /// It is taken back unless it is confirmed.
        UNCONFIRMED,
        /// Its record cannot be read.
        DAMAGED
    }

    /// The topology file of a lab.
    ///
    /// @param name its path
    /// @param text what it said when it was applied
    public record AppliedFile(String name, String text) {
        /// Whether it is known; it is not where a record was lost and made anew.
        boolean isKnown() {
            return !text.isEmpty();
        }
    }
}
