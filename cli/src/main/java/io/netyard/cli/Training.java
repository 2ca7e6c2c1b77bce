package io.netyard.cli;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// Runs the commands that people run most, in one process, while the build records which classes they need.
public final class Training {
    private Training() {}

    /// Runs the commands one after another.
    ///
    /// @param arguments a topology file; where namespaces can be made, and the caller has seen to it that
    ///     `/run` is private, also one of a lab `training` whose daemon runs already and is left running
    public static void main(String[] arguments) {
        PrintWriter out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
        String file = arguments[0];
        List<List<String>> always = List.of(
                List.of("--version"),
                List.of("--help"),
                List.of("validate", file),
                List.of("validate", "--json", file));
        List<List<String>> asRoot = List.of(
                List.of("plan", file),
                List.of("apply", file),
                List.of("apply", file),
                List.of("plan", file),
                List.of("list"),
                List.of("show", "bridge"),
                List.of("check", file),
                List.of("destroy", file));
        always.forEach(command -> run(command, out));
        if (arguments.length > 1) {
            asRoot.forEach(command -> run(command, out));
            String withDaemon = arguments[1];
            List<List<String>> switches = List.of(
                    List.of("apply", withDaemon),
                    List.of("check", withDaemon),
                    List.of("show", "training", "s1"),
                    List.of("apply", withDaemon));
            switches.forEach(command -> run(command, out));
        }
    }

    private static void run(List<String> command, PrintWriter out) {
        int code = Main.run(command.toArray(String[]::new), out, out);
        if (code != ExitCode.DONE) {
            throw new IllegalStateException("netyard " + String.join(" ", command) + " ended with " + code);
        }
    }
}
