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

/// `netyard apply FILE`.
@Command(
        name = "apply",
        description = {
            "Make the lab what the file says, and verify it. Touches only what differs;",
            "what fails is taken back, so that the lab is as it was."
        },
        mixinStandardHelpOptions = true)
final class ApplyCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private FileArgument file = new FileArgument();

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
        Optional<Labs.Source> source = file.read(err);
        if (source.isEmpty()) {
            return ExitCode.BAD_FILE;
        }
        ApplyResult result = Labs.ofThisMachine().apply(source.get(), new SlowProgress(err));
        PlanView view = new PlanView(result.plan());
        String lab = source.get().topology().lab().value();
        int nodes = source.get().topology().nodes().size();
        if (json) {
            JsonView.print(out, generator -> {
                generator.writeStringProperty("lab", lab);
                generator.writeNumberProperty("nodes", nodes);
                generator.writeNumberProperty("milliseconds", result.duration().toMillis());
                view.write(generator);
            });
        } else if (result.plan().isEmpty()) {
            out.println(lab + ": no changes (" + Durations.text(result.duration()) + ")");
        } else {
            if (verbose) {
                view.print(out, lab);
            }
            out.println(lab + ": "
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
