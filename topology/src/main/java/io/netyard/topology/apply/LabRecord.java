package io.netyard.topology.apply;

import io.netyard.linux.FileIdentity;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/// What the disk says of a lab: which namespaces are ours, and what was being done.
///
/// It says nothing of what is in them: that is read from the kernel each time.
///
/// @param lab the lab's name
/// @param phase whether the last run came to its end
/// @param namespaces the namespaces that are known to be ours, by node
/// @param expected nodes whose namespaces a pending run was about to make; their names were free when it
///     started, so what stands there after a crash is ours
/// @param source the topology file's text, as last applied
/// @param sourceName the path that it was read from
record LabRecord(
        String lab,
        Phase phase,
        Map<String, FileIdentity> namespaces,
        Set<String> expected,
        String source,
        String sourceName) {
    /// The version of the format. A reader refuses any other.
    static final int FORMAT = 1;

    /// How far the last run came.
    enum Phase {
        /// A run has started and its end is not recorded.
        PENDING,
        /// The last run ended, and what it left is recorded.
        COMMITTED
    }

    LabRecord {
        namespaces = Map.copyOf(namespaces);
        expected = Set.copyOf(expected);
    }

    /// The record of a lab that does not exist yet.
    static LabRecord none(String lab) {
        return new LabRecord(lab, Phase.COMMITTED, Map.of(), Set.of(), "", "");
    }

    /// All nodes that may have a namespace.
    Set<String> nodes() {
        Set<String> nodes = new TreeSet<>(namespaces.keySet());
        nodes.addAll(expected);
        return nodes;
    }

    /// Whether a file at a node's path that is no namespace is what a killed run left.
    boolean mayHaveHusk(String node) {
        return namespaces.containsKey(node) || expected.contains(node);
    }

    /// The record of a run that is about to make the namespaces of these nodes.
    LabRecord pending(List<String> nodes, String newSource, String newSourceName) {
        return new LabRecord(lab, Phase.PENDING, namespaces, Set.copyOf(nodes), newSource, newSourceName);
    }

    /// The record of a run that has ended with these namespaces.
    LabRecord committed(Map<String, FileIdentity> present) {
        return new LabRecord(lab, Phase.COMMITTED, present, Set.of(), source, sourceName);
    }

    /// The same of a run whose end is not known.
    LabRecord interrupted() {
        return new LabRecord(lab, Phase.PENDING, namespaces, expected, source, sourceName);
    }

    /// Whether a namespace that stands under the node's name belongs to the lab.
    boolean owns(String node, FileIdentity identity) {
        return identity.equals(namespaces.get(node)) || (phase == Phase.PENDING && expected.contains(node));
    }
}
