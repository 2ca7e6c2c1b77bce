package io.netyard.vswitch.stp;

import java.util.Locale;

/// What a port is in the tree (IEEE 802.1D-2004 clause 17.3.1).
public enum PortRole {
    /// No part of it: it is down.
    DISABLED,
    /// Leads to the root.
    ROOT,
    /// Leads away from the root: the bridge serves the segment behind it.
    DESIGNATED,
    /// Leads to the root too, by another bridge, and waits.
    ALTERNATE,
    /// Leads back to this bridge, and waits.
    BACKUP;

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
