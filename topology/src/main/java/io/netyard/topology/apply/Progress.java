package io.netyard.topology.apply;

/// Told what is being done, for people who wait.
@FunctionalInterface
public interface Progress {
    /// Tells nobody.
    Progress SILENT = _ -> {};

    /// A step begins, such as `reading campus`.
    void step(String what);
}
