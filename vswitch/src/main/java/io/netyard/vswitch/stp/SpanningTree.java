package io.netyard.vswitch.stp;

import java.util.Optional;

/// The part of one bridge in a spanning tree: which of its ports may forward, so that frames cannot go in
/// circles and yet get everywhere.
public final class SpanningTree {
    /// The address that BPDUs are sent to.
    public static final long GROUP = BpduFrame.GROUP;

    /// The largest number of a port.
    public static final int MAX_PORT = 0xfff;

    /// More than any sequence of BPDUs can ask for; a bound only, so that an error here cannot hold a
    /// switch up.
    private static final int MOST_ROUNDS = 1000;

    private final BridgeTree bridge;
    private boolean ranOut;

    /// Makes a tree without ports.
    ///
    /// @param actions what it does at its bridge, called from within the methods here
    public SpanningTree(TreeSettings settings, TreeActions actions) {
        this.bridge = new BridgeTree(settings, actions);
    }

    /// Adds a port, which is down and keeps frames back.
    ///
    /// @param number 1 to [#MAX_PORT]
    /// @throws IllegalArgumentException if there is one of this number
    public void addPort(int number, TreePortSettings settings) {
        if (number < 1 || number > MAX_PORT) {
            throw new IllegalArgumentException("a port has a number of 1 to " + MAX_PORT + ", not " + number);
        }
        if (bridge.ports.putIfAbsent(number, new TreePort(bridge, number, settings)) != null) {
            throw new IllegalArgumentException("there is a port " + number + " already");
        }
        run();
    }

    /// Takes a port away. One that is not there is no error.
    public void removePort(int number) {
        if (bridge.ports.containsKey(number)) {
            setUp(number, false);
            bridge.ports.remove(number);
            bridge.ports().forEach(TreePort::reselect);
            run();
        }
    }

    /// Whether frames pass between the port and its neighbour.
    public void setUp(int number, boolean up) {
        TreePort port = port(number);
        if (port.enabled != up) {
            port.enabled = up;
            run();
        }
    }

    /// Sets the cost of the path through a port.
    public void setCost(int number, long cost) {
        TreePort port = port(number);
        TreePortSettings old = port.settings;
        if (old.cost() != cost) {
            port.settings = new TreePortSettings(cost, old.priority(), old.edge(), old.autoEdge(), old.pointToPoint());
            port.reselect();
            run();
        }
    }

    /// Changes how the bridge takes part.
    public void configure(TreeSettings settings) {
        if (!settings.equals(bridge.settings)) {
            bridge.settings = settings;
            bridge.ports().forEach(TreePort::reselect);
            run();
        }
    }

    /// Takes a frame for [#GROUP] in that came by a port.
    ///
    /// @param frame from its destination address on
    public void receive(int number, byte[] frame) {
        TreePort port = port(number);
        if (!port.enabled) {
            return;
        }
        Optional<Bpdu> bpdu = BpduFrame.read(frame);
        if (bpdu.isEmpty()) {
            port.unreadable++;
            return;
        }
        Reception.receive(port, bpdu.get());
        run();
    }

    /// Lets a second pass.
    public void tick() {
        bridge.ports().forEach(TreePort::tick);
        run();
    }

    /// The tree as this bridge sees it.
    public TreeStatus status() {
        return new TreeStatus(
                bridge.id(),
                bridge.priority.root(),
                bridge.priority.cost(),
                bridge.rootPort,
                bridge.times.maxAge(),
                bridge.times.forwardDelay(),
                bridge.times.hello(),
                bridge.changes,
                bridge.ports().stream().map(SpanningTree::status).toList());
    }

    private static TreeStatus.Port status(TreePort port) {
        return new TreeStatus.Port(
                port.number(),
                port.role,
                port.state,
                port.settings.cost(),
                port.priority.bridge(),
                port.priority.port(),
                port.operEdge,
                port.sendRapid,
                port.unreadable);
    }

    /// Whether the machines ever went round without an end.
    boolean ranOut() {
        return ranOut;
    }

    private TreePort port(int number) {
        TreePort port = bridge.ports.get(number);
        if (port == null) {
            throw new IllegalArgumentException("there is no port " + number);
        }
        return port;
    }

    /// Lets the machines go on until none wants to, and only then says what came of it.
    private void run() {
        int rounds = 0;
        while (rounds <= MOST_ROUNDS && round()) {
            rounds++;
        }
        ranOut |= rounds > MOST_ROUNDS;
        for (TreePort port : bridge.ports()) {
            while (Sending.step(port)) {
                // The next one, if there is.
            }
        }
    }

    private boolean round() {
        boolean moved = false;
        for (TreePort port : bridge.ports()) {
            moved |= Reception.migrate(port);
            moved |= Reception.detectEdge(port);
            moved |= Reception.inform(port);
        }
        moved |= RoleSelection.select(bridge);
        for (TreePort port : bridge.ports()) {
            moved |= RoleTransitions.step(port);
            moved |= RoleTransitions.applyState(port);
            moved |= TopologyChanges.step(port);
        }
        return moved;
    }
}
