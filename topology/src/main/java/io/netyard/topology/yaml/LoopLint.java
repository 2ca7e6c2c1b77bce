package io.netyard.topology.yaml;

import io.netyard.net.VlanId;
import io.netyard.topology.model.Cable;
import io.netyard.topology.model.CableEnd;
import io.netyard.topology.model.Interface;
import io.netyard.topology.model.Membership;
import io.netyard.topology.model.Node;
import io.netyard.topology.model.NodeKind;
import io.netyard.topology.model.NodeName;
import io.netyard.topology.model.SwitchPort;
import io.netyard.topology.model.Topology;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// Warns of cables that close a circle of switches none of which runs a spanning tree: broadcasts would go
/// round in it for ever. One switch with a tree is enough to break a circle that goes through it, so those
/// are left out, and what is left must have no circles, in any VLAN.
final class LoopLint {
    private final Topology topology;
    private final Positions positions;
    private final Diagnostics diagnostics;
    private final Map<NodeName, Node> open = new HashMap<>();

    LoopLint(Topology topology, Positions positions, Diagnostics diagnostics) {
        this.topology = topology;
        this.positions = positions;
        this.diagnostics = diagnostics;
        topology.nodes().stream()
                .filter(node -> node.kind().hasPorts() && node.tree().isEmpty())
                .forEach(node -> open.put(node.name(), node));
    }

    void check() {
        Set<Cable> told = new HashSet<>();
        checkIn(Optional.empty(), told);
        Set<VlanId> vlans = new TreeSet<>();
        open.values().forEach(node -> node.ports().forEach(port -> vlans.addAll(named(port.membership()))));
        vlans.forEach(vlan -> checkIn(Optional.of(vlan), told));
    }

    private static Set<VlanId> named(Membership membership) {
        return switch (membership) {
            case Membership.Plain _ -> Set.of();
            case Membership.Access access -> Set.of(access.vlan());
            case Membership.Trunk trunk -> trunk.vlans();
        };
    }

    /// @param vlan empty for frames of no named VLAN
    private void checkIn(Optional<VlanId> vlan, Set<Cable> told) {
        Map<NodeName, List<NodeName>> neighbours = new HashMap<>();
        for (Cable cable : topology.links()) {
            if (carries(cable.a(), vlan) && carries(cable.b(), vlan)) {
                NodeName a = cable.a().node();
                NodeName b = cable.b().node();
                Optional<List<NodeName>> path = path(neighbours, a, b);
                if (path.isPresent() && told.add(cable)) {
                    warn(cable, path.get());
                }
                neighbours.computeIfAbsent(a, _ -> new ArrayList<>()).add(b);
                neighbours.computeIfAbsent(b, _ -> new ArrayList<>()).add(a);
            }
        }
    }

    private boolean carries(CableEnd end, Optional<VlanId> vlan) {
        Node node = open.get(end.node());
        if (node == null || !isPort(node, end)) {
            return false;
        }
        if (node.kind() == NodeKind.HUB || node.ports().isEmpty()) {
            return true;
        }
        return switch (membership(node, end)) {
            case Membership.Plain _ -> vlan.isEmpty();
            case Membership.Access access -> vlan.filter(access.vlan()::equals).isPresent();
            case Membership.Trunk trunk ->
                vlan.filter(each -> trunk.carriesAll() || trunk.vlans().contains(each))
                        .isPresent();
        };
    }

    private static boolean isPort(Node node, CableEnd end) {
        return node.interfaces().stream()
                .filter(each -> each.name().equals(end.interfaceName()))
                .allMatch(Interface::isSwitchPort);
    }

    private static Membership membership(Node node, CableEnd end) {
        return node.ports().stream()
                .filter(port -> port.name().equals(end.interfaceName()))
                .map(SwitchPort::membership)
                .findFirst()
                .orElse(new Membership.Plain());
    }

    /// A way from one switch to another, both included; the one switch alone if they are the same.
    private static Optional<List<NodeName>> path(Map<NodeName, List<NodeName>> neighbours, NodeName from, NodeName to) {
        Map<NodeName, NodeName> cameFrom = new HashMap<>(Map.of(from, from));
        List<NodeName> next = new ArrayList<>(List.of(from));
        for (int at = 0; at < next.size(); at++) {
            for (NodeName neighbour : neighbours.getOrDefault(next.get(at), List.of())) {
                if (cameFrom.putIfAbsent(neighbour, next.get(at)) == null) {
                    next.add(neighbour);
                }
            }
        }
        if (!cameFrom.containsKey(to)) {
            return Optional.empty();
        }
        List<NodeName> path = new ArrayList<>(List.of(to));
        while (!path.getFirst().equals(from)) {
            path.addFirst(cameFrom.get(path.getFirst()));
        }
        return Optional.of(path);
    }

    private void warn(Cable cable, List<NodeName> path) {
        boolean allHubs = open.values().stream()
                .filter(node -> path.contains(node.name()))
                .allMatch(node -> node.kind() == NodeKind.HUB);
        String way = String.join(", ", path.stream().map(NodeName::value).toList());
        diagnostics.warning(
                positions.of(cable),
                path.size() == 1
                        ? "this link joins " + way + " to itself: frames go round in it for ever"
                        : "this link closes a loop of " + way + ": frames go round in it for ever",
                allHubs
                        ? "hubs cannot break a loop; leave a link out"
                        : "say 'stp: true' at the switches, or leave a link out");
    }
}
