package io.netyard.vswitch.stp;

/// What bridges compare to agree on a tree (IEEE 802.1D-2004 clause 17.5): the lower, the better.
///
/// @param root the bridge that is taken for the root
/// @param cost of the path to it, 0 to 2^32 - 1
/// @param bridge who says so
/// @param port the identifier of the port by which it says so, 16 bits
record PriorityVector(BridgeId root, long cost, BridgeId bridge, int port) implements Comparable<PriorityVector> {
    PriorityVector {
        if (cost < 0 || cost > 0xffff_ffffL || port < 0 || port > 0xffff) {
            throw new IllegalArgumentException("no priority vector: cost " + cost + ", port " + port);
        }
    }

    /// What a bridge says of itself as long as it knows of nobody better.
    static PriorityVector ofItself(BridgeId bridge) {
        return new PriorityVector(bridge, 0, bridge, 0);
    }

    /// The same as seen behind a port.
    PriorityVector plus(long portCost) {
        return new PriorityVector(root, Math.min(cost + portCost, 0xffff_ffffL), bridge, port);
    }

    /// What the owner of this vector says by one of its ports.
    PriorityVector saidBy(BridgeId own, int ownPort) {
        return new PriorityVector(root, cost, own, ownPort);
    }

    boolean isBetterThan(PriorityVector other) {
        return compareTo(other) < 0;
    }

    /// Whether it replaces what was known: it is better, or comes from where that came from (clause 17.6).
    boolean isSuperiorTo(PriorityVector known) {
        boolean sameSource = bridge.address().equals(known.bridge.address()) && (port & 0xfff) == (known.port & 0xfff);
        return isBetterThan(known) || sameSource && !equals(known);
    }

    @Override
    public int compareTo(PriorityVector other) {
        int byRoot = root.compareTo(other.root);
        if (byRoot != 0) {
            return byRoot;
        }
        int byCost = Long.compare(cost, other.cost);
        if (byCost != 0) {
            return byCost;
        }
        int byBridge = bridge.compareTo(other.bridge);
        return byBridge != 0 ? byBridge : Integer.compare(port, other.port);
    }
}
