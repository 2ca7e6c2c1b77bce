package io.netyard.vswitch.port;

import io.netty.channel.IoEventLoop;

/// What a port knows of the switch that it is attached to. Used on the loop's thread alone.
public interface PortContext {
    /// The loop that the port registers its descriptors and timers with.
    IoEventLoop loop();

    /// Takes frames that came in, all of them, in their order. The frames are done with on return, see
    /// [Port].
    ///
    /// @param burst at least one frame; the caller clears and reuses it
    void receive(Burst burst);

    /// Tells that the port cannot go on, for example because its device vanished. The switch detaches it;
    /// the other ports are not touched.
    void failed(Throwable cause);
}
