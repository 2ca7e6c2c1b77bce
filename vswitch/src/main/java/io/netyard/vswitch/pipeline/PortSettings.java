package io.netyard.vswitch.pipeline;

import io.netyard.vlan.PortVlans;

/// What a switch does at a port, apart from the port itself.
///
/// @param vlans which VLANs, and how they are tagged
/// @param state whether it learns and forwards
/// @param isolated whether frames of other isolated ports are kept from it (`bridge link set isolated on`)
/// @param splitHorizon the full mesh of tunnels that the port is part of, whose frames are kept from it; 0
///     for none. A spoke, whose frames go on into the mesh, has none
/// @param storm limits for what it may send to more stations than one
public record PortSettings(PortVlans vlans, PortState state, boolean isolated, int splitHorizon, StormLimits storm) {
    /// A forwarding port without limits.
    public PortSettings(PortVlans vlans) {
        this(vlans, PortState.FORWARDING, false, 0, StormLimits.NONE);
    }

    /// The same in another state.
    public PortSettings withState(PortState other) {
        return new PortSettings(vlans, other, isolated, splitHorizon, storm);
    }

    /// The same, isolated or not.
    public PortSettings withIsolated(boolean isIsolated) {
        return new PortSettings(vlans, state, isIsolated, splitHorizon, storm);
    }

    /// The same in another mesh.
    public PortSettings withSplitHorizon(int mesh) {
        return new PortSettings(vlans, state, isolated, mesh, storm);
    }

    /// The same with other limits.
    public PortSettings withStorm(StormLimits limits) {
        return new PortSettings(vlans, state, isolated, splitHorizon, limits);
    }
}
