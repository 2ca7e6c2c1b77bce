package io.netyard.vswitch.snooping;

import io.netyard.vlan.VlanSet;

/// Sends queries of the switch's own.
public interface QueryOutlet {
    /// All ports of the VLAN.
    int ALL_PORTS = -1;

    /// The VLANs in which the switch has a port that sends.
    VlanSet vlans();

    /// Sends a frame that belongs to a VLAN. It is to be sent before the call returns.
    ///
    /// @param port the number of the port to send it by, or [#ALL_PORTS]
    /// @param frame untagged, with head-room
    void send(int vid, int port, long frame, int length);
}
