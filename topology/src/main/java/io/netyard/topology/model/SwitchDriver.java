package io.netyard.topology.model;

/// Who forwards the frames of a switch.
public enum SwitchDriver {
    /// The kernel where it can do what the switch needs, else Netyard.
    AUTO,
    /// The kernel: a bridge.
    KERNEL,
    /// Netyard, in user space.
    USER
}
