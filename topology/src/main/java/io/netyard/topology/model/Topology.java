package io.netyard.topology.model;

import io.netyard.net.VlanId;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What one topology file says of one lab, with all ranges expanded.
///
/// @param vlans VLANs by name, in the order of the file
public record Topology(
        LabName lab,
        Optional<String> description,
        Defaults defaults,
        Map<String, VlanId> vlans,
        List<Node> nodes,
        List<Cable> links,
        List<Overlay> overlays,
        List<Check> checks) {
    public Topology {
        vlans = Collections.unmodifiableMap(new LinkedHashMap<>(vlans));
        nodes = List.copyOf(nodes);
        links = List.copyOf(links);
        overlays = List.copyOf(overlays);
        checks = List.copyOf(checks);
    }

    /// The node of this name.
    public Optional<Node> node(NodeName name) {
        for (Node node : nodes) {
            if (node.name().equals(name)) {
                return Optional.of(node);
            }
        }
        return Optional.empty();
    }
}
