package io.netyard.vswitch.stp;

/// A message between bridges (IEEE 802.1D-2004 clause 9).
sealed interface Bpdu {
    /// "The topology changed", from an older bridge towards the root.
    record ChangeNotification() implements Bpdu {}

    /// What a bridge takes the tree for.
    ///
    /// @param rapid whether its sender speaks the rapid protocol; if not, only the role (designated) and
    ///     the two flags about changes mean anything
    record Configuration(boolean rapid, Flags flags, PriorityVector priority, Times times) implements Bpdu {}

    /// The flags of a configuration.
    ///
    /// @param role of the sending port; [PortRole#ALTERNATE] stands for backup as well, which the wire does
    ///     not tell apart
    /// @param change the topology changed
    /// @param acknowledged a notification of a change was heard
    record Flags(
            PortRole role,
            boolean change,
            boolean acknowledged,
            boolean proposal,
            boolean learning,
            boolean forwarding,
            boolean agreement) {}
}
