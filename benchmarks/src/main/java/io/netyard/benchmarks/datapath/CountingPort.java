package io.netyard.benchmarks.datapath;

import io.netyard.vswitch.port.Burst;
import io.netyard.vswitch.port.Port;
import io.netyard.vswitch.port.PortCapabilities;
import io.netyard.vswitch.port.PortContext;
import io.netyard.vswitch.port.PortCounters;

/// A port that counts what it is given.
final class CountingPort implements Port {
    private final String name;
    private final PortCounters counters = new PortCounters();
    private long bytes;

    CountingPort(String name) {
        this.name = name;
    }

    long bytes() {
        return bytes;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public PortCapabilities capabilities() {
        return PortCapabilities.PLAIN;
    }

    @Override
    public PortCounters counters() {
        return counters;
    }

    @Override
    public void attach(PortContext context) {}

    @Override
    public int transmit(Burst burst) {
        for (int at = 0; at < burst.size(); at++) {
            bytes += burst.length(at);
        }
        return burst.size();
    }

    @Override
    public void detach() {}
}
