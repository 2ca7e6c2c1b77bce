package io.netyard.topology.yaml;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/// The example topologies of the project.
final class Examples {
    private Examples() {}

    static List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("..", "examples"))) {
            return files.filter(file -> file.toString().endsWith(".yaml"))
                    .sorted()
                    .toList();
        }
    }

    static List<String> texts() throws IOException {
        List<String> texts = new java.util.ArrayList<>();
        for (Path file : files()) {
            texts.add(Files.readString(file));
        }
        return List.copyOf(texts);
    }
}
