package io.netyard.topology.model;

import io.netyard.net.InterfaceName;

/// One end of a cable: an interface of a node.
public record CableEnd(NodeName node, InterfaceName interfaceName) {
    @Override
    public String toString() {
        return node + ":" + interfaceName;
    }
}
