package io.netyard.vswitch.wrap;

import io.netyard.vswitch.port.Burst;
import io.netyard.vswitch.port.Port;
import io.netyard.vswitch.port.PortContext;
import org.jspecify.annotations.Nullable;

/// Another port, and somebody who looks at its frames: for traces ([FrameTrace]) and
/// captures. Frames pass unchanged; those that leave are seen whether the device takes them or
/// not.
public final class ObservedPort extends WrappedPort {
    private @Nullable FrameObserver observer;

    /// Wraps a port, which belongs to this one from then on; nobody observes it yet.
    public ObservedPort(Port port) {
        super(port);
    }

    /// Wraps a port and lets somebody observe it.
    public ObservedPort(Port port, FrameObserver observer) {
        this(port);
        this.observer = observer;
    }

    /// Lets somebody observe the frames that come from now on, in the place of who did before. On the
    /// loop's thread.
    public void observe(FrameObserver by) {
        observer = by;
    }

    /// Lets nobody observe any more: a burst costs one look at a field then. On the loop's thread.
    public void ignore() {
        observer = null;
    }

    @Override
    public int transmit(Burst burst) {
        tell(FrameObserver.Direction.OUT, burst);
        return port.transmit(burst);
    }

    @Override
    void receive(Burst burst, PortContext to) {
        tell(FrameObserver.Direction.IN, burst);
        to.receive(burst);
    }

    private void tell(FrameObserver.Direction direction, Burst burst) {
        FrameObserver told = observer;
        if (told == null) {
            return;
        }
        for (int at = 0; at < burst.size(); at++) {
            told.frame(port.name(), direction, burst.address(at), burst.length(at), burst.offload(at), burst.tag(at));
        }
    }
}
