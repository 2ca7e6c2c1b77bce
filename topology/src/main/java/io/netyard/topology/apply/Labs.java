package io.netyard.topology.apply;

import io.netyard.linux.FileLock;
import io.netyard.linux.NamespaceFolder;
import io.netyard.linux.NetworkNamespace;
import io.netyard.topology.apply.LabException.Reason;
import io.netyard.topology.apply.NodeKernels.NamespacePaths;
import io.netyard.topology.compile.TopologyCompiler;
import io.netyard.topology.model.Nearest;
import io.netyard.topology.model.Topology;
import io.netyard.topology.observe.NodeKernel;
import io.netyard.topology.observe.UserSwitches;
import io.netyard.topology.plan.Plan;
import io.netyard.topology.state.NetworkState;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Stream;

/// The labs of this machine: what would change, change it, take it away, look at it.
public final class Labs {
    private static final Path DEFAULT = Path.of("/run/netyard");

    private final Path run;
    private final Path namespaceFolder;
    private final UserSwitches.Finder switches;

    /// @param run where labs have their folders, `/run/netyard`; at most 190 bytes
    /// @param namespaceFolder where namespaces have their names, `/run/netns`
    /// @param switches who runs switches in user space
    public Labs(Path run, Path namespaceFolder, UserSwitches.Finder switches) {
        this.run = checked(run);
        this.namespaceFolder = namespaceFolder;
        this.switches = switches;
    }

    private static Path checked(Path run) {
        Path absolute = run.toAbsolutePath().normalize();
        Path parent = absolute.getParent();
        // It may not be a symbolic link itself, which LabFolder sees.
        Path real = parent == null ? absolute : real(parent).resolve(absolute.getFileName());
        if (real.toString().getBytes(StandardCharsets.UTF_8).length > NamespaceMark.LONGEST_RUN) {
            throw new IllegalArgumentException(
                    "the path of the folder of labs has more than " + NamespaceMark.LONGEST_RUN + " bytes: " + real);
        }
        return real;
    }

    /// Without symbolic links, as far as it is there already and we may look.
    private static Path real(Path path) {
        try {
            return path.toRealPath();
        } catch (IOException _) {
            Path parent = path.getParent();
            return parent == null ? path : real(parent).resolve(path.getFileName());
        }
    }

    /// The labs under `/run/netyard`, or where the environment variable `NETYARD_RUN` says.
    ///
    /// @param switches who runs switches in user space
    public static Labs ofThisMachine(UserSwitches.Finder switches) {
        String elsewhere = System.getenv("NETYARD_RUN");
        return new Labs(elsewhere == null ? DEFAULT : Path.of(elsewhere), NamespaceFolder.DEFAULT, switches);
    }

    /// A topology with the file that it was read from.
    ///
    /// @param text the file, kept with the lab
    /// @param name its path
    public record Source(Topology topology, String text, String name) {
        String lab() {
            return topology.lab().value();
        }

        LabSummary.AppliedFile file() {
            return new LabSummary.AppliedFile(name, text);
        }
    }

    /// Reads topology files that labs were applied from.
    public interface FileReader {
        /// What a file says.
        ///
        /// @throws LabException if this version of Netyard finds errors in it
        Topology read(LabSummary.AppliedFile file);
    }

    /// What [#apply] would do. Nothing is changed.
    public Plan plan(Source source) {
        return NetworkNamespace.visit(() -> planHere(source));
    }

    private Plan planHere(Source source) {
        LabSite site = site(source.lab());
        Optional<LabRecord> labRecord = site.read();
        NetworkState desired = compile(source.topology());
        try (NodeKernels kernels = site.open(labRecord, LabSite.nodes(desired))) {
            return Plan.between(desired, site.observe(desired, kernels).state());
        }
    }

    /// Makes the lab what the file says, or leaves it as it was.
    ///
    /// @param progress told what is being done
    /// @throws LabException if it cannot be done; then what was done is taken back
    public ApplyResult apply(Source source, ApplyOptions options, Progress progress) {
        return NetworkNamespace.visit(() -> applyHere(source, options, progress));
    }

    /// The same with [ApplyOptions#PLAIN].
    public ApplyResult apply(Source source, Progress progress) {
        return apply(source, ApplyOptions.PLAIN, progress);
    }

    private ApplyResult applyHere(Source source, ApplyOptions options, Progress progress) {
        NetworkState desired = compile(source.topology());
        LabSite site = site(source.lab());
        return site.locked(options.patience(), () -> {
            Optional<LabRecord> before = site.read();
            before.ifPresent(Labs::requireConfirmed);
            return new ApplyRun(site, desired, source.file(), options, progress).run(before);
        });
    }

    private static void requireConfirmed(LabRecord labRecord) {
        if (labRecord.phase() == LabRecord.Phase.UNCONFIRMED) {
            throw new LabException(
                    Reason.LOCKED,
                    "the lab " + labRecord.lab() + " waits for netyard confirm " + labRecord.lab()
                            + ", or for netyard recover " + labRecord.lab() + ", which takes the last apply back");
        }
    }

    /// Says that what was applied stays.
    ///
    /// @return whether it waited for that
    /// @throws LabException if there is no such lab
    public boolean confirm(String lab) {
        existing(lab);
        LabSite site = site(lab);
        try (FileLock _ = site.lock().orElseThrow(() -> absent(lab))) {
            LabRecord labRecord = existing(lab);
            boolean waits = labRecord.phase() == LabRecord.Phase.UNCONFIRMED;
            if (waits) {
                site.folder().write(labRecord.committed(labRecord.namespaces()));
            }
            return waits;
        }
    }

    /// Waits until a lab is confirmed, or destroyed, and takes the last apply back if neither has happened
    /// in time. Runs in a process of its own, which outlives the one that applies.
    ///
    /// @param log told what went wrong on the way back, which is tried again
    public void guard(String lab, FileReader reader, Consumer<String> log) {
        new ConfirmationGuard(site(lab), () -> recover(lab, reader, Recovery.Extent.OVERDUE), log).run();
    }

    /// Whether a process has become the guard of a lab.
    public boolean isGuardedBy(String lab, long pid) {
        return FileLock.signature(ConfirmationGuard.lock(site(lab))).equals(Long.toString(pid));
    }

    /// Whether a lab has a guard.
    public boolean isGuarded(String lab) {
        return FileLock.isHeld(ConfirmationGuard.lock(site(lab)));
    }

    /// Has the switches of a lab that run in user space go on in a new process, of this version of the
    /// program. What the kernel forwards goes on meanwhile.
    ///
    /// @return whether it has any
    /// @throws LabException if there is no such lab, or if the process that ran its switches has died
    public boolean restart(String lab) {
        existing(lab);
        LabSite site = site(lab);
        try (FileLock _ = site.lock().orElseThrow(() -> absent(lab))) {
            if (site.switches().haveDied()) {
                throw new LabException(Reason.FAILED, site.deathOfSwitches());
            }
            return site.switches().replace();
        }
    }

    /// Removes every trace of a lab.
    ///
    /// @return what was removed; empty if there is no such lab
    public Optional<DestroyResult> destroy(String lab) {
        return NetworkNamespace.visit(() -> destroyHere(lab));
    }

    private Optional<DestroyResult> destroyHere(String lab) {
        LabSite site = site(lab);
        if (!site.folder().exists()
                || !(site.folder().hasRecord() || site.folder().holdsOwnOnly())) {
            return Optional.empty();
        }
        Optional<FileLock> free = site.lock();
        if (free.isEmpty()) {
            return Optional.empty();
        }
        try (FileLock _ = free.get()) {
            return new DestroyRun(site).run(site.read());
        }
    }

    /// Explains what is wrong with a lab, and repairs it: an apply that was interrupted, or not confirmed
    /// in time, is taken back; a destroy is brought to its end; a record that cannot be read is made anew
    /// from the namespaces that carry our mark.
    ///
    /// @param reader reads the file that the lab goes back to
    /// @param extent how far to go
    public Recovery recover(String lab, FileReader reader, Recovery.Extent extent) {
        return NetworkNamespace.visit(() -> recoverHere(lab, reader, extent));
    }

    private Recovery recoverHere(String lab, FileReader reader, Recovery.Extent extent) {
        LabSite site = site(lab);
        RecoveryRun run = new RecoveryRun(site, file -> compile(reader.read(file)), extent);
        Recovery found = run.explain();
        if (extent == Recovery.Extent.NOTHING || found.finding() == Recovery.Finding.ABSENT) {
            return found;
        }
        return site.locked(ApplyOptions.PLAIN.patience(), run::repair);
    }

    /// The names of the labs of which there is anything: a folder, or namespaces that carry our mark.
    public List<String> traces() {
        return NetworkNamespace.visit(() -> {
            Set<String> names = new TreeSet<>(LabFolder.all(run));
            marked().forEach(found -> names.add(found.mark().lab()));
            return List.copyOf(names);
        });
    }

    /// Those of labs that have, or had, their folders here.
    private Stream<MarkedNamespaces.Named> marked() {
        return new MarkedNamespaces(namespaceFolder)
                .named().stream().filter(found -> found.mark().run().equals(run));
    }

    /// What is ours and belongs to no lab that is known, wherever its folder is: found by our mark alone.
    /// Nothing is changed.
    public List<Orphan> orphans() {
        return NetworkNamespace.visit(() -> orphanSearch().find(sites()));
    }

    /// Removes orphans.
    ///
    /// @return those that were found and removed
    public List<Orphan> destroyOrphans() {
        return NetworkNamespace.visit(() -> orphanSearch().destroy(sites()));
    }

    private OrphanSearch orphanSearch() {
        return new OrphanSearch(namespaceFolder, this::sitesOf);
    }

    /// Where a lab may lie: all labs have the names of their namespaces in one folder.
    private List<LabSite> sitesOf(NamespaceMark mark) {
        return Stream.of(mark.run(), run, DEFAULT)
                .distinct()
                .filter(folder -> folder.equals(run) || Files.isDirectory(folder))
                .map(folder -> siteIn(folder, mark.lab()))
                .toList();
    }

    private List<LabSite> sites() {
        return LabFolder.all(run).stream().map(this::site).toList();
    }

    /// The labs that exist.
    public List<LabSummary> list() {
        List<LabSummary> labs = new ArrayList<>();
        for (LabSite site : sites()) {
            if (site.folder().hasRecord()) {
                summary(site).ifPresent(labs::add);
            }
        }
        return labs;
    }

    private static Optional<LabSummary> summary(LabSite site) {
        try {
            Optional<String> damage = site.folder().damage();
            return damage.isPresent()
                    ? Optional.of(damaged(
                            site,
                            "its record cannot be used: " + damage.get() + "; netyard recover " + site.lab()
                                    + " repairs it"))
                    : site.read()
                            .map(found -> new LabSummary(
                                    site.lab(),
                                    found.nodes().size(),
                                    state(found),
                                    found.file().name(),
                                    site.switches().haveDied() ? site.deathOfSwitches() : ""));
        } catch (LabException failure) {
            if (failure.reason() == Reason.NO_PERMISSION) {
                throw failure;
            }
            return Optional.of(damaged(site, String.valueOf(failure.getMessage())));
        }
    }

    private static LabSummary damaged(LabSite site, String problem) {
        return new LabSummary(site.lab(), 0, LabSummary.State.DAMAGED, "", problem);
    }

    private static LabSummary.State state(LabRecord labRecord) {
        return switch (labRecord.phase()) {
            case COMMITTED -> LabSummary.State.APPLIED;
            case UNCONFIRMED -> LabSummary.State.UNCONFIRMED;
            case PENDING, DESTROYING -> LabSummary.State.INTERRUPTED;
        };
    }

    /// The file that a lab was last applied from.
    ///
    /// @throws LabException if there is no such lab, or nobody knows its file
    public LabSummary.AppliedFile appliedFile(String lab) {
        LabRecord labRecord = existing(lab);
        if (!labRecord.hasFile()) {
            throw new LabException(
                    Reason.ABSENT,
                    "nobody knows any more which file the lab " + lab
                            + " was applied from: apply its file, or destroy it");
        }
        return labRecord.file();
    }

    /// What a lab holds, and what its topology wants.
    public LabStatus status(Topology topology) {
        return NetworkNamespace.visit(() -> statusHere(topology));
    }

    private LabStatus statusHere(Topology topology) {
        LabSite site = site(topology.lab().value());
        LabRecord labRecord = existing(site.lab());
        NetworkState desired = compile(topology);
        try (NodeKernels kernels = site.open(Optional.of(labRecord), List.copyOf(labRecord.nodes()))) {
            NetworkState observed = site.observe(desired, kernels).state();
            return new LabStatus(topology, observed, Plan.between(desired, observed), labRecord.isInterrupted());
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
        NodeKernel kernel = site(lab)
                .findOwn(labRecord, node)
                .orElseThrow(() -> new LabException(Reason.ABSENT, site(lab).whyNotOpen(node)));
        kernel.client().close();
        return kernel.namespace();
    }

    private LabRecord existing(String lab) {
        return site(lab).read().orElseThrow(() -> absent(lab));
    }

    private LabException absent(String lab) {
        return new LabException(
                Reason.ABSENT,
                "there is no lab " + lab + " here; "
                        + nearest(lab)
                                .map(near -> "did you mean " + near + "?")
                                .orElse("netyard list shows those that are"));
    }

    /// The lab whose name is most like one that is the name of none; empty if no name is like it.
    public Optional<String> nearest(String lab) {
        return Nearest.to(lab, LabFolder.all(run));
    }

    /// How many namespaces carry the mark of a lab, whether or not the lab is known.
    public long countMarked(String lab) {
        return NetworkNamespace.visit(
                () -> marked().filter(found -> found.mark().lab().equals(lab)).count());
    }

    private static NetworkState compile(Topology topology) {
        return TopologyCompiler.compile(topology, ProbedFeatures::new);
    }

    /// Where a lab keeps its files, `/run/netyard/LAB`; it need not exist.
    ///
    /// @param lab the lab's name
    public Path folderOf(String lab) {
        return site(lab).folder().path();
    }

    private LabSite site(String lab) {
        return siteIn(run, lab);
    }

    private LabSite siteIn(Path runFolder, String lab) {
        LabFolder folder = LabFolder.of(runFolder, lab);
        return new LabSite(lab, folder, new NamespacePaths(namespaceFolder, lab), switches.of(lab, folder.path()));
    }
}
