package io.netyard.topology.apply;

import io.netyard.net.InterfaceName;
import io.netyard.topology.state.Resource.Link;
import java.util.HashMap;
import java.util.Map;

/// The ifindex of each interface of a lab, by node and name.
final class Indexes {
    private final Map<String, Map<InterfaceName, Integer>> byNode = new HashMap<>();

    void put(Link link) {
        byNode.computeIfAbsent(link.node(), _ -> new HashMap<>()).put(link.name(), link.index());
    }

    /// @throws IllegalArgumentException if no interface of the lab has that name
    int get(String node, InterfaceName name) {
        Integer index = byNode.getOrDefault(node, Map.of()).get(name);
        if (index == null) {
            throw new IllegalArgumentException(node + " has no interface " + name);
        }
        return index;
    }
}
