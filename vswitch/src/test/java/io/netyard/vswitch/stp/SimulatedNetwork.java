package io.netyard.vswitch.stp;

import io.netyard.net.MacAddress;
import io.netyard.vswitch.pipeline.PortState;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Random;

/// Bridges and cables in simulated time. Frames take a random time and stay in order; the seconds of the
/// bridges begin at different moments. After each event it is asked whether frames could go in circles.
final class SimulatedNetwork {
    private final Random random;
    private final TreeSettings template;
    private final List<Node> nodes = new ArrayList<>();
    private final List<Cable> cables = new ArrayList<>();
    private final PriorityQueue<Event> events =
            new PriorityQueue<>(Comparator.comparingLong(Event::at).thenComparingLong(Event::order));
    private long now;
    private long order;

    private record Event(long at, long order, Runnable action) {}

    SimulatedNetwork(Random random, int maxAge, int forwardDelay) {
        this.random = random;
        this.template = new TreeSettings(id(BridgeId.DEFAULT_PRIORITY, 0), maxAge, forwardDelay, 1);
    }

    static BridgeId id(int priority, int number) {
        return new BridgeId(priority, new MacAddress(0x0200_0000_0000L | number));
    }

    /// A bridge.
    final class Node implements TreeActions {
        final BridgeId id;
        final SpanningTree tree;
        final Map<Integer, End> ends = new HashMap<>();
        final Map<Integer, PortState> states = new HashMap<>();
        int flushes;
        boolean isDead;

        Node(BridgeId id) {
            this.id = id;
            this.tree = new SpanningTree(
                    new TreeSettings(id, template.maxAge(), template.forwardDelay(), template.hello()), this);
            at(random.nextInt(1000), this::tick);
        }

        private void tick() {
            if (!isDead) {
                tree.tick();
                at(1000, this::tick);
            }
        }

        @Override
        public void send(int port, byte[] frame) {
            End end = ends.get(port);
            if (end != null && end.cable.isUp) {
                end.cable.carry(end, frame);
            }
        }

        @Override
        public void changed() {}

        @Override
        public void state(int port, PortState state) {
            states.put(port, state);
        }

        @Override
        public void flush(int port) {
            flushes++;
        }

        boolean forwards(int port) {
            return !isDead && states.get(port) == PortState.FORWARDING;
        }
    }

    /// An end of a cable.
    static final class End {
        final Node node;
        final int port;
        final Cable cable;
        final long cost;
        long busyUntil;

        End(Node node, int port, Cable cable, long cost) {
            this.node = node;
            this.port = port;
            this.cable = cable;
            this.cost = cost;
        }

        End other() {
            return this == cable.a ? cable.b : cable.a;
        }

        boolean forwards() {
            return node.forwards(port);
        }
    }

    /// A cable.
    final class Cable {
        final End a;
        final End b;
        boolean isUp;
        private int generation;

        Cable(Node one, int portOfOne, long costOfOne, Node other, int portOfOther, long costOfOther) {
            this.a = new End(one, portOfOne, this, costOfOne);
            this.b = new End(other, portOfOther, this, costOfOther);
        }

        void carry(End from, byte[] frame) {
            End to = from.other();
            int sentIn = generation;
            from.busyUntil = Math.max(from.busyUntil, now + 1 + random.nextInt(40));
            at(from.busyUntil - now, () -> {
                if (isUp && generation == sentIn && !to.node.isDead) {
                    to.node.tree.receive(to.port, frame);
                }
            });
        }

        void setUp(boolean up) {
            generation++;
            isUp = up;
            for (End end : List.of(a, b)) {
                if (!end.node.isDead) {
                    end.node.tree.setUp(end.port, up);
                }
            }
        }
    }

    private void at(long delay, Runnable action) {
        events.add(new Event(now + delay, order++, action));
    }

    Node addNode(BridgeId id) {
        Node node = new Node(id);
        nodes.add(node);
        return node;
    }

    Cable join(Node one, long costOfOne, Node other, long costOfOther) {
        int portOfOne = one.ends.size() + 1;
        int portOfOther = other.ends.size() + (one == other ? 2 : 1);
        Cable cable = new Cable(one, portOfOne, costOfOne, other, portOfOther, costOfOther);
        one.ends.put(portOfOne, cable.a);
        other.ends.put(portOfOther, cable.b);
        one.tree.addPort(portOfOne, TreePortSettings.ofCost(costOfOne));
        other.tree.addPort(portOfOther, TreePortSettings.ofCost(costOfOther));
        cables.add(cable);
        return cable;
    }

    void kill(Node node) {
        node.isDead = true;
        for (End end : node.ends.values()) {
            end.cable.setUp(false);
        }
    }

    List<Node> nodes() {
        return nodes;
    }

    List<Cable> cables() {
        return cables;
    }

    long now() {
        return now;
    }

    /// Lets time pass.
    ///
    /// @param afterEach called after each event
    void run(long milliseconds, Runnable afterEach) {
        long end = now + milliseconds;
        while (!events.isEmpty() && events.peek().at() <= end) {
            Event next = events.remove();
            now = next.at();
            next.action().run();
            afterEach.run();
        }
        now = end;
    }

    /// A cable that closes a circle of forwarding ports, or null.
    Cable circle() {
        Map<Node, Node> joined = new HashMap<>();
        for (Cable cable : cables) {
            if (cable.isUp && cable.a.forwards() && cable.b.forwards()) {
                Node a = find(joined, cable.a.node);
                Node b = find(joined, cable.b.node);
                if (a == b) {
                    return cable;
                }
                joined.put(a, b);
            }
        }
        return null;
    }

    private static Node find(Map<Node, Node> joined, Node node) {
        Node at = node;
        while (joined.containsKey(at)) {
            at = joined.get(at);
        }
        return at;
    }
}
