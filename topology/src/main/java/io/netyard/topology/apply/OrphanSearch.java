package io.netyard.topology.apply;

import io.netyard.linux.FileLock;
import io.netyard.linux.LinuxException;
import io.netyard.linux.NetworkNamespace;
import io.netyard.linux.Processes;
import io.netyard.netlink.route.RouteClient;
import io.netyard.topology.compile.LabIdentity;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Finds what is ours and belongs to no lab that is known, and removes it. Used once.
///
/// Only our mark inside a namespace makes it ours: a name proves nothing. Labs whose record cannot be read
/// have no orphans: recovery is for them.
final class OrphanSearch {
    private final Path namespaceFolder;
    private final Map<String, LabSite> sites = new HashMap<>();

    /// @param sites the labs that have folders
    OrphanSearch(Path namespaceFolder, List<LabSite> sites) {
        this.namespaceFolder = namespaceFolder;
        sites.forEach(site -> this.sites.put(site.lab(), site));
    }

    List<Orphan> find() {
        List<Orphan> orphans = new ArrayList<>();
        MarkedNamespaces marked = new MarkedNamespaces(namespaceFolder);
        for (MarkedNamespaces.Named found : marked.named()) {
            if (isOrphan(found)) {
                orphans.add(new Orphan(
                        Orphan.Kind.NAMESPACE,
                        found.mark().lab(),
                        found.mark().node(),
                        found.path().toString(),
                        Processes.in(Set.of(found.identity()))));
            }
        }
        for (MarkedNamespaces.Nameless found : marked.nameless()) {
            orphans.add(new Orphan(
                    Orphan.Kind.NAMELESS_NAMESPACE,
                    found.mark().lab(),
                    found.mark().node(),
                    "net:[" + found.residents().getFirst().namespace().inode() + "]",
                    found.residents()));
        }
        for (LabSite site : sites.values()) {
            if (isAbandoned(site)) {
                orphans.add(new Orphan(
                        Orphan.Kind.FOLDER, site.lab(), "", site.folder().path().toString(), List.of()));
            }
        }
        return orphans;
    }

    private boolean isOrphan(MarkedNamespaces.Named found) {
        Optional<LabSite> site = Optional.ofNullable(sites.get(found.mark().lab()));
        try {
            return site.flatMap(LabSite::read)
                    .filter(labRecord -> owns(site.get(), labRecord, found))
                    .isEmpty();
        } catch (LabException _) {
            return false;
        }
    }

    private static boolean owns(LabSite site, LabRecord labRecord, MarkedNamespaces.Named found) {
        String node = found.mark().node();
        return found.path().equals(site.paths().of(node))
                && (found.identity().equals(labRecord.namespaces().get(node)) || labRecord.mayHaveMade(node));
    }

    private static boolean isAbandoned(LabSite site) {
        return !site.folder().hasRecord() && !FileLock.isHeld(site.folder().lock());
    }

    /// Removes what [#find] finds. Processes live on; of a namespace without a name they have, the lab's
    /// interfaces are removed.
    List<Orphan> destroy() {
        List<Orphan> orphans = find();
        for (Orphan orphan : orphans) {
            switch (orphan.kind()) {
                case NAMESPACE -> remove(Path.of(orphan.where()), orphan);
                case NAMELESS_NAMESPACE -> empty(orphan);
                case FOLDER -> Optional.ofNullable(sites.get(orphan.lab())).ifPresent(OrphanSearch::remove);
            }
        }
        return orphans;
    }

    private static void remove(Path path, Orphan orphan) {
        try (NetworkNamespace namespace = NetworkNamespace.open(path)) {
            if (!orphan.residents().isEmpty()) {
                empty(namespace, orphan.lab());
            }
            NetworkNamespace.unbind(path, namespace.identity());
        }
    }

    private static void empty(Orphan orphan) {
        Processes.Resident resident = orphan.residents().getFirst();
        try (NetworkNamespace namespace = NetworkNamespace.ofProcess(resident.pid())) {
            if (namespace.identity().equals(resident.namespace())) {
                empty(namespace, orphan.lab());
            }
        } catch (LinuxException _) {
            // The process ended, and the namespace with it.
        }
    }

    private static void empty(NetworkNamespace namespace, String lab) {
        try (RouteClient client = RouteClient.in(namespace)) {
            Teardown.removeGroup(client, LabIdentity.group(lab));
            NamespaceMark.remove(client);
        }
    }

    private static void remove(LabSite site) {
        FileLock.tryLock(site.folder().lock()).ifPresent(lock -> {
            try (lock) {
                if (!site.folder().hasRecord()) {
                    site.switches().stop();
                    site.folder().delete();
                }
            }
        });
    }
}
