package io.netyard.topology.apply;

import io.netyard.linux.Failpoint;
import io.netyard.linux.FileLock;
import io.netyard.linux.NetworkNamespace;
import io.netyard.linux.Processes;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/// Finds what is ours and belongs to no lab that is known, and removes it.
///
/// Only our mark inside a namespace makes it ours: a name proves nothing. Labs whose record cannot be read
/// have no orphans: recovery is for them.
final class OrphanSearch {
    private final Path namespaceFolder;
    private final Function<NamespaceMark, List<LabSite>> sitesOf;

    /// @param sitesOf where the lab of a mark may lie, the likeliest first
    OrphanSearch(Path namespaceFolder, Function<NamespaceMark, List<LabSite>> sitesOf) {
        this.namespaceFolder = namespaceFolder;
        this.sitesOf = sitesOf;
    }

    /// @param sites the labs that have folders
    List<Orphan> find(List<LabSite> sites) {
        List<Orphan> orphans = new ArrayList<>();
        MarkedNamespaces marked = new MarkedNamespaces(namespaceFolder);
        marked.named().stream().filter(this::isOrphan).map(OrphanSearch::orphan).forEach(orphans::add);
        marked.nameless().stream().map(OrphanSearch::orphan).forEach(orphans::add);
        sites.stream()
                .filter(OrphanSearch::isAbandoned)
                .map(OrphanSearch::orphan)
                .forEach(orphans::add);
        return orphans;
    }

    private static Orphan orphan(MarkedNamespaces.Named found) {
        return new Orphan(
                Orphan.Kind.NAMESPACE,
                found.mark().lab(),
                found.mark().node(),
                found.path().toString(),
                Processes.in(Set.of(found.identity())));
    }

    private static Orphan orphan(MarkedNamespaces.Nameless found) {
        return new Orphan(
                Orphan.Kind.NAMELESS_NAMESPACE,
                found.mark().lab(),
                found.mark().node(),
                "net:[" + found.residents().getFirst().namespace().inode() + "]",
                found.residents());
    }

    private static Orphan orphan(LabSite site) {
        return new Orphan(
                Orphan.Kind.FOLDER, site.lab(), "", site.folder().path().toString(), List.of());
    }

    private boolean isOrphan(MarkedNamespaces.Named found) {
        try {
            return sitesOf.apply(found.mark()).stream().noneMatch(site -> owns(site, found));
        } catch (LabException _) {
            return false;
        }
    }

    private static boolean owns(LabSite site, MarkedNamespaces.Named found) {
        String node = found.mark().node();
        return site.read()
                .filter(labRecord -> found.path().equals(site.paths().of(node))
                        && (found.identity().equals(labRecord.namespaces().get(node)) || labRecord.mayHaveMade(node)))
                .isPresent();
    }

    private static boolean isAbandoned(LabSite site) {
        return !site.folder().hasRecord()
                && site.folder().isOwn()
                && !FileLock.isHeld(site.folder().lock());
    }

    /// Removes what [#find] finds and nobody works on. Processes live on; of a namespace without a name
    /// they have, the lab's interfaces are removed.
    ///
    /// @param sites the labs that have folders
    /// @return what was removed
    List<Orphan> destroy(List<LabSite> sites) {
        List<Orphan> removed = new ArrayList<>();
        MarkedNamespaces marked = new MarkedNamespaces(namespaceFolder);
        for (MarkedNamespaces.Named found : marked.named()) {
            if (isOrphan(found)) {
                Orphan orphan = orphan(found);
                if (isRemoved(found, orphan)) {
                    removed.add(orphan);
                }
            }
        }
        for (MarkedNamespaces.Nameless found : marked.nameless()) {
            Teardown.empty(found.residents(), found.mark().lab());
            removed.add(orphan(found));
        }
        for (LabSite site : sites) {
            if (isAbandoned(site) && isRemoved(site)) {
                removed.add(orphan(site));
            }
        }
        return removed;
    }

    /// An apply may have made the namespace since its lab was looked for: so it is looked for again, under
    /// the lab's lock.
    private boolean isRemoved(MarkedNamespaces.Named found, Orphan orphan) {
        Failpoint.pass("orphan.remove");
        try {
            return sitesOf.apply(found.mark()).getFirst().locked(Duration.ZERO, () -> {
                if (!isOrphan(found)) {
                    return false;
                }
                boolean isGone = NetworkNamespace.unbind(found.path(), found.identity());
                if (isGone) {
                    Teardown.empty(orphan.residents(), orphan.lab());
                }
                return isGone;
            });
        } catch (LabException failure) {
            if (failure.reason() == LabException.Reason.LOCKED) {
                return false;
            }
            throw failure;
        }
    }

    private static boolean isRemoved(LabSite site) {
        Optional<FileLock> free = FileLock.tryLock(site.folder().lock());
        if (free.isEmpty()) {
            return false;
        }
        try (FileLock _ = free.get()) {
            if (site.folder().hasRecord()) {
                return false;
            }
            site.switches().stop();
            site.folder().delete();
            return true;
        }
    }
}
