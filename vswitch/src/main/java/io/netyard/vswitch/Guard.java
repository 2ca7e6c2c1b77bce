package io.netyard.vswitch;

import io.netyard.vswitch.pipeline.ControlFrames;
import io.netyard.vswitch.port.Port;

/// One way to keep frames from going in circles.
interface Guard extends ControlFrames {
    /// Ticks in a second.
    int TICKS_PER_SECOND = 10;

    /// A port that the relay has, and that has received nothing so far.
    void attached(int number, Port port);

    /// The port is about to leave the relay.
    void detached(int number, String name);

    /// A tenth of a second passed.
    void tick();

    ProtectionStatus status();
}
