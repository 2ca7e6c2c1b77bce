package io.netyard.cli;

import io.netyard.cli.view.Durations;
import io.netyard.cli.view.JsonView;
import io.netyard.cli.view.PlanView;
import io.netyard.topology.apply.ApplyResult;
import io.netyard.topology.apply.Labs;
import java.io.PrintWriter;
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
        ApplyResult result = labs.apply(source.get(), new SlowProgress(err));
        PlanView view = new PlanView(result.plan());
        String name = source.get().topology().lab().value();
        int nodes = source.get().topology().nodes().size();
        if (json) {
            JsonView.print(out, generator -> {
                generator.writeStringProperty("lab", name);
                generator.writeNumberProperty("nodes", nodes);
                generator.writeNumberProperty("milliseconds", result.duration().toMillis());
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
        }
        return ExitCode.DONE;
    }
}
