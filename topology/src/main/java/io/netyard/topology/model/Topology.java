package io.netyard.topology.model;

import io.netyard.net.VlanId;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;

/// What one topology file says of one lab, with all ranges expanded.
///
/// @param vlans VLANs by name, in the order of the file
/// @param nodesByName in the order of the file
public record Topology(
        LabName lab,
        Optional<String> description,
        Defaults defaults,
        Map<String, VlanId> vlans,
        SequencedMap<NodeName, Node> nodesByName,
        List<Cable> links,
        List<Overlay> overlays,
        List<Check> checks) {
    public Topology {
        vlans = Collections.unmodifiableMap(new LinkedHashMap<>(vlans));
        nodesByName = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(nodesByName));
        links = List.copyOf(links);
        overlays = List.copyOf(overlays);
        checks = List.copyOf(checks);
    }

    /// All nodes, in the order of the file.
    public Collection<Node> nodes() {
        return nodesByName.values();
    }

    /// The node of this name.
    public Optional<Node> node(NodeName name) {
        return Optional.ofNullable(nodesByName.get(name));
    }
}
