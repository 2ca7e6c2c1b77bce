package io.netyard.cli;

import io.netyard.cli.view.DiagnosticView;
import io.netyard.cli.view.JsonView;
import io.netyard.topology.model.Diagnostic;
import io.netyard.topology.model.Topology;
import io.netyard.topology.yaml.TopologyFile;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `netyard validate FILE...`.
@Command(
        name = "validate",
        description = {
            "Check topology files and say all that is wrong with them.",
            "Changes nothing and needs no rights."
        },
        mixinStandardHelpOptions = true)
final class ValidateCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(arity = "1..*", paramLabel = "FILE", description = "The topology files.")
    private List<Path> files = List.of();

    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        List<TopologyFile> read = files.stream().map(TopologyFile::read).toList();
        boolean valid = read.stream().noneMatch(TopologyFile::hasErrors);
        if (json) {
            List<Diagnostic> diagnostics =
                    read.stream().flatMap(file -> file.diagnostics().stream()).toList();
            JsonView.print(out, generator -> {
                generator.writeBooleanProperty("valid", valid);
                DiagnosticView.write(diagnostics, generator);
            });
        } else {
            for (TopologyFile file : read) {
                DiagnosticView.print(file.diagnostics(), spec.commandLine().getErr());
                file.topology().ifPresent(topology -> out.println(summary(topology)));
            }
        }
        return valid ? ExitCode.DONE : ExitCode.BAD_FILE;
    }

    private static String summary(Topology topology) {
        return topology.lab() + ": " + count(topology.nodes(), "node") + ", " + count(topology.links(), "link") + ", "
                + count(topology.checks(), "check") + "; no errors";
    }

    private static String count(Collection<?> things, String name) {
        return things.size() + " " + name + (things.size() == 1 ? "" : "s");
    }
}
