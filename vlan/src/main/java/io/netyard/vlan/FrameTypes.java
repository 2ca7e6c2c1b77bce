package io.netyard.vlan;

/// Which frames a port admits (IEEE 802.1Q clause 6.9, Acceptable Frame Types).
public enum FrameTypes {
    /// Admit all frames.
    ALL,

    /// Admit only VLAN-tagged frames: neither untagged nor priority-tagged ones.
    TAGGED,

    /// Admit only untagged and priority-tagged frames.
    UNTAGGED
}
