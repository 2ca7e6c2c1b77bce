package io.netyard.cli;

import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `netyard exec LAB NODE -- CMD…`.
@Command(
        name = "exec",
        description = {
            "Run a command inside a node; netyard shell opens a shell there.",
            "Its exit status is that of netyard; 127 if there is no such command, 126 if it cannot be run."
        },
        mixinStandardHelpOptions = true,
        footerHeading = "%nExample:%n",
        footer = "  netyard exec campus h1 -- ip -br address")
final class ExecCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private NodeArgument target = new NodeArgument();

    @Parameters(
            index = "2..*",
            arity = "1..*",
            paramLabel = "CMD",
            description = "The command and its arguments. A -- before it is left out.")
    private List<String> command = List.of();

    @Override
    public Integer call() {
        List<String> words = command.getFirst().equals("--") ? command.subList(1, command.size()) : command;
        if (words.isEmpty()) {
            throw new ParameterException(spec.commandLine(), "Missing required parameter: 'CMD'");
        }
        return NodeProcess.replaceThis(spec.commandLine().getErr(), target.lab(), target.node(), words, Map.of());
    }
}
