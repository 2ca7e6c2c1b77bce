package io.netyard.topology.apply;

import io.netyard.linux.Failpoint;
import io.netyard.linux.FileIdentity;
import io.netyard.linux.NetworkNamespace;
import io.netyard.linux.Processes;
import io.netyard.topology.compile.LabIdentity;
import io.netyard.topology.observe.NodeKernel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// One run that removes every trace of a lab, under the lab's lock. What is gone already is passed over, so
/// that a run that was killed is brought to its end by the next. Used once.
final class DestroyRun {
    private final LabSite site;
    private final long start = System.nanoTime();

    DestroyRun(LabSite site) {
        this.site = site;
    }

    /// Removes what is there, and says what it was; empty if there was no lab.
    Optional<DestroyResult> run(Optional<LabRecord> labRecord) {
        labRecord.ifPresent(this::announce);
        Failpoint.pass("switches.stop");
        site.switches().stop();
        List<Processes.Resident> residents =
                labRecord.map(this::removeNamespaces).orElse(List.of());
        site.folder().delete();
        return labRecord.map(found ->
                new DestroyResult(found.nodes().size(), residents, Duration.ofNanos(System.nanoTime() - start)));
    }

    private void announce(LabRecord labRecord) {
        try {
            site.folder().write(labRecord.destroying());
        } catch (LabException _) {
            // A full disk keeps nobody from tidying up; the old record names the same namespaces.
        }
    }

    private List<Processes.Resident> removeNamespaces(LabRecord labRecord) {
        Map<String, FileIdentity> going = new LinkedHashMap<>();
        for (String node : labRecord.nodes()) {
            Optional<NodeKernel> own = site.findOwn(labRecord, node);
            if (own.isPresent()) {
                try (NodeKernel kernel = own.get()) {
                    going.put(node, kernel.namespace().identity());
                }
            }
        }
        List<Processes.Resident> residents = Processes.in(Set.copyOf(going.values()));
        Teardown.removeLinksOf(residents, going, site.paths(), LabIdentity.group(site.lab()));
        going.forEach((node, identity) -> NetworkNamespace.unbind(site.paths().of(node), identity));
        labRecord.nodes().stream()
                .filter(labRecord::mayHaveHusk)
                .forEach(node -> NetworkNamespace.removeHusk(site.paths().of(node)));
        requireGone(going);
        Teardown.empty(residents, site.lab());
        return residents;
    }

    /// Before the record goes, which alone lets the next run find them.
    private void requireGone(Map<String, FileIdentity> namespaces) {
        namespaces.forEach((node, identity) -> {
            Path name = site.paths().of(node);
            try (NetworkNamespace there = NetworkNamespace.find(name).orElse(null)) {
                if (there != null && there.identity().equals(identity)) {
                    throw new LabException(
                            LabException.Reason.FAILED,
                            "the namespace of " + node + " is still at " + name
                                    + ", as if it were mounted there twice: run netyard destroy " + site.lab()
                                    + " again");
                }
            }
        });
    }
}
