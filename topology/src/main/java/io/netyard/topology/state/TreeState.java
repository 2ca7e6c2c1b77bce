package io.netyard.topology.state;

import java.util.List;
import java.util.Optional;

/// The spanning tree as one bridge sees it at a moment. Bridges are written as the kernel writes them,
/// priority and address: `8000.020000000001`.
///
/// @param node the node that the bridge is on
/// @param name the bridge
/// @param bridge its identifier
/// @param root the identifier of the root, its own if it is the root
/// @param rootCost of the path to the root
/// @param rootPort the port to the root; empty if it is the root
/// @param maxAge seconds, as the root gives them, as the next two
/// @param forwardDelay seconds
/// @param hello seconds
/// @param settled whether every port forwards or is blocked for good, as far as the bridge can tell
public record TreeState(
        String node,
        String name,
        String bridge,
        String root,
        long rootCost,
        Optional<String> rootPort,
        int maxAge,
        int forwardDelay,
        int hello,
        boolean settled,
        List<Port> ports) {
    public TreeState {
        ports = List.copyOf(ports);
    }

    /// A port.
    ///
    /// @param role `root`, `designated`, `alternate`, `backup` or `disabled`
    /// @param state `forwarding`, `learning`, `discarding`; of a bridge of the kernel also `listening`,
    ///     `blocking`, `disabled`
    /// @param cost of the path through it
    /// @param designatedBridge who serves the segment behind it
    /// @param protocol `rstp` or `stp`: which one it speaks to its neighbour
    public record Port(String name, String role, String state, long cost, String designatedBridge, String protocol) {}
}
