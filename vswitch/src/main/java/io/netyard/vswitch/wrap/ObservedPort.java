package io.netyard.vswitch.wrap;

import io.netty.channel.IoEventLoop;
import io.netyard.vswitch.port.Burst;
import io.netyard.vswitch.port.LineState;
import io.netyard.vswitch.port.Port;
import io.netyard.vswitch.port.PortCapabilities;
import io.netyard.vswitch.port.PortContext;
import io.netyard.vswitch.port.PortCounters;
import org.jspecify.annotations.Nullable;

/// Another port, and somebody who looks at its frames: for traces ([FrameTrace]) and
/// captures. Frames pass unchanged; those that leave are seen whether the device takes them or
/// not.
public final class ObservedPort implements Port {
    private final Port port;
    private @Nullable FrameObserver observer;

    /// Wraps a port, which belongs to this one from then on; nobody observes it yet.
    public ObservedPort(Port port) {
        this.port = port;
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
    public String name() {
        return port.name();
    }

    @Override
    public PortCapabilities capabilities() {
        return port.capabilities();
    }

    @Override
    public PortCounters counters() {
        return port.counters();
    }

    @Override
    public void attach(PortContext context) {
        port.attach(new Observed(context));
    }

    @Override
    public LineState line() {
        return port.line();
    }

    @Override
    public int transmit(Burst burst) {
        tell(FrameObserver.Direction.OUT, burst);
        return port.transmit(burst);
    }

    @Override
    public void detach() {
        port.detach();
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

    /// Stands between the port and the switch.
    private final class Observed implements PortContext {
        private final PortContext context;

        Observed(PortContext context) {
            this.context = context;
        }

        @Override
        public IoEventLoop loop() {
            return context.loop();
        }

        @Override
        public void receive(Burst burst) {
            tell(FrameObserver.Direction.IN, burst);
            context.receive(burst);
        }

        @Override
        public void failed(Throwable cause) {
            context.failed(cause);
        }
    }
}
