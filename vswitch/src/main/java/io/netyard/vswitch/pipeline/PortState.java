package io.netyard.vswitch.pipeline;

/// What a port does with frames (IEEE 802.1Q clause 8.4).
public enum PortState {
    /// Neither learns nor forwards.
    DISCARDING,

    /// Learns but does not forward.
    LEARNING,

    /// Learns and forwards.
    FORWARDING
}
