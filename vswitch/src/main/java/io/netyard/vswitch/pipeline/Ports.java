package io.netyard.vswitch.pipeline;

import io.netyard.vswitch.mac.MacTable;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The ports of a switch, by number and one after the other.
final class Ports {
    private final @Nullable SwitchPort[] byIndex = new @Nullable SwitchPort[MacTable.MAX_PORTS];
    private final List<SwitchPort> active = new ArrayList<>();

    /// A number that no port has.
    ///
    /// @throws IllegalStateException if there is none
    int freeIndex() {
        for (int index = 0; index < byIndex.length; index++) {
            if (byIndex[index] == null) {
                return index;
            }
        }
        throw new IllegalStateException("a switch has " + byIndex.length + " ports at the most");
    }

    void add(SwitchPort port) {
        byIndex[port.index] = port;
        active.add(port);
    }

    void remove(SwitchPort port) {
        byIndex[port.index] = null;
        active.remove(port);
    }

    /// The port with a number that is in use.
    SwitchPort at(int index) {
        SwitchPort port = byIndex[index];
        if (port == null) {
            throw new IllegalStateException("there is no port " + index);
        }
        return port;
    }

    int size() {
        return active.size();
    }

    /// A port, in the order in which they were added.
    ///
    /// @param at 0 to [#size] - 1
    SwitchPort active(int at) {
        return active.get(at);
    }
}
