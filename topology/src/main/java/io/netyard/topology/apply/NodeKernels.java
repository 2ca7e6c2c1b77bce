package io.netyard.topology.apply;

import io.netyard.linux.FileIdentity;
import io.netyard.linux.NetworkNamespace;
import io.netyard.topology.observe.NodeKernel;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The open namespaces of a lab's nodes. Owned by one run.
final class NodeKernels implements AutoCloseable {
    private final NamespacePaths paths;
    private final Path run;
    private final Map<String, NodeKernel> byNode = new LinkedHashMap<>();
    private final Map<String, NodeKernel> aside = new LinkedHashMap<>();
    private final Set<String> husks = new HashSet<>();

    /// @param run where the lab has its folder, for the marks of namespaces that are made
    NodeKernels(NamespacePaths paths, Path run) {
        this.paths = paths;
        this.run = run;
    }

    /// Takes over a node that was opened.
    void add(NodeKernel kernel) {
        byNode.put(kernel.node(), kernel);
    }

    /// Remembers that a killed run left a file without a namespace under a node's name.
    void addHusk(String node) {
        husks.add(node);
    }

    /// Makes a node's namespace, marks it as ours and gives it its name. On failure a namespace without a
    /// name may be left, which [#forgetNameless] lets go of.
    void create(String node) {
        if (husks.remove(node)) {
            NetworkNamespace.removeHusk(paths.of(node));
        }
        NodeKernel kernel = new NodeKernel(node, NetworkNamespace.create());
        // In sight from now on, so that the way back finds it, whether or not it gets its name.
        byNode.put(node, kernel);
        new NamespaceMark(paths.lab(), node, run).put(kernel.client());
        kernel.namespace().bindTo(paths.of(node));
    }

    /// Takes a node that is to go out of sight. Its namespace stays until all else is done and verified:
    /// what is in it could not be brought back.
    void setAside(String node) {
        NodeKernel kernel = byNode.remove(node);
        if (kernel != null) {
            aside.put(node, kernel);
        }
    }

    /// Brings nodes that were set aside back into sight.
    void bringBack() {
        byNode.putAll(aside);
        aside.clear();
    }

    /// Takes the names of nodes that were set aside away and lets go of their namespaces. A namespace of
    /// somebody else that has such a name now is left alone.
    void removeSetAside() {
        for (Map.Entry<String, NodeKernel> entry : List.copyOf(aside.entrySet())) {
            NetworkNamespace.unbind(
                    paths.of(entry.getKey()), entry.getValue().namespace().identity());
            aside.remove(entry.getKey());
            entry.getValue().close();
        }
    }

    /// Removes the files that killed runs left of nodes that are no more.
    void removeHusks() {
        husks.forEach(node -> NetworkNamespace.removeHusk(paths.of(node)));
        husks.clear();
    }

    /// Lets go of the namespaces that lost their names: nobody finds them there any more. Their links go
    /// first, since the kernel takes its time with a namespace, and the other ends of cables would linger.
    ///
    /// @param group the lab's
    void forgetNameless(int group) {
        byNode.entrySet().removeIf(entry -> {
            boolean gone = !hasItsName(entry.getKey(), entry.getValue());
            if (gone) {
                Teardown.removeGroup(entry.getValue().client(), group);
                entry.getValue().close();
            }
            return gone;
        });
    }

    private boolean hasItsName(String node, NodeKernel kernel) {
        try (NetworkNamespace named = NetworkNamespace.find(paths.of(node)).orElse(null)) {
            if (named != null) {
                return named.identity().equals(kernel.namespace().identity());
            }
        }
        if (NetworkNamespace.isHusk(paths.of(node))) {
            husks.add(node);
        }
        return false;
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
        aside.values().forEach(NodeKernel::close);
        aside.clear();
    }
}
