package io.netyard.vswitch.stp;

import io.netyard.vswitch.pipeline.PortState;
import java.util.List;

/// A tree as one bridge sees it.
///
/// @param bridge its own identifier
/// @param root that of the root, its own if it is the root
/// @param rootCost of the path to the root
/// @param rootPort the number of the port to the root, 0 if it is the root
/// @param maxAge seconds, as the root gives them, as the next two
/// @param forwardDelay seconds
/// @param hello seconds
/// @param changes how often one of its ports started to forward
/// @param ports by number
public record TreeStatus(
        BridgeId bridge,
        BridgeId root,
        long rootCost,
        int rootPort,
        int maxAge,
        int forwardDelay,
        int hello,
        long changes,
        List<Port> ports) {
    public TreeStatus {
        ports = List.copyOf(ports);
    }

    /// A port.
    ///
    /// @param number from 1 on
    /// @param role what it is in the tree
    /// @param state what it does with frames
    /// @param cost of the path through it
    /// @param designatedBridge who serves the segment behind it
    /// @param designatedPort by which port identifier
    /// @param edge whether only stations are behind it
    /// @param rapid whether it speaks the rapid protocol; the older one if not
    /// @param unreadable frames that came as BPDUs and could not be read
    public record Port(
            int number,
            PortRole role,
            PortState state,
            long cost,
            BridgeId designatedBridge,
            int designatedPort,
            boolean edge,
            boolean rapid,
            long unreadable) {
        /// Whether nothing more will happen unless something happens to it.
        public boolean isSettled() {
            return switch (role) {
                case ROOT, DESIGNATED -> state == PortState.FORWARDING;
                case DISABLED, ALTERNATE, BACKUP -> state == PortState.DISCARDING;
            };
        }
    }

    /// Whether every port forwards or keeps frames back for good.
    public boolean isSettled() {
        return ports.stream().allMatch(Port::isSettled);
    }
}
