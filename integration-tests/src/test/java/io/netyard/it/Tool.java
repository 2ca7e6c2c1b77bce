package io.netyard.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;

/// Runs programs that nobody here wrote: the oracles.
public final class Tool {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private Tool() {}

    /// Runs a program and returns what it printed.
    ///
    /// @throws AssertionError if it failed
    public static String run(String... command) {
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            process.getOutputStream().close();
            String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            int code = process.waitFor();
            if (code != 0) {
                throw new AssertionError(String.join(" ", command) + " ended with " + code + ": " + out);
            }
            return out;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } catch (InterruptedException failure) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(failure);
        }
    }

    /// Runs a program in a namespace that has a name.
    public static String in(String namespace, String... command) {
        List<String> words = new ArrayList<>(List.of("ip", "netns", "exec", namespace));
        words.addAll(List.of(command));
        return run(words.toArray(String[]::new));
    }

    /// Runs a program that prints JSON in a namespace that has a name. iproute2 prints an empty object for
    /// what its filter leaves out, and that is left out here, too.
    public static JsonNode json(String namespace, String... command) {
        JsonNode printed = JSON.readTree(in(namespace, command));
        if (printed instanceof ArrayNode array) {
            array.removeIf(JsonNode::isEmpty);
        }
        return printed;
    }
}
