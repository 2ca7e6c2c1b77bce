package io.netyard.cli;

import io.netyard.cli.daemon.Guards;
import io.netyard.cli.view.Durations;
import io.netyard.cli.view.JsonView;
import io.netyard.cli.view.PlanView;
import io.netyard.topology.apply.ApplyOptions;
import io.netyard.topology.apply.ApplyResult;
import io.netyard.topology.apply.Labs;
import java.io.PrintWriter;
import java.time.Duration;
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
        PlanView view = new PlanView(result.plan());
        String name = source.get().topology().lab().value();
        int nodes = source.get().topology().nodes().size();
        if (json) {
            JsonView.print(out, generator -> {
                generator.writeStringProperty("lab", name);
                generator.writeNumberProperty("nodes", nodes);
                generator.writeNumberProperty("milliseconds", result.duration().toMillis());
                result.confirmWithin()
                        .ifPresent(time -> generator.writeNumberProperty("confirm-within", time.toMillis()));
                view.write(generator);
            });
        } else if (result.plan().isEmpty()) {
            out.println(name + ": no changes (" + Durations.text(result.duration()) + ")");
        } else {
            if (verbose) {
                view.printChanges(out);
                out.println();
            }
            out.println(name + ": "
                    + view.summary()
                            .replace("to make", "made")
                            .replace("to change", "changed")
                            .replace("to remove", "removed")
                    + "; " + nodes + " nodes verified in "
                    + Durations.text(result.duration()));
            result.confirmWithin()
                    .ifPresent(time -> out.println(name + ": taken back in " + Durations.text(time)
                            + " unless you run: netyard confirm " + name));
        }
        return ExitCode.DONE;
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
