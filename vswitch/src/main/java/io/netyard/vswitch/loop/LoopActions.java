package io.netyard.vswitch.loop;

import java.util.Collection;

/// What a detector asks of its switch. None of these calls the detector.
public interface LoopActions {
    /// The VLANs to probe on a port.
    Collection<Integer> vlans(int port);

    /// Sends a frame by a port in a VLAN, whether or not the port forwards.
    ///
    /// @param frame without a tag; the callee may keep it
    void send(int port, int vlan, byte[] frame);

    /// Whether the switch, with no port blocked, would send on by one port what comes in by another.
    boolean passes(int from, int to, int vlan);

    /// Blocks a port, or lets it forward again.
    void block(int port, boolean blocked);
}
