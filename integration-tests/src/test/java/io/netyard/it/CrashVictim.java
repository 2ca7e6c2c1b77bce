package io.netyard.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.netyard.cli.daemon.DaemonSwitches;
import io.netyard.linux.Pause;
import io.netyard.topology.apply.LabSummary;
import io.netyard.topology.apply.Labs;
import io.netyard.topology.apply.Progress;
import io.netyard.topology.apply.Recovery;
import io.netyard.topology.model.Topology;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/// One lab whose runs, or whose daemon, a worker kills again and again. After each kill it has to be there
/// when it is wanted, and to be gone after destroy.
///
/// Scenarios: `apply` of a new lab; `change` to the other file; `back` from there; `rollback` of a change;
/// `recovery` of a change that was killed; `restart` of a daemon that died, by apply; `destroy`.
final class CrashVictim {
    private static final int MOST_WAITS = 500;
    private static final Duration POLL = Duration.ofMillis(20);

    private final Labs labs = Labs.ofThisMachine(DaemonSwitches::new);
    private final CrashLab lab;
    private final Path folder;
    private final Path before;
    private final Path after;
    private final Path log;

    CrashVictim(CrashLab lab, Path folder) throws IOException {
        this.lab = lab;
        this.folder = folder;
        this.before = Files.writeString(folder.resolve(lab.name() + "-before.yaml"), lab.before());
        this.after = Files.writeString(folder.resolve(lab.name() + "-after.yaml"), lab.after());
        this.log = folder.resolve(lab.name() + ".log");
    }

    private String[] command(String scenario) {
        return switch (scenario) {
            case "apply", "back", "restart" -> new String[] {"apply", before.toString()};
            case "change", "rollback" -> new String[] {"apply", after.toString()};
            case "destroy" -> new String[] {"destroy", lab.name()};
            default -> new String[] {"recover", lab.name()};
        };
    }

    private void prepare(String scenario) {
        if (!scenario.equals("apply")) {
            apply(scenario.equals("back") ? after : before);
        }
        if (scenario.equals("recovery")) {
            int code = KilledNetyard.run("kill@apply.verify#1", log, "apply", after.toString());
            assertThat(code).isEqualTo(KilledNetyard.KILLED);
        }
        if (scenario.equals("restart")) {
            assertThat(new DaemonSwitches(lab.name(), labs.folderOf(lab.name())).kill())
                    .isTrue();
        }
    }

    /// In this process, or where the lab has a daemon in one of its own, which starts daemons as people
    /// have them started.
    private void apply(Path file) {
        if (lab.hasUserSwitch()) {
            run("apply", file.toString());
        } else {
            labs.apply(source(file), Progress.SILENT);
        }
    }

    private void run(String... command) {
        int code = KilledNetyard.run("off", log, command);
        assertThat(code).as(() -> String.join(" ", command) + ": " + read(log)).isZero();
    }

    /// The points that a scenario passes.
    List<String> points(String scenario, String failpoint) {
        prepare(scenario);
        List<String> points = KilledNetyard.points(folder, failpoint, command(scenario));
        destroy();
        return points;
    }

    /// The points that the daemon passes from its start to the end of a scenario: `apply`, `change` or
    /// `destroy`.
    List<String> pointsOfDaemon(String scenario) {
        Path trace = folder.resolve("trace-" + System.nanoTime());
        assertThat(KilledNetyard.runWithDaemon("trace:" + trace, log, command("apply")))
                .isZero();
        if (!scenario.equals("apply")) {
            run(command(scenario));
        }
        List<String> points = read(trace).lines().toList();
        destroy();
        return points;
    }

    /// Kills at one point, and looks whether the lab can be had, or taken away, after that.
    void kill(String scenario, String failpoint, int point) {
        prepare(scenario);
        int code = KilledNetyard.run(failpoint + ";kill@#" + point, log, command(scenario));
        assertThat(code)
                .as(() -> scenario + " killed at point " + point + ": " + read(log))
                .isEqualTo(KilledNetyard.KILLED);
        converge(point);
    }

    /// Kills a run, and the run after it.
    void killTwice(int first, int second, String next) {
        prepare("change");
        KilledNetyard.run("kill@#" + first, log, command("change"));
        KilledNetyard.run("kill@#" + second, log, command(next));
        converge(first + second);
    }

    /// Kills the daemon at one of its points. A run may bring it back by itself, and fails otherwise;
    /// destroy does not need it.
    void killDaemon(String scenario, int point) {
        int code = KilledNetyard.runWithDaemon("kill@#" + point, log, command("apply"));
        if (scenario.equals("apply")) {
            assertThat(code).isNotZero();
        } else {
            assertThat(code).isZero();
            code = KilledNetyard.run("off", log, command(scenario));
        }
        if (scenario.equals("destroy")) {
            assertThat(code).isZero();
        } else if (code == 0) {
            assertThat(labs.plan(source(after)).changes()).isEmpty();
        }
        converge(point);
    }

    private void converge(int turn) {
        assertThat(labs.list()).noneMatch(each -> each.state() == LabSummary.State.DAMAGED);
        switch (turn % 3) {
            case 0 -> convergeTo(before);
            case 1 -> convergeTo(after);
            default -> recover();
        }
        destroy();
    }

    private void convergeTo(Path file) {
        apply(file);
        assertThat(labs.plan(source(file)).changes()).isEmpty();
    }

    private void recover() {
        if (lab.hasUserSwitch()) {
            run("recover", lab.name());
        } else {
            labs.recover(lab.name(), CrashVictim::topology, Recovery.Extent.ALL);
        }
        assertThat(labs.recover(lab.name(), CrashVictim::topology, Recovery.Extent.ALL)
                        .repair())
                .isEmpty();
        if (labs.list().stream().anyMatch(each -> each.lab().equals(lab.name()))) {
            LabSummary.AppliedFile file = labs.appliedFile(lab.name());
            assertThat(labs.plan(CrashLab.source(file.text())).changes()).isEmpty();
        }
    }

    private static Labs.Source source(Path file) {
        return CrashLab.source(read(file));
    }

    private static Topology topology(LabSummary.AppliedFile file) {
        return CrashLab.source(file.text()).topology();
    }

    /// Takes the lab away, and looks whether it is gone.
    private void destroy() {
        labs.destroy(lab.name());
        assertThat(Path.of("/run/netyard", lab.name())).doesNotExist();
        assertThat(Path.of("/run/netns"))
                .isDirectoryNotContaining(file -> file.getFileName().toString().startsWith(lab.name() + "."));
        if (lab.hasUserSwitch()) {
            awaitNoDaemon();
        }
    }

    /// A daemon of this lab that sees the same `/run`: those of other tests do not.
    private boolean isDaemon(ProcessHandle process) {
        Path facts = Path.of("/proc", Long.toString(process.pid()));
        try {
            return Files.readString(facts.resolve("cmdline")).endsWith("\0daemon\0" + lab.name() + "\0")
                    && Files.readSymbolicLink(facts.resolve("ns/mnt"))
                            .equals(Files.readSymbolicLink(Path.of("/proc/self/ns/mnt")));
        } catch (IOException _) {
            // It has ended.
            return false;
        }
    }

    /// One that was told to end, or that finds its lab gone, ends soon.
    private void awaitNoDaemon() {
        for (int attempt = 0; ProcessHandle.allProcesses().anyMatch(this::isDaemon); attempt++) {
            assertThat(attempt).as("the daemon of " + lab.name() + " is there").isLessThan(MOST_WAITS);
            Pause.of(POLL);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
