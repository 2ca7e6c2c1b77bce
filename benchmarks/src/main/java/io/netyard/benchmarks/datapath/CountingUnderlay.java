package io.netyard.benchmarks.datapath;

import io.netyard.net.IpAddress;
import io.netyard.vswitch.port.PortCounters;
import io.netyard.vswitch.tunnel.Datagrams;
import io.netyard.vswitch.tunnel.Underlay;
import org.jspecify.annotations.Nullable;

/// An underlay that counts what it is given.
final class CountingUnderlay implements Underlay {
    private final PortCounters counters = new PortCounters();
    private @Nullable Context context;
    private long bytes;

    /// Lets datagrams come in.
    void receive(Datagrams datagrams) {
        Context receiver = context;
        if (receiver != null) {
            receiver.receive(datagrams);
        }
    }

    long bytes() {
        return bytes;
    }

    @Override
    public boolean isIpv6() {
        return false;
    }

    @Override
    public int mtu() {
        return 1500;
    }

    @Override
    public PortCounters counters() {
        return counters;
    }

    @Override
    public void open(Context to) {
        context = to;
    }

    @Override
    public void join(IpAddress group) {}

    @Override
    public void leave(IpAddress group) {
        throw new UnsupportedOperationException("there are no groups here");
    }

    @Override
    public int send(Datagrams datagrams) {
        for (int at = 0; at < datagrams.size(); at++) {
            bytes += datagrams.length(at);
        }
        return datagrams.size();
    }

    @Override
    public void close() {
        context = null;
    }
}
