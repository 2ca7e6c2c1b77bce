package io.netyard.cli;

import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/// `netyard exec LAB NODE -- CMD…`.
@Command(
        name = "exec",
        description = "Run a command inside a node. Its exit status is that of netyard.",
        mixinStandardHelpOptions = true,
        footerHeading = "%nExample:%n",
        footer = "  netyard exec campus h1 -- ip -br address")
final class ExecCommand implements Callable<Integer> {
    @Parameters(index = "0", paramLabel = "LAB", description = "The lab's name.")
    private String lab = "";

    @Parameters(index = "1", paramLabel = "NODE", description = "One of its nodes.")
    private String node = "";

    @Parameters(
            index = "2..*",
            arity = "1..*",
            paramLabel = "CMD",
            description = "The command and its arguments, after --.")
    private List<String> command = List.of();

    @Override
    public Integer call() {
        return NodeProcess.replaceThis(lab, node, command, Map.of());
    }
}
