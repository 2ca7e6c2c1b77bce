package io.netyard.cli;

import io.netyard.cli.view.DiagnosticView;
import io.netyard.cli.view.JsonView;
import io.netyard.topology.model.Topology;
import io.netyard.topology.yaml.TopologyFile;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `netyard validate FILE`.
@Command(
        name = "validate",
        description = "Check a topology file and say all that is wrong with it. Changes nothing and needs no rights.",
        mixinStandardHelpOptions = true)
final class ValidateCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private FileArgument file = new FileArgument();

    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        TopologyFile read = file.readQuietly();
        if (json) {
            JsonView.print(out, generator -> {
                generator.writeBooleanProperty("valid", !read.hasErrors());
                DiagnosticView.write(read.diagnostics(), generator);
            });
        } else {
            DiagnosticView.print(read.diagnostics(), spec.commandLine().getErr());
            read.topology().ifPresent(topology -> out.println(summary(topology)));
        }
        return read.hasErrors() ? ExitCode.BAD_FILE : ExitCode.DONE;
    }

    private static String summary(Topology topology) {
        return topology.lab() + ": " + topology.nodes().size() + " nodes, "
                + topology.links().size() + " links, " + topology.checks().size() + " checks; no errors";
    }
}
