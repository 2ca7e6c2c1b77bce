package io.netyard.cli;

import io.netyard.linux.NetworkNamespace;
import io.netyard.linux.Processes;
import io.netyard.topology.apply.LabException;
import io.netyard.topology.apply.Labs;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Replaces this process by a command inside a node.
final class NodeProcess {
    private NodeProcess() {}

    /// Returns only by throwing.
    ///
    /// @param more environment variables besides those of this process
    static int replaceThis(String lab, String node, List<String> command, Map<String, String> more) {
        Path program = find(command.getFirst());
        Map<String, String> environment = new HashMap<>(System.getenv());
        environment.putAll(more);
        System.out.flush();
        try (NetworkNamespace namespace = Labs.ofThisMachine().open(lab, node)) {
            Processes.replaceBy(namespace, lab + "." + node, program, command, environment);
        }
        throw new IllegalStateException("the process went on after it was replaced");
    }

    private static Path find(String command) {
        if (command.indexOf('/') >= 0) {
            return Path.of(command);
        }
        String path = System.getenv("PATH");
        for (String folder : (path == null ? "/usr/sbin:/usr/bin:/sbin:/bin" : path).split(":", -1)) {
            Path candidate = Path.of(folder.isEmpty() ? "." : folder, command);
            if (Files.isExecutable(candidate) && Files.isRegularFile(candidate)) {
                return candidate;
            }
        }
        throw new LabException(LabException.Reason.FAILED, "there is no command '" + command + "' on the PATH");
    }
}
