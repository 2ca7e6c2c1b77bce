package io.netyard.vswitch.stp;

import io.netyard.vswitch.stp.SimulatedNetwork.Cable;
import io.netyard.vswitch.stp.SimulatedNetwork.End;
import io.netyard.vswitch.stp.SimulatedNetwork.Node;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// What a network has to agree on, from its graph alone: the lowest bridge of each connected part is the
/// root, distances are shortest paths, and each cable is served by its end nearest to the root.
final class ExpectedTree {
    private final Map<Node, Node> roots = new HashMap<>();
    private final Map<Node, Long> distances = new HashMap<>();
    private final Map<End, PortRole> roles = new HashMap<>();

    ExpectedTree(List<Node> nodes, List<Cable> cables) {
        List<Cable> up = cables.stream().filter(cable -> cable.isUp).toList();
        List<Node> alive = nodes.stream()
                .filter(node -> !node.isDead)
                .sorted(Comparator.comparing(node -> node.id))
                .toList();
        for (Node node : alive) {
            if (!roots.containsKey(node)) {
                spread(node, up);
            }
        }
        for (Cable cable : up) {
            End designated = isNearer(cable.a, cable.b) ? cable.a : cable.b;
            roles.put(designated, PortRole.DESIGNATED);
            boolean leadsBack = cable.a.node == cable.b.node;
            roles.put(designated.other(), leadsBack ? PortRole.BACKUP : PortRole.ALTERNATE);
        }
        for (Node node : alive) {
            node.ends.values().stream()
                    .filter(end -> end.cable.isUp && roots.get(node) != node && end.other().node != node)
                    .min(Comparator.<End>comparingLong(end -> distances.get(end.other().node) + end.cost)
                            .thenComparing(end -> end.other().node.id)
                            .thenComparing(end -> end.other().port)
                            .thenComparing(end -> end.port))
                    .ifPresent(end -> roles.put(end, PortRole.ROOT));
        }
    }

    private void spread(Node root, List<Cable> up) {
        roots.put(root, root);
        distances.put(root, 0L);
        Set<Node> part = new HashSet<>(Set.of(root));
        boolean changed = true;
        while (changed) {
            changed = false;
            for (Cable cable : up) {
                changed |= relax(root, cable.a, cable.b, part) | relax(root, cable.b, cable.a, part);
            }
        }
    }

    private boolean relax(Node root, End from, End to, Set<Node> part) {
        if (!part.contains(from.node)) {
            return false;
        }
        long distance = distances.get(from.node) + to.cost;
        if (part.add(to.node) || distance < distances.get(to.node)) {
            roots.put(to.node, root);
            distances.put(to.node, distance);
            return true;
        }
        return false;
    }

    private boolean isNearer(End one, End other) {
        return Comparator.<End>comparingLong(end -> distances.get(end.node))
                        .thenComparing(end -> end.node.id)
                        .thenComparing(end -> end.port)
                        .compare(one, other)
                < 0;
    }

    Node root(Node node) {
        return roots.get(node);
    }

    long distance(Node node) {
        return distances.get(node);
    }

    PortRole role(End end) {
        return end.cable.isUp ? roles.get(end) : PortRole.DISABLED;
    }
}
