package io.netyard.vswitch.wrap;

import io.netty.channel.IoEventLoop;
import io.netyard.vswitch.port.Burst;
import io.netyard.vswitch.port.LineState;
import io.netyard.vswitch.port.Port;
import io.netyard.vswitch.port.PortCapabilities;
import io.netyard.vswitch.port.PortContext;
import io.netyard.vswitch.port.PortCounters;

/// A port that does something to the frames of another one, and leaves the rest to it.
abstract class WrappedPort implements Port {
    final Port port;

    /// @param port which belongs to this one from then on
    WrappedPort(Port port) {
        this.port = port;
    }

    /// Frames came from the port, on their way to the switch.
    abstract void receive(Burst burst, PortContext to);

    @Override
    public final String name() {
        return port.name();
    }

    @Override
    public final PortCapabilities capabilities() {
        return port.capabilities();
    }

    @Override
    public final PortCounters counters() {
        return port.counters();
    }

    @Override
    public void attach(PortContext to) {
        port.attach(new Between(to));
    }

    @Override
    public final LineState line() {
        return port.line();
    }

    @Override
    public void detach() {
        port.detach();
    }

    /// Stands between the port and the switch.
    private final class Between implements PortContext {
        private final PortContext context;

        Between(PortContext context) {
            this.context = context;
        }

        @Override
        public IoEventLoop loop() {
            return context.loop();
        }

        @Override
        public void receive(Burst burst) {
            WrappedPort.this.receive(burst, context);
        }

        @Override
        public void failed(Throwable cause) {
            context.failed(cause);
        }
    }
}
