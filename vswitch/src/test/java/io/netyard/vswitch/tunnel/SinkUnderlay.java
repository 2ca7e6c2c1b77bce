package io.netyard.vswitch.tunnel;

import io.netyard.net.IpAddress;
import io.netyard.vswitch.port.PortCounters;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// An underlay of 1,500 bytes; what happens to datagrams that are sent is up to the test.
public abstract class SinkUnderlay implements Underlay {
    private final boolean isIpv6;
    private final PortCounters counters = new PortCounters();
    private @Nullable Context context;

    protected SinkUnderlay(boolean isIpv6) {
        this.isIpv6 = isIpv6;
    }

    /// Lets datagrams come in.
    public final void receive(Datagrams datagrams) {
        Objects.requireNonNull(context).receive(datagrams);
    }

    @Override
    public final boolean isIpv6() {
        return isIpv6;
    }

    @Override
    public final int mtu() {
        return 1500;
    }

    @Override
    public final PortCounters counters() {
        return counters;
    }

    @Override
    public void open(Context to) {
        context = to;
    }

    @Override
    public void join(IpAddress group) {
        throw new UnsupportedOperationException("there are no groups here");
    }

    @Override
    public void leave(IpAddress group) {
        throw new UnsupportedOperationException("there are no groups here");
    }

    @Override
    public void close() {}
}
