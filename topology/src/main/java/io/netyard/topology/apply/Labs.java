package io.netyard.topology.apply;

import io.netyard.linux.FileIdentity;
import io.netyard.linux.FileLock;
import io.netyard.linux.LinuxException;
import io.netyard.linux.NamespaceFolder;
import io.netyard.linux.NetworkNamespace;
import io.netyard.linux.Processes;
import io.netyard.topology.apply.LabException.Reason;
import io.netyard.topology.apply.NodeKernels.NamespacePaths;
import io.netyard.topology.compile.LabIdentity;
import io.netyard.topology.compile.TopologyCompiler;
import io.netyard.topology.model.Topology;
import io.netyard.topology.observe.Observer;
import io.netyard.topology.observe.UserSwitchException;
import io.netyard.topology.observe.UserSwitches;
import io.netyard.topology.plan.Plan;
import io.netyard.topology.state.NetworkState;
import io.netyard.topology.state.Resource;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The labs of this machine: what would change, change it, take it away, look at it.
public final class Labs {
    /// A kernel may do more than it was asked, such as removing a secondary address along with its primary.
    /// What is left to do after a plan is planned again, this often at most.
    private static final int MOST_ROUNDS = 3;

    private final Path run;
    private final Path namespaceFolder;
    private final UserSwitches.Finder switches;

    /// @param run where labs have their folders, `/run/netyard`
    /// @param namespaceFolder where namespaces have their names, `/run/netns`
    /// @param switches who runs switches in user space
    public Labs(Path run, Path namespaceFolder, UserSwitches.Finder switches) {
        this.run = run;
        this.namespaceFolder = namespaceFolder;
        this.switches = switches;
    }

    /// The labs under `/run/netyard`, or where the environment variable `NETYARD_RUN` says.
    ///
    /// @param switches who runs switches in user space
    public static Labs ofThisMachine(UserSwitches.Finder switches) {
        String elsewhere = System.getenv("NETYARD_RUN");
        return new Labs(Path.of(elsewhere == null ? "/run/netyard" : elsewhere), NamespaceFolder.DEFAULT, switches);
    }

    /// A topology with the file that it was read from.
    ///
    /// @param text the file, kept with the lab
    /// @param name its path
    public record Source(Topology topology, String text, String name) {
        String lab() {
            return topology.lab().value();
        }
    }

    /// What [#apply] would do. Nothing is changed.
    public Plan plan(Source source) {
        return NetworkNamespace.visit(() -> planHere(source));
    }

    private Plan planHere(Source source) {
        Optional<LabRecord> labRecord = folder(source.lab()).read();
        NetworkState desired = compile(source.topology());
        try (NodeKernels kernels = open(source.lab(), labRecord, nodes(desired))) {
            return Plan.between(desired, observe(source.lab(), desired, kernels));
        }
    }

    /// Makes the lab what the file says, or leaves it as it was.
    ///
    /// @param progress told what is being done
    /// @throws LabException if it cannot be done; then what was done is taken back
    public ApplyResult apply(Source source, Progress progress) {
        return NetworkNamespace.visit(() -> applyHere(source, progress));
    }

    private ApplyResult applyHere(Source source, Progress progress) {
        long start = System.nanoTime();
        String lab = source.lab();
        NetworkState desired = compile(source.topology());
        LabFolder folder = folder(lab);
        folder.create();
        try (FileLock _ = lock(lab, folder)) {
            Optional<LabRecord> before = folder.read();
            progress.step("reading " + lab);
            try (NodeKernels kernels = open(lab, before, nodes(desired))) {
                NetworkState observed = observe(lab, desired, kernels);
                Plan plan = Plan.between(desired, observed);
                LabRecord old = before.orElseGet(() -> LabRecord.none(lab));
                if (!plan.isEmpty()) {
                    new Preflight(namespaceFolder).check(plan);
                    folder.write(old.pending(nodes(desired), source.text(), source.name()));
                    progress.step("making " + plan.changes().size() + " changes");
                    change(lab, desired, observed, plan, kernels, folder, old, progress);
                }
                LabRecord done =
                        old.pending(List.of(), source.text(), source.name()).committed(kernels.identities());
                if (!plan.isEmpty() || !before.equals(Optional.of(done))) {
                    folder.write(done);
                }
                if (desired.resources(Resource.UserSwitch.class).isEmpty()) {
                    switches(lab).stop();
                }
                return new ApplyResult(plan, Duration.ofNanos(System.nanoTime() - start));
            } finally {
                if (folder.read().isEmpty()) {
                    folder.delete();
                }
            }
        }
    }

    private void change(
            String lab,
            NetworkState desired,
            NetworkState observed,
            Plan plan,
            NodeKernels kernels,
            LabFolder folder,
            LabRecord old,
            Progress progress) {
        try {
            converge(lab, desired, observed, plan, kernels);
        } catch (LabException | LinuxException | UserSwitchException failure) {
            progress.step("taking back what was done");
            try {
                NetworkState now = observe(lab, observed, kernels);
                converge(lab, observed, now, Plan.between(observed, now), kernels);
            } catch (LabException | LinuxException | UserSwitchException second) {
                failure.addSuppressed(second);
                throw new LabException(
                        failure.getMessage() + "; taking back what was done failed too (" + second.getMessage()
                                + "): run netyard apply or netyard destroy " + lab + " again",
                        failure);
            }
            if (kernels.all().isEmpty()) {
                folder.delete();
            } else {
                folder.write(old.committed(kernels.identities()));
            }
            throw new LabException(failure.getMessage() + "; nothing was changed", failure);
        }
    }

    /// Executes a plan and verifies that it led to what is desired.
    private void converge(String lab, NetworkState desired, NetworkState observed, Plan plan, NodeKernels kernels) {
        NetworkState now = observed;
        Plan next = plan;
        for (int round = 1; !next.isEmpty(); round++) {
            if (round > MOST_ROUNDS) {
                throw new LabException(
                        Reason.FAILED,
                        "the kernel accepted everything, and yet "
                                + next.changes().getFirst().id() + " is not as wanted");
            }
            new Executor(kernels, switches(lab), now).execute(next);
            now = observe(lab, desired, kernels);
            next = Plan.between(desired, now);
        }
        new Settling(kernels, now).await();
    }

    /// Removes every trace of a lab.
    ///
    /// @return what was removed; empty if there is no such lab
    public Optional<DestroyResult> destroy(String lab) {
        return NetworkNamespace.visit(() -> destroyHere(lab));
    }

    private Optional<DestroyResult> destroyHere(String lab) {
        long start = System.nanoTime();
        LabFolder folder = folder(lab);
        if (!folder.exists()) {
            return Optional.empty();
        }
        try (FileLock _ = lock(lab, folder)) {
            Optional<LabRecord> labRecord = folder.read();
            List<Processes.Resident> residents = List.of();
            Set<String> nodes = labRecord.map(LabRecord::nodes).orElse(Set.of());
            switches(lab).stop();
            if (labRecord.isPresent()) {
                residents = removeNamespaces(labRecord.get());
            }
            folder.delete();
            return labRecord.isEmpty()
                    ? Optional.empty()
                    : Optional.of(
                            new DestroyResult(nodes.size(), residents, Duration.ofNanos(System.nanoTime() - start)));
        }
    }

    private List<Processes.Resident> removeNamespaces(LabRecord labRecord) {
        NamespacePaths paths = paths(labRecord.lab());
        Map<String, FileIdentity> going = new LinkedHashMap<>();
        for (String node : labRecord.nodes()) {
            try (NetworkNamespace namespace = findOwn(labRecord, node, paths).orElse(null)) {
                if (namespace != null) {
                    going.put(node, namespace.identity());
                }
            }
        }
        List<Processes.Resident> residents = Processes.in(Set.copyOf(going.values()));
        Teardown.removeLinksOf(residents, going, paths, LabIdentity.group(labRecord.lab()));
        going.keySet().forEach(node -> NetworkNamespace.unbind(paths.of(node)));
        return residents;
    }

    /// The labs that exist.
    public List<LabSummary> list() {
        List<LabSummary> labs = new ArrayList<>();
        for (String lab : LabFolder.labs(run)) {
            folder(lab)
                    .read()
                    .ifPresent(found -> labs.add(new LabSummary(
                            lab, found.nodes().size(), found.phase() == LabRecord.Phase.PENDING, found.sourceName())));
        }
        return labs;
    }

    /// The file that a lab was last applied from.
    ///
    /// @throws LabException if there is no such lab
    public LabSummary.AppliedFile appliedFile(String lab) {
        LabRecord labRecord = existing(lab);
        return new LabSummary.AppliedFile(labRecord.sourceName(), labRecord.source());
    }

    /// What a lab holds, and what its topology wants.
    public LabStatus status(Topology topology) {
        return NetworkNamespace.visit(() -> statusHere(topology));
    }

    private LabStatus statusHere(Topology topology) {
        String lab = topology.lab().value();
        LabRecord labRecord = existing(lab);
        NetworkState desired = compile(topology);
        try (NodeKernels kernels = open(lab, Optional.of(labRecord), List.copyOf(labRecord.nodes()))) {
            NetworkState observed = observe(lab, desired, kernels);
            return new LabStatus(
                    topology, observed, Plan.between(desired, observed), labRecord.phase() == LabRecord.Phase.PENDING);
        }
    }

    /// Opens the namespace of a node. The caller owns it.
    ///
    /// @throws LabException if there is no such lab or node
    public NetworkNamespace open(String lab, String node) {
        LabRecord labRecord = existing(lab);
        if (!labRecord.nodes().contains(node)) {
            throw new LabException(
                    Reason.ABSENT,
                    "the lab " + lab + " has no node " + node + "; it has "
                            + String.join(
                                    ", ", labRecord.nodes().stream().sorted().toList()));
        }
        return findOwn(labRecord, node, paths(lab))
                .orElseThrow(() -> new LabException(
                        Reason.ABSENT, "the namespace of " + node + " is gone; netyard apply makes it again"));
    }

    private LabRecord existing(String lab) {
        return folder(lab)
                .read()
                .orElseThrow(() -> new LabException(
                        Reason.ABSENT, "there is no lab " + lab + " here; netyard list shows those that are"));
    }

    private NodeKernels open(String lab, Optional<LabRecord> labRecord, List<String> wanted) {
        NamespacePaths paths = paths(lab);
        NodeKernels kernels = new NodeKernels(paths);
        Set<String> nodes = new LinkedHashSet<>(wanted);
        labRecord.ifPresent(found -> nodes.addAll(found.nodes()));
        LabRecord known = labRecord.orElseGet(() -> LabRecord.none(lab));
        List<String> taken = new ArrayList<>();
        try {
            for (String node : nodes) {
                Optional<NetworkNamespace> namespace = findOwn(known, node, paths);
                if (namespace.isPresent()) {
                    kernels.add(node, namespace.get());
                } else if (Files.exists(paths.of(node), LinkOption.NOFOLLOW_LINKS)) {
                    if (known.mayHaveHusk(node)) {
                        kernels.addHusk(node);
                    } else {
                        taken.add(paths.of(node).toString());
                    }
                }
            }
            if (!taken.isEmpty()) {
                throw new LabException(
                        Reason.TAKEN,
                        String.join(", ", taken) + (taken.size() == 1 ? " is" : " are")
                                + " not of this lab: remove it (ip netns delete) or choose another lab name");
            }
            return kernels;
        } catch (RuntimeException failure) {
            kernels.close();
            throw failure;
        }
    }

    private static Optional<NetworkNamespace> findOwn(LabRecord labRecord, String node, NamespacePaths paths) {
        Optional<NetworkNamespace> found;
        try {
            found = NetworkNamespace.find(paths.of(node));
        } catch (LinuxException _) {
            return Optional.empty();
        }
        if (found.isPresent() && !labRecord.owns(node, found.get().identity())) {
            found.get().close();
            return Optional.empty();
        }
        return found;
    }

    private static NetworkState compile(Topology topology) {
        return TopologyCompiler.compile(topology, KernelProbe::features);
    }

    private NetworkState observe(String lab, NetworkState desired, NodeKernels kernels) {
        return new Observer(LabIdentity.group(lab), desired).observe(kernels.all(), switches(lab));
    }

    private UserSwitches switches(String lab) {
        return switches.of(lab, folder(lab).path());
    }

    private static List<String> nodes(NetworkState state) {
        List<String> nodes = new ArrayList<>();
        for (Resource resource : state.resources()) {
            if (resource instanceof Resource.Namespace namespace) {
                nodes.add(namespace.node());
            }
        }
        return nodes;
    }

    private static FileLock lock(String lab, LabFolder folder) {
        return FileLock.tryLock(folder.lock())
                .orElseThrow(() -> new LabException(
                        Reason.LOCKED, "another netyard is working on the lab " + lab + "; try again when it is done"));
    }

    /// Where a lab keeps its files, `/run/netyard/LAB`; it need not exist.
    ///
    /// @param lab the lab's name
    public Path folderOf(String lab) {
        return folder(lab).path();
    }

    private LabFolder folder(String lab) {
        return LabFolder.of(run, lab);
    }

    private NamespacePaths paths(String lab) {
        return new NamespacePaths(namespaceFolder, lab);
    }
}
