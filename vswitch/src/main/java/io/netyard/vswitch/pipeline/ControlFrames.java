package io.netyard.vswitch.pipeline;

/// Takes frames that are meant for the switch itself. It must not remove ports before it returns.
public interface ControlFrames {
    /// Whether frames for a group are looked at.
    boolean wants(long destination);

    /// Looks at a frame, before any rule of its port applies.
    ///
    /// @param port by which it came
    /// @param vlan the VLAN that it belongs to, or -1 if the port would not take it
    /// @param frame without its outer tag: a copy of at most its first 1,518 bytes
    /// @return whether it goes no further
    boolean take(String port, int vlan, byte[] frame);
}
