package io.netyard.vswitch;

import io.netyard.vswitch.pipeline.MacRelay;
import io.netyard.vswitch.pipeline.PortState;
import io.netyard.vswitch.port.LineState;
import io.netyard.vswitch.port.Port;
import io.netyard.vswitch.stp.SpanningTree;
import io.netyard.vswitch.stp.TreeActions;
import io.netyard.vswitch.stp.TreePortSettings;
import io.netyard.vswitch.stp.TreeStatus;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// A spanning tree that decides which ports of a relay forward.
final class TreeGuard implements Guard, TreeActions {
    /// Without a change of any port: what a neighbour will say about the last one has come by then.
    private static final int QUIET_TICKS = 3;

    private final MacRelay relay;
    private final GuardedPorts ports;
    private final Map<Integer, Port> watched = new LinkedHashMap<>();
    private final SpanningTree tree;
    private LoopProtection.Tree wanted;
    private int ticks;
    private int restlessUntil = QUIET_TICKS;

    TreeGuard(MacRelay relay, GuardedPorts ports, LoopProtection.Tree wanted) {
        this.relay = relay;
        this.ports = ports;
        this.wanted = wanted;
        this.tree = new SpanningTree(wanted.settings(), this);
    }

    /// Changes the settings of the bridge, and tells whether that is all that differs.
    boolean configure(LoopProtection.Tree changed) {
        if (!changed.shared().equals(wanted.shared())) {
            return false;
        }
        wanted = changed;
        tree.configure(changed.settings());
        return true;
    }

    @Override
    public void attached(int number, Port port) {
        relay.hold(port.name(), PortState.DISCARDING);
        LineState line = port.line();
        TreePortSettings settings = TreePortSettings.ofCost(cost(line));
        watched.put(number, port);
        tree.addPort(number, wanted.shared().contains(port.name()) ? settings.shared() : settings);
        tree.setUp(number, takesPart(port, line));
    }

    /// A port that others are mirrored to is not of the network.
    private boolean takesPart(Port port, LineState line) {
        return line.up() && !relay.isMirror(port.name());
    }

    @Override
    public void detached(int number, String name) {
        watched.remove(number);
        tree.removePort(number);
    }

    /// As the kernel's bridge counts, so that the tree is the same whoever forwards (IEEE 802.1D-1998 table
    /// 8-5): 2 at 10 Gbit/s, 100 where nobody knows.
    static long cost(LineState line) {
        int speed = line.megabits();
        if (speed > 10_000) {
            return 1;
        }
        return speed >= 10_000
                ? 2
                : speed >= 5000 ? 3 : speed >= 2500 ? 4 : speed >= 1000 ? 5 : speed >= 100 ? 19 : 100;
    }

    @Override
    public void tick() {
        watchLines();
        ticks++;
        if (ticks % TICKS_PER_SECOND == 0) {
            tree.tick();
        }
    }

    private void watchLines() {
        watched.forEach((number, port) -> {
            LineState line = port.line();
            tree.setUp(number, takesPart(port, line));
            if (line.up()) {
                tree.setCost(number, cost(line));
            }
        });
    }

    @Override
    public boolean wants(long destination) {
        return destination == SpanningTree.GROUP;
    }

    @Override
    public boolean take(String port, int vlan, byte[] frame) {
        tree.receive(ports.number(port), frame);
        return true;
    }

    @Override
    public void send(int port, byte[] frame) {
        relay.send(ports.name(port), frame);
    }

    @Override
    public void state(int port, PortState state) {
        restlessUntil = ticks + QUIET_TICKS;
        relay.hold(ports.name(port), state);
    }

    @Override
    public void flush(int port) {
        relay.forgetLearned(ports.name(port));
    }

    @Override
    public void changed() {
        relay.topologyChanged();
    }

    @Override
    public ProtectionStatus status() {
        watchLines();
        TreeStatus status = tree.status();
        Map<String, TreeStatus.Port> byName = new LinkedHashMap<>();
        status.ports().forEach(port -> byName.put(ports.name(port.number()), port));
        boolean isSettled = ticks >= restlessUntil && status.isSettled();
        return new ProtectionStatus(Optional.of(status), byName, Map.of(), isSettled);
    }
}
