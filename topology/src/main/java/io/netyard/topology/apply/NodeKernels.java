package io.netyard.topology.apply;

import io.netyard.linux.FileIdentity;
import io.netyard.linux.NetworkNamespace;
import io.netyard.topology.observe.NodeKernel;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The open namespaces of a lab's nodes. Owned by one run.
final class NodeKernels implements AutoCloseable {
    private final NamespacePaths paths;
    private final Map<String, NodeKernel> byNode = new LinkedHashMap<>();
    private final Set<String> husks = new HashSet<>();

    NodeKernels(NamespacePaths paths) {
        this.paths = paths;
    }

    /// Takes over a namespace that was opened.
    void add(String node, NetworkNamespace namespace) {
        byNode.put(node, new NodeKernel(node, namespace));
    }

    /// Remembers that a killed run left a file without a namespace under a node's name.
    void addHusk(String node) {
        husks.add(node);
    }

    /// Makes a node's namespace and gives it its name.
    void create(String node) {
        if (husks.remove(node)) {
            NetworkNamespace.unbind(paths.of(node));
        }
        NetworkNamespace namespace = NetworkNamespace.create();
        try {
            namespace.bindTo(paths.of(node));
        } catch (RuntimeException failure) {
            namespace.close();
            throw failure;
        }
        add(node, namespace);
    }

    /// Takes a node's name away and lets go of its namespace.
    void delete(String node) {
        NodeKernel kernel = byNode.remove(node);
        if (kernel != null) {
            kernel.close();
        }
        NetworkNamespace.unbind(paths.of(node));
    }

    /// A node that is open.
    NodeKernel get(String node) {
        return Optional.ofNullable(byNode.get(node))
                .orElseThrow(() -> new IllegalStateException("the namespace of " + node + " is not open"));
    }

    /// All nodes that are open.
    Collection<NodeKernel> all() {
        return byNode.values();
    }

    /// What tells the namespaces from others.
    Map<String, FileIdentity> identities() {
        Map<String, FileIdentity> identities = new LinkedHashMap<>();
        byNode.forEach((node, kernel) -> identities.put(node, kernel.namespace().identity()));
        return identities;
    }

    /// Where namespaces of a lab have their names.
    ///
    /// @param folder `/run/netns`
    record NamespacePaths(Path folder, String lab) {
        Path of(String node) {
            return folder.resolve(lab + "." + node);
        }
    }

    @Override
    public void close() {
        byNode.values().forEach(NodeKernel::close);
        byNode.clear();
    }
}
