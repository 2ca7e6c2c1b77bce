package io.netyard.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/// `netyard shell LAB NODE`.
@Command(
        name = "shell",
        description = {
            "Open a shell inside a node.",
            "It is $SHELL. The prompt of bash, zsh and sh names lab and node; the start-up files of bash and zsh are read"
                    + " as ever. NETYARD_LAB and NETYARD_NODE are set for other prompts."
        },
        mixinStandardHelpOptions = true)
final class ShellCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private NodeArgument target = new NodeArgument();

    @Override
    public Integer call() {
        String lab = target.lab();
        String node = target.node();
        Map<String, String> environment = new HashMap<>(Map.of("NETYARD_LAB", lab, "NETYARD_NODE", node));
        List<String> command = command(environment);
        return NodeProcess.replaceThis(spec.commandLine().getErr(), lab, node, command, environment);
    }

    /// The user's shell, with what makes it change its prompt once it has read the user's own files.
    ///
    /// @param environment what the shell gets besides the variables of this process; added to
    private static List<String> command(Map<String, String> environment) {
        String preferred = System.getenv("SHELL");
        String shell = preferred == null || preferred.isEmpty() ? "/bin/sh" : preferred;
        Path ours = Path.of(System.getProperty("netyard.home", ""), "cli/target/dist/shell");
        String name = String.valueOf(Path.of(shell).getFileName());
        if (Files.isDirectory(ours) && name.equals("bash")) {
            return List.of(shell, "--rcfile", ours.resolve("bashrc").toString());
        }
        if (Files.isDirectory(ours) && name.equals("zsh")) {
            String folder = System.getenv("ZDOTDIR");
            if (folder != null) {
                environment.put("NETYARD_ZDOTDIR", folder);
            }
            environment.put("ZDOTDIR", ours.toString());
            return List.of(shell);
        }
        environment.put("PS1", environment.get("NETYARD_LAB") + ":" + environment.get("NETYARD_NODE") + "# ");
        return List.of(shell);
    }
}
