package io.netyard.vswitch;

import io.netyard.vswitch.stp.TreeSettings;
import java.util.Set;

/// How a switch keeps frames from going in circles.
public sealed interface LoopProtection {
    /// Not at all.
    record None() implements LoopProtection {}

    /// By finding loops once frames are caught in them, see [io.netyard.vswitch.loop.LoopDetector].
    record Detection() implements LoopProtection {}

    /// By agreeing on a tree with the switches around, see [io.netyard.vswitch.stp.SpanningTree].
    ///
    /// @param shared the names of ports behind which more than one other switch may be at once, such as
    ///     those to a hub
    record Tree(TreeSettings settings, Set<String> shared) implements LoopProtection {
        public Tree {
            shared = Set.copyOf(shared);
        }
    }
}
