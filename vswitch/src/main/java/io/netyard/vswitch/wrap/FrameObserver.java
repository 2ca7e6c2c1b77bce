package io.netyard.vswitch.wrap;

/// Is told of every frame that goes through a port, on the loop's thread: whoever is slow here slows the
/// switch down.
public interface FrameObserver {
    /// Which way a frame goes, seen from the switch.
    enum Direction {
        /// From the device into the switch.
        IN,
        /// From the switch out of the device.
        OUT
    }

    /// Sees a frame. Its memory is only to be read, and only until the return.
    ///
    /// @param port name of the port
    /// @param address of the frame's first byte
    /// @param length bytes of the frame, a tag beside it not among them
    /// @param offload work left to do, see [io.netyard.vswitch.port.Offload]
    /// @param tag beside the frame, see [io.netyard.vlan.VlanTag]
    void frame(String port, Direction direction, long address, int length, long offload, int tag);
}
