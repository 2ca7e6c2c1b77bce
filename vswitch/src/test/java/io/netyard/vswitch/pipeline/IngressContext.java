package io.netyard.vswitch.pipeline;

import io.netty.channel.IoEventLoop;
import io.netyard.vswitch.port.Burst;
import io.netyard.vswitch.port.PortContext;
import java.util.function.LongSupplier;

/// What a port gets of a relay that no loop runs.
///
/// @param now the time of frames that come in, in nanoseconds
public record IngressContext(MacRelay.Ingress ingress, LongSupplier now) implements PortContext {
    /// At a time that stands still.
    public IngressContext(MacRelay.Ingress ingress) {
        this(ingress, () -> 0);
    }

    @Override
    public IoEventLoop loop() {
        throw new IllegalStateException("no loop here");
    }

    @Override
    public void receive(Burst burst) {
        ingress.receive(burst, now.getAsLong());
    }

    @Override
    public void failed(Throwable cause) {
        throw new IllegalStateException(cause);
    }
}
