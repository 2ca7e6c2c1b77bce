package io.netyard.topology.model;

/// How a switch takes part in a spanning tree.
///
/// @param priority 0 to [#MOST_PRIORITY], in steps of [#STEP]; the lowest becomes the root
public record SpanningTree(int priority) {
    /// Priorities go in steps of this (IEEE 802.1D-2004 clause 9.2.5).
    public static final int STEP = 4096;

    /// The highest priority.
    public static final int MOST_PRIORITY = 15 * STEP;

    /// What holds where a file says nothing.
    public static final int DEFAULT_PRIORITY = 8 * STEP;
}
