package io.netyard.vswitch.pipeline;

import io.netyard.vswitch.port.MemoryFrame;
import io.netyard.vswitch.port.MemoryPort;
import io.netyard.vswitch.port.Port;
import io.netyard.vswitch.port.PortCapabilities;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// A relay with memory ports and a clock that stands still unless it is told to go on.
final class RelayFixture implements AutoCloseable {
    private static final long SECOND = 1_000_000_000L;

    final List<String> failures = new ArrayList<>();
    final MacRelay relay = new MacRelay(1024, 1, (port, cause) -> failures.add(port + ": " + cause.getMessage()));
    private final Map<String, MemoryPort> ports = new LinkedHashMap<>();
    private final List<Port> others = new ArrayList<>();
    long now;

    RelayFixture add(String name, PortSettings settings) {
        return add(name, PortCapabilities.PLAIN, settings);
    }

    RelayFixture add(String name, PortCapabilities capabilities, PortSettings settings) {
        MemoryPort port = new MemoryPort(name, capabilities);
        ports.put(name, port);
        relay.add(port, settings, now);
        port.attach(new IngressContext(relay.ingress(name), () -> now));
        return this;
    }

    RelayFixture add(Port port, PortSettings settings) {
        others.add(port);
        relay.add(port, settings, now);
        port.attach(new IngressContext(relay.ingress(port.name()), () -> now));
        return this;
    }

    void remove(String name) {
        relay.remove(name);
        ports.remove(name).detach();
    }

    void passSeconds(int seconds) {
        now += seconds * SECOND;
    }

    /// Lets a frame come in and says where it went: `p2 HEX`, one for each copy.
    List<String> receive(String port, String hex) {
        return receive(port, new MemoryFrame(bytes(hex)));
    }

    List<String> receive(String port, MemoryFrame... frames) {
        send(port, frames);
        List<String> sent = new ArrayList<>();
        take().forEach((name, each) ->
                each.forEach(frame -> sent.add(name + " " + HexFormat.of().formatHex(frame.bytes()))));
        return sent;
    }

    void send(String port, MemoryFrame... frames) {
        ports.get(port).receive(List.of(frames));
    }

    Map<String, List<MemoryFrame>> take() {
        Map<String, List<MemoryFrame>> taken = new LinkedHashMap<>();
        ports.forEach((name, port) -> taken.put(name, port.takeSent()));
        return taken;
    }

    RelaySnapshot snapshot() {
        return relay.snapshot(now);
    }

    long drops(String port, DropReason reason) {
        return snapshot().port(port).drops(reason);
    }

    static byte[] bytes(String hex) {
        return HexFormat.of().parseHex(hex.replace(" ", ""));
    }

    @Override
    public void close() {
        ports.values().forEach(MemoryPort::detach);
        others.forEach(Port::detach);
        relay.close();
    }
}
