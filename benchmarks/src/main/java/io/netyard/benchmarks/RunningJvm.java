package io.netyard.benchmarks;

import io.netyard.topology.apply.LabException;
import io.netyard.topology.apply.Labs;
import io.netyard.topology.apply.Progress;
import io.netyard.topology.observe.UserSwitches;
import io.netyard.topology.yaml.TopologyFile;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/// Netyard in a JVM that stays: what provisioning costs without starting one. Reads `apply FILE` and
/// `destroy LAB` from standard input, and answers each with `done` or with what went wrong.
public final class RunningJvm {
    private RunningJvm() {}

    /// Runs until the end of its input.
    public static void main(String[] arguments) throws IOException {
        PrintStream out = System.out;
        out.println("ready");
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            out.println(answer(line));
        }
    }

    private static String answer(String line) {
        String[] words = line.split(" ", 2);
        try {
            switch (words[0]) {
                case "apply" -> apply(Path.of(words[1]));
                case "destroy" -> Labs.ofThisMachine(UserSwitches.NOWHERE).destroy(words[1]);
                default -> {
                    return "no command: " + line;
                }
            }
            return "done";
        } catch (LabException failure) {
            return String.valueOf(failure.getMessage());
        }
    }

    /// Reads the file as well, as the command does.
    private static void apply(Path path) {
        TopologyFile file = TopologyFile.read(path);
        Labs.Source source = new Labs.Source(file.topology().orElseThrow(), file.text(), file.name());
        Labs.ofThisMachine(UserSwitches.NOWHERE).apply(source, Progress.SILENT);
    }
}
