package io.netyard.vswitch.stp;

import io.netyard.vswitch.pipeline.PortState;

/// What a tree asks of its bridge. None of these calls the tree.
public interface TreeActions {
    /// Sends a frame by a port, in whatever state that is.
    ///
    /// @param frame a BPDU from its destination address on, which the callee may keep
    void send(int port, byte[] frame);

    /// Puts a port into a state.
    void state(int port, PortState state);

    /// Forgets the addresses learned on a port.
    void flush(int port);

    /// The topology changed, here or elsewhere: whatever else was learned may be elsewhere now.
    void changed();
}
