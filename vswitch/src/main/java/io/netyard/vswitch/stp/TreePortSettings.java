package io.netyard.vswitch.stp;

/// How a port takes part.
///
/// @param cost of the path through it, 1 to 200,000,000
/// @param priority 0 to 240 in steps of 16; of two ports to the same bridge, the lower one wins
/// @param edge whether only stations are behind it, until a BPDU comes in: it forwards at once
/// @param autoEdge whether it finds that out, by three seconds of silence
/// @param pointToPoint whether at most one other bridge is behind it: only then an agreement counts
public record TreePortSettings(long cost, int priority, boolean edge, boolean autoEdge, boolean pointToPoint) {
    /// The priority in the middle, which ports have unless told otherwise.
    public static final int DEFAULT_PRIORITY = 128;

    private static final long MAX_COST = 200_000_000;

    public TreePortSettings {
        if (cost < 1 || cost > MAX_COST) {
            throw new IllegalArgumentException("a path cost is 1 to 200,000,000, not " + cost);
        }
        if (priority < 0 || priority > 240 || priority % 16 != 0) {
            throw new IllegalArgumentException("a port priority is 0 to 240 in steps of 16, not " + priority);
        }
    }

    /// A cable to one neighbour, of which it is found out whether it is a bridge.
    public static TreePortSettings ofCost(long cost) {
        return new TreePortSettings(cost, DEFAULT_PRIORITY, false, true, true);
    }

    /// The same on a segment that more than two bridges may share.
    public TreePortSettings shared() {
        return new TreePortSettings(cost, priority, edge, autoEdge, false);
    }
}
