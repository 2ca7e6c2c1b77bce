package io.netyard.cli;

import io.netyard.cli.daemon.Guards;
import io.netyard.cli.view.Durations;
import io.netyard.cli.view.JsonView;
import io.netyard.cli.view.PlanView;
import io.netyard.topology.apply.ApplyOptions;
import io.netyard.topology.apply.ApplyResult;
import io.netyard.topology.apply.Labs;
import io.netyard.topology.model.Topology;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `netyard apply LAB|FILE`.
@Command(
        name = "apply",
        description = {
            "Make the lab what its file says, and verify it.",
            "Touches only what differs. What fails is taken back, so that the lab is as it was."
        },
        mixinStandardHelpOptions = true)
final class ApplyCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private LabOrFile lab = new LabOrFile();

    @Option(
            names = {"-v", "--verbose"},
            description = "Print every change.")
    private boolean verbose;

    @Option(names = "--keep", description = "Keep what was done when something fails, to look at it.")
    private boolean keep;

    @Option(
            names = "--timeout",
            paramLabel = "TIME",
            converter = DurationConverter.class,
            description = "Take everything back if it is not done in time, such as 30s.")
    private Optional<Duration> timeout = Optional.empty();

    @Option(
            names = "--confirm-within",
            paramLabel = "TIME",
            converter = DurationConverter.class,
            description = {
                "Take everything back unless netyard confirm is run in time, such as 60s.",
                "For changes that may cut off who makes them: nothing has to go on running."
            })
    private Optional<Duration> confirmWithin = Optional.empty();

    @Option(
            names = "--lock-timeout",
            paramLabel = "TIME",
            converter = DurationConverter.class,
            description = "How long to wait for another run on the lab; 0 by default.")
    private Optional<Duration> lockTimeout = Optional.empty();

    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        PrintWriter err = spec.commandLine().getErr();
        Labs labs = ThisMachine.labs();
        Optional<Labs.Source> source = lab.source(labs, err);
        if (source.isEmpty()) {
            return ExitCode.BAD_FILE;
        }
        ApplyResult result;
        try (Interruption interruption = Interruption.watch()) {
            result = labs.apply(source.get(), options(labs, source.get(), interruption), new SlowProgress(err));
        }
        if (json) {
            write(out, source.get().topology(), result);
        } else {
            print(out, source.get().topology(), result);
        }
        return ExitCode.DONE;
    }

    private static void write(PrintWriter out, Topology topology, ApplyResult result) {
        JsonView.print(out, generator -> {
            generator.writeStringProperty("lab", topology.lab().value());
            generator.writeNumberProperty("nodes", topology.nodes().size());
            generator.writeNumberProperty("milliseconds", result.duration().toMillis());
            result.confirmWithin().ifPresent(time -> generator.writeNumberProperty("confirm-within", time.toMillis()));
            new PlanView(result.plan()).write(generator);
        });
    }

    private void print(PrintWriter out, Topology topology, ApplyResult result) {
        String name = topology.lab().value();
        if (result.plan().isEmpty()) {
            out.println(name + ": no changes (" + Durations.text(result.duration()) + ")");
            return;
        }
        PlanView view = new PlanView(result.plan());
        if (verbose) {
            view.printChanges(out);
            out.println();
        }
        String summary = view.summary()
                .replace("to make", "made")
                .replace("to change", "changed")
                .replace("to remove", "removed");
        out.println(name + ": " + summary + "; " + topology.nodes().size() + " nodes verified in "
                + Durations.text(result.duration()));
        List<String> inUserSpace = view.newUserSwitches();
        if (!inUserSpace.isEmpty()) {
            out.println(name + ": switched in user space: " + String.join(", ", inUserSpace));
        }
        result.confirmWithin()
                .ifPresent(time -> out.println(
                        name + ": taken back in " + Durations.text(time) + " unless you run: netyard confirm " + name));
    }

    private ApplyOptions options(Labs labs, Labs.Source source, Interruption interruption) {
        String name = source.topology().lab().value();
        return new ApplyOptions(
                keep,
                timeout,
                confirmWithin.map(time -> new ApplyOptions.Confirmation(time, () -> Guards.start(labs, name))),
                lockTimeout.orElse(Duration.ZERO),
                interruption::isWanted);
    }
}
