package io.netyard.cli;

import io.netyard.linux.Errno;
import io.netyard.linux.NetworkNamespace;
import io.netyard.linux.Processes;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Replaces this process by a command inside a node.
final class NodeProcess {
    private static final int NOT_RUNNABLE = 126;
    private static final int NOT_FOUND = 127;

    private NodeProcess() {}

    /// Returns only if the command cannot be run; then it has said why, and the exit code is that of
    /// shells.
    ///
    /// @param more environment variables besides those of this process
    static int replaceThis(PrintWriter err, String lab, String node, List<String> command, Map<String, String> more) {
        String word = command.getFirst();
        Map<String, String> environment = new HashMap<>(System.getenv());
        environment.putAll(more);
        System.out.flush();
        try (NetworkNamespace namespace = ThisMachine.labs().open(lab, node)) {
            Optional<Path> program = find(word);
            if (program.isEmpty()) {
                err.println("netyard: there is no command '" + word + "'" + (isPath(word) ? "" : " on the PATH"));
                return NOT_FOUND;
            }
            if (!isProgram(program.get())) {
                err.println("netyard: '" + word + "' is not a program that can be run");
                return NOT_RUNNABLE;
            }
            Errno refusal = Processes.replaceBy(namespace, lab + "." + node, program.get(), command, environment);
            err.println("netyard: '" + word + "' cannot be run: " + refusal.text() + " (" + refusal + ")"
                    + advice(refusal));
            return NOT_RUNNABLE;
        }
    }

    private static String advice(Errno refusal) {
        return switch (refusal) {
            case ENOEXEC -> "; a script begins with #! and its interpreter";
            case ENOENT -> "; its interpreter, or the loader that it names, is not there";
            case EACCES -> "; its file system may be mounted noexec";
            default -> "";
        };
    }

    private static boolean isPath(String word) {
        return word.indexOf('/') >= 0;
    }

    private static boolean isProgram(Path file) {
        return Files.isExecutable(file) && Files.isRegularFile(file);
    }

    private static Optional<Path> find(String word) {
        if (isPath(word)) {
            return Optional.of(Path.of(word)).filter(Files::exists);
        }
        String path = System.getenv("PATH");
        for (String folder : (path == null ? "/usr/sbin:/usr/bin:/sbin:/bin" : path).split(":", -1)) {
            Path candidate = Path.of(folder.isEmpty() ? "." : folder, word);
            if (isProgram(candidate)) {
                return Optional.of(candidate);
            }
        }
        return Optional.empty();
    }
}
