package io.netyard.vswitch.pipeline;

import io.netyard.vswitch.port.Port;
import io.netyard.vswitch.port.PortCapabilities;
import io.netyard.vswitch.port.PortContext;
import io.netyard.vswitch.port.PortCounters;

/// A port that nothing comes in by; what happens to frames that are sent through it is up to the test.
abstract class SinkPort implements Port {
    private final String name;
    private final PortCapabilities capabilities;
    private final PortCounters counters = new PortCounters();

    SinkPort(String name, PortCapabilities capabilities) {
        this.name = name;
        this.capabilities = capabilities;
    }

    @Override
    public final String name() {
        return name;
    }

    @Override
    public final PortCapabilities capabilities() {
        return capabilities;
    }

    @Override
    public final PortCounters counters() {
        return counters;
    }

    @Override
    public final void attach(PortContext context) {}

    @Override
    public final void detach() {}
}
