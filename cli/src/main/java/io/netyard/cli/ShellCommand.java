package io.netyard.cli;

import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/// `netyard shell LAB NODE`.
@Command(name = "shell", description = "Open a shell inside a node.", mixinStandardHelpOptions = true)
final class ShellCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private NodeArgument target = new NodeArgument();

    @Override
    public Integer call() {
        String preferred = System.getenv("SHELL");
        List<String> command = List.of(preferred == null || preferred.isEmpty() ? "/bin/sh" : preferred);
        // Shells that read a start-up file of the user may set another prompt; the variables are there for
        // it.
        String lab = target.lab();
        String node = target.node();
        return NodeProcess.replaceThis(
                spec.commandLine().getErr(),
                lab,
                node,
                command,
                Map.of("PS1", lab + ":" + node + "# ", "NETYARD_LAB", lab, "NETYARD_NODE", node));
    }
}
