package io.netyard.cli.doctor;

import io.netyard.cli.daemon.OwnProcess;
import io.netyard.linux.LinuxException;
import io.netyard.linux.NamespaceFolder;
import io.netyard.netlink.NetlinkException;
import io.netyard.topology.apply.LabException;
import io.netyard.topology.apply.LabSummary;
import io.netyard.topology.apply.Labs;
import io.netyard.topology.apply.Progress;
import io.netyard.topology.apply.Recovery;
import io.netyard.topology.check.CheckResult;
import io.netyard.topology.check.CheckRunner;
import io.netyard.topology.observe.UserSwitchException;
import io.netyard.topology.plan.Plan;
import io.netyard.topology.yaml.TopologyFile;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.BooleanSupplier;

/// A lab made by chance that is edited, broken, killed over and destroyed for a time, with a look after
/// each turn whether everything is as it has to be.
public final class Soak {
    /// Later ones than most runs pass, so that some runs come to their end.
    private static final int LAST_POINT = 80;

    private static final int KILLED = 137;
    private static final List<Fault> FAULTS = List.of(Fault.values());

    /// The share of the time after which the process is warm: code is compiled, caches are filled.
    private static final int WARM = 3;

    private final Labs labs;
    private final Labs.FileReader reader;
    private final Path folder;
    private final String lab;
    private final long seed;
    private final Random random;
    private final RandomLab wanted;
    private final Map<SoakReport.Turn, Integer> turns = new EnumMap<>(SoakReport.Turn.class);
    private int killed;

    /// @param folder empty and this soak's own; files of topologies and logs are left in it
    /// @param lab a name that no lab has
    /// @param seed of all chance
    public Soak(Labs labs, Labs.FileReader reader, Path folder, String lab, long seed) {
        this.labs = labs;
        this.reader = reader;
        this.folder = folder;
        this.lab = lab;
        this.seed = seed;
        this.random = new Random(seed);
        this.wanted = new RandomLab(lab, random);
    }

    /// Something is not as it has to be.
    private static final class Broken extends RuntimeException {
        private static final long serialVersionUID = 1;

        Broken(String message) {
            super(message);
        }
    }

    /// Goes on until the time is over, something is broken, or somebody wants it to stop. The lab is gone
    /// then, unless something is broken: then it stays as it is, to be looked at.
    ///
    /// @param progress called before each turn
    public SoakReport run(Duration time, BooleanSupplier stop, Runnable progress) {
        long start = System.nanoTime();
        Optional<Holdings> warm = Optional.empty();
        try {
            apply();
            while (System.nanoTime() - start < time.toNanos() && !stop.getAsBoolean()) {
                SoakReport.Turn turn = next();
                turns.merge(turn, 1, Integer::sum);
                progress.run();
                take(turn);
                if (warm.isEmpty() && System.nanoTime() - start > time.toNanos() / WARM) {
                    destroy();
                    warm = Optional.of(Holdings.now());
                    apply();
                }
            }
            destroy();
        } catch (Broken | LabException | LinuxException | NetlinkException | UserSwitchException failure) {
            // What stops this process ends those that it has started, in the middle of their work.
            return report(start, stop.getAsBoolean() ? giveUp() : Optional.of(words(failure)), warm);
        }
        return report(start, Optional.empty(), warm);
    }

    /// @return what was broken even so
    private Optional<String> giveUp() {
        try {
            destroy();
            return Optional.empty();
        } catch (Broken | LabException | LinuxException | NetlinkException | UserSwitchException failure) {
            return Optional.of(words(failure));
        }
    }

    private static String words(RuntimeException failure) {
        return (failure instanceof Broken ? "" : "refused: ") + failure.getMessage();
    }

    private SoakReport report(long start, Optional<String> broken, Optional<Holdings> warm) {
        Holdings after = Holdings.now();
        return new SoakReport(
                seed,
                Duration.ofNanos(System.nanoTime() - start),
                turns,
                killed,
                broken,
                warm.orElse(after),
                after,
                leftovers().size());
    }

    private SoakReport.Turn next() {
        return switch (random.nextInt(10)) {
            case 0, 1, 2 -> SoakReport.Turn.KILL;
            case 3, 4 -> SoakReport.Turn.FAULT;
            case 5 -> SoakReport.Turn.DESTROY;
            default -> SoakReport.Turn.EDIT;
        };
    }

    private void take(SoakReport.Turn turn) {
        switch (turn) {
            case EDIT -> {
                wanted.edit();
                apply();
            }
            case KILL -> kill();
            case FAULT -> fault();
            case DESTROY -> {
                destroy();
                apply();
            }
        }
    }

    /// Applies what is wanted, and looks: nothing is left to do, and the check of the file passes.
    private void apply() {
        Labs.Source source = source();
        labs.apply(source, Progress.SILENT);
        requireNoChange(labs.plan(source), "after apply");
        for (CheckResult result : new CheckRunner(source.topology(), node -> labs.open(lab, node)).run()) {
            if (!result.passed()) {
                throw new Broken("the check '" + result.check().name() + "' fails: " + result.reason());
            }
        }
    }

    private Labs.Source source() {
        TopologyFile file = TopologyFile.parse(file().toString(), write());
        return new Labs.Source(
                file.topology().orElseThrow(() -> new IllegalStateException("" + file.diagnostics())),
                file.text(),
                file.name());
    }

    private Path file() {
        return folder.resolve("lab.yaml");
    }

    private String write() {
        String text = wanted.text();
        try {
            Files.writeString(file(), text);
        } catch (IOException failure) {
            throw new LabException("write " + file(), failure);
        }
        return text;
    }

    private static void requireNoChange(Plan plan, String when) {
        if (!plan.changes().isEmpty()) {
            throw new Broken(plan.changes().size() + " changes are left " + when + ", the first is "
                    + plan.changes().getFirst());
        }
    }

    private void destroy() {
        labs.destroy(lab);
        List<String> leftovers = leftovers();
        if (!leftovers.isEmpty()) {
            throw new Broken("left behind by destroy: " + String.join(", ", leftovers));
        }
    }

    /// Kills a run of the command at some step.
    private void kill() {
        wanted.edit();
        write();
        String point = "kill@#" + (1 + random.nextInt(LAST_POINT));
        boolean destroying = random.nextInt(4) == 0;
        int code = destroying ? run(point, "destroy", lab) : run(point, "apply", file().toString());
        if (code == KILLED) {
            killed++;
        } else if (code != 0) {
            throw new Broken("a run ended with " + code + "; " + log() + " has its words");
        }
        switch (random.nextInt(3)) {
            case 0 -> recover();
            case 1 -> destroy();
            default -> {}
        }
        apply();
    }

    private int run(String failpoint, String... command) {
        try {
            return new OwnProcess(
                            folder,
                            log(),
                            List.of("-Dnetyard.failpoint=" + failpoint, "-XX:TieredStopAtLevel=1"),
                            Set.of())
                    .start(command)
                    .waitFor();
        } catch (IOException failure) {
            throw new LabException("start another netyard", failure);
        } catch (InterruptedException failure) {
            Thread.currentThread().interrupt();
            throw new LabException("interrupted while another netyard ran", failure);
        }
    }

    private Path log() {
        return folder.resolve("killed.log");
    }

    /// After it, the lab is gone, or is what the file says that it was applied from.
    private void recover() {
        labs.recover(lab, reader, Recovery.Extent.ALL);
        for (LabSummary summary : labs.list()) {
            if (summary.lab().equals(lab)) {
                if (summary.state() != LabSummary.State.APPLIED) {
                    throw new Broken("recovered, the lab is " + summary.state() + " " + summary.problem());
                }
                LabSummary.AppliedFile applied = labs.appliedFile(lab);
                requireNoChange(
                        labs.plan(new Labs.Source(reader.read(applied), applied.text(), applied.name())),
                        "after recovery");
            }
        }
    }

    private void fault() {
        List<String> hosts = wanted.hosts();
        Fault fault = FAULTS.get(random.nextInt(FAULTS.size()));
        boolean happened = fault.happen(labs, lab, hosts.get(random.nextInt(hosts.size())));
        if (happened && labs.plan(source()).changes().isEmpty()) {
            throw new Broken("plan does not see that " + fault);
        }
        apply();
    }

    /// What is there of the lab, which should be gone.
    private List<String> leftovers() {
        List<String> found = new ArrayList<>();
        Path kept = labs.folderOf(lab);
        if (Files.exists(kept)) {
            found.add(kept.toString());
        }
        try (DirectoryStream<Path> names = Files.newDirectoryStream(NamespaceFolder.DEFAULT, lab + ".*")) {
            names.forEach(name -> found.add(name.toString()));
        } catch (IOException failure) {
            throw new LabException("look at " + NamespaceFolder.DEFAULT, failure);
        }
        labs.orphans().stream().filter(orphan -> orphan.lab().equals(lab)).forEach(orphan -> found.add(orphan.where()));
        return found;
    }
}
