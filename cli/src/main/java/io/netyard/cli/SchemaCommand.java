package io.netyard.cli;

import io.netyard.topology.yaml.TopologySchema;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/// `netyard schema`.
@Command(
        name = "schema",
        description = "Print the JSON Schema (draft 2020-12) of topology files, for editors.",
        mixinStandardHelpOptions = true)
final class SchemaCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        spec.commandLine().getOut().println(TopologySchema.json());
        return ExitCode.DONE;
    }
}
