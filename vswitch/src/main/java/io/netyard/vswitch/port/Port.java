package io.netyard.vswitch.port;

/// One end of a switch: a source and a sink of frames in bursts.
///
/// A port is attached once, detached once, and never used again. All methods are called on the thread of
/// the event loop that [PortContext#loop] names; [#name] and [#counters] can be called on any.
///
/// Memory rules, which spare every copy on the way through a switch:
///
/// - A received frame stays where the port has it. From the call of [PortContext#receive] until its return
///   the switch may read and overwrite the frame and the [#HEAD_ROOM] bytes before it. After the return the
///   memory is the port's again.
/// - A frame handed to [#transmit] is the port's until that returns. It may overwrite the
///   [#TRANSMIT_HEAD_ROOM] bytes before the frame, for example with a header of its own, and must leave the
///   frame's bytes as they are: another port may get the same frame next.
/// - Nobody reads or writes behind a frame's last byte.
public interface Port {
    /// Bytes before every received frame that are writable.
    int HEAD_ROOM = 128;

    /// Bytes before every frame to transmit that are writable: the switch pushes two tags at the most.
    int TRANSMIT_HEAD_ROOM = HEAD_ROOM - 8;

    /// What people call it, unique in a switch.
    String name();

    /// What it can take, as of now. The MTU may change while the port is attached, the rest does not.
    PortCapabilities capabilities();

    /// What it alone can know about lost frames. Read without locks: a value may be a moment old.
    PortCounters counters();

    /// Starts to receive: registers what there is to register with the context's loop.
    ///
    /// @throws RuntimeException if the port cannot start; it holds nothing then and must not be detached
    void attach(PortContext context);

    /// How the line behind the port is, as of now. A port without a device is up.
    default LineState line() {
        return LineState.UP;
    }

    /// Sends frames in their order, as far as the port can take them at once. Frames that it cannot send
    /// are dropped and counted in [#counters]; a frame that the device refuses does not keep the ones after
    /// it back. It does not call [PortContext#receive]: what comes back at once waits for a turn of the
    /// loop.
    ///
    /// @param burst frames that [#capabilities] allows; the burst itself stays the caller's and is not
    ///     changed
    /// @return how many frames were sent
    int transmit(Burst burst);

    /// Stops and gives back everything: registrations, descriptors, memory. Calling it twice does no harm.
    void detach();
}
