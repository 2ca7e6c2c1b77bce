package io.netyard.topology.apply;

/// A lab in a list.
///
/// @param nodes how many nodes it has
/// @param interrupted whether the last run did not come to its end
/// @param file the path of the topology file that it was applied from
public record LabSummary(String lab, int nodes, boolean interrupted, String file) {
    /// The topology file of a lab.
    ///
    /// @param name its path
    /// @param text what it said when it was applied
    public record AppliedFile(String name, String text) {}
}
