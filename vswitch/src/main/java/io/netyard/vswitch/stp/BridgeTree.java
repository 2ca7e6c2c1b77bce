package io.netyard.vswitch.stp;

import java.util.Collection;
import java.util.TreeMap;
import java.util.function.Consumer;

/// The variables of a bridge (IEEE 802.1D-2004 clause 17.18), and its ports by number.
final class BridgeTree {
    final TreeActions actions;
    final TreeMap<Integer, TreePort> ports = new TreeMap<>();
    TreeSettings settings;

    /// The best that is known (`rootPriority`), and the times that come with it.
    PriorityVector priority;

    Times times;

    /// The number of the port towards the root, 0 if the bridge is the root.
    int rootPort;

    long changes;

    BridgeTree(TreeSettings settings, TreeActions actions) {
        this.actions = actions;
        this.settings = settings;
        this.priority = PriorityVector.ofItself(settings.bridge());
        this.times = settings.times();
    }

    BridgeId id() {
        return settings.bridge();
    }

    Collection<TreePort> ports() {
        return ports.values();
    }

    void forOthers(TreePort one, Consumer<TreePort> action) {
        for (TreePort port : ports()) {
            if (port != one) {
                action.accept(port);
            }
        }
    }

    /// `allSynced`.
    boolean isInStep() {
        for (TreePort port : ports()) {
            if (!port.isInStep()) {
                return false;
            }
        }
        return true;
    }

    /// `reRooted`: no other port led to the root a moment ago.
    boolean hasLeftOtherRoots(TreePort one) {
        for (TreePort port : ports()) {
            if (port != one && port.recentRootWhile != 0) {
                return false;
            }
        }
        return true;
    }
}
