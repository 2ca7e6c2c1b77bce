package io.netyard.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/// `netyard completion`.
@Command(
        name = "completion",
        description = {
            "Print a completion script for bash and zsh.",
            "It completes commands, options, files, and the names of labs and nodes."
        },
        mixinStandardHelpOptions = true,
        footerHeading = "%nExample:%n",
        footer = "  source <(netyard completion)")
final class CompletionCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        spec.commandLine().getOut().print(CompletionScript.of(Main.allCommands()));
        return ExitCode.DONE;
    }
}
