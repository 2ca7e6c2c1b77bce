package io.netyard.vswitch;

import io.netyard.vswitch.loop.LoopActions;
import io.netyard.vswitch.loop.LoopDetector;
import io.netyard.vswitch.loop.Probe;
import io.netyard.vswitch.pipeline.MacRelay;
import io.netyard.vswitch.pipeline.PortState;
import io.netyard.vswitch.port.Port;
import java.security.SecureRandom;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;

/// Loop detection at a relay.
final class LoopGuard implements Guard, LoopActions {
    /// VLANs of a port that are probed in one round. The next round goes on behind them.
    private static final int MOST_VLANS = 64;

    private static final SecureRandom LOT = new SecureRandom();

    private final MacRelay relay;
    private final GuardedPorts ports;
    private final BiConsumer<String, Boolean> loopFound;
    private final Map<Integer, Integer> lastProbed = new HashMap<>();
    private final LoopDetector detector = new LoopDetector(LOT.nextLong(), this);

    LoopGuard(MacRelay relay, GuardedPorts ports, BiConsumer<String, Boolean> loopFound) {
        this.relay = relay;
        this.ports = ports;
        this.loopFound = loopFound;
    }

    @Override
    public void attached(int number, Port port) {
        detector.addPort(number);
    }

    @Override
    public void detached(int number, String name) {
        detector.removePort(number);
        lastProbed.remove(number);
    }

    @Override
    public void tick() {
        detector.tick(relay.moves());
    }

    @Override
    public boolean wants(long destination) {
        return destination == Probe.GROUP;
    }

    @Override
    public boolean take(String port, int vlan, byte[] frame) {
        return detector.receive(ports.number(port), vlan, frame);
    }

    @Override
    public Collection<Integer> vlans(int port) {
        String name = ports.name(port);
        List<Integer> next = relay.vlans(name, lastProbed.getOrDefault(port, 0), MOST_VLANS);
        if (next.isEmpty()) {
            next = relay.vlans(name, 0, MOST_VLANS);
        }
        lastProbed.put(port, next.isEmpty() ? 0 : next.getLast());
        return next;
    }

    @Override
    public void send(int port, int vlan, byte[] frame) {
        relay.send(ports.name(port), vlan, frame);
    }

    @Override
    public boolean passes(int from, int to, int vlan) {
        return relay.passes(ports.name(from), ports.name(to), vlan);
    }

    @Override
    public void block(int port, boolean blocked) {
        relay.hold(ports.name(port), blocked ? PortState.DISCARDING : PortState.FORWARDING);
        loopFound.accept(ports.name(port), blocked);
    }

    @Override
    public ProtectionStatus status() {
        Map<String, LoopDetector.PortStatus> byName = new LinkedHashMap<>();
        detector.ports().forEach(port -> byName.put(ports.name(port.number()), port));
        return new ProtectionStatus(Optional.empty(), Map.of(), byName, true);
    }
}
