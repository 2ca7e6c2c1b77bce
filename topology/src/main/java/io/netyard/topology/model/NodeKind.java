package io.netyard.topology.model;

import java.util.Locale;

/// What a node does with packets that are not for it.
public enum NodeKind {
    /// It drops them.
    HOST,
    /// It forwards them by IP address.
    ROUTER,
    /// It forwards frames by MAC address and VLAN.
    SWITCH,
    /// It repeats every frame at all other ports.
    HUB;

    /// Whether its interfaces are ports that it passes frames between.
    public boolean hasPorts() {
        return this == SWITCH || this == HUB;
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
