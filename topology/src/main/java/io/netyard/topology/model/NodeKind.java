package io.netyard.topology.model;

import java.util.Locale;

/// What a node does with packets that are not for it.
public enum NodeKind {
    /// It drops them.
    HOST,
    /// It forwards them by IP address.
    ROUTER,
    /// It forwards frames by MAC address and VLAN.
    SWITCH;

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
