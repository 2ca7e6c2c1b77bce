package io.netyard.topology.state;

import io.netyard.net.InterfaceName;
import io.netyard.net.MacAddress;
import java.util.Collections;
import java.util.Set;
import java.util.TreeSet;

/// How a switch in user space keeps frames from going in circles.
public sealed interface LoopProtection {
    /// Not at all.
    record None() implements LoopProtection {
        @Override
        public String toString() {
            return "none";
        }
    }

    /// By finding loops that frames are caught in, and blocking a port.
    record Detection() implements LoopProtection {
        @Override
        public String toString() {
            return "loop detection";
        }
    }

    /// By a spanning tree (IEEE 802.1D-2004).
    ///
    /// @param priority of the bridge
    /// @param address of the bridge
    /// @param maxAge seconds, as `IFLA_BR_MAX_AGE`
    /// @param forwardDelay seconds, as `IFLA_BR_FORWARD_DELAY`
    /// @param shared ports behind which more than one other bridge may be
    record Tree(int priority, MacAddress address, int maxAge, int forwardDelay, Set<InterfaceName> shared)
            implements LoopProtection {
        public Tree {
            shared = Collections.unmodifiableSet(new TreeSet<>(shared));
        }

        @Override
        public String toString() {
            return "spanning tree, priority " + priority + ", max age " + maxAge + " s, forward delay " + forwardDelay
                    + " s" + (shared.isEmpty() ? "" : ", shared " + shared);
        }
    }
}
