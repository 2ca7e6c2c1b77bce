package io.netyard.topology.model;

import java.util.List;
import java.util.Optional;

/// A node: one network namespace.
///
/// @param driver who forwards frames, of a switch; a hub is always in user space
/// @param multicast what it does with groups, of a switch
/// @param tree how it takes part in a spanning tree, of a switch that does
/// @param interfaces those that the file lists; link ends that only a cable names are not among them
/// @param ports of a switch, those that say which VLANs they carry
public record Node(
        NodeName name,
        NodeKind kind,
        SwitchDriver driver,
        Multicast multicast,
        Optional<SpanningTree> tree,
        List<Interface> interfaces,
        List<SwitchPort> ports,
        List<StaticRoute> routes) {
    public Node {
        interfaces = List.copyOf(interfaces);
        ports = List.copyOf(ports);
        routes = List.copyOf(routes);
    }
}
