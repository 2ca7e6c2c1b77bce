package io.netyard.netlink.route;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What `src/test/golden/capture` captured.
public final class Golden {
    private Golden() {}

    /// The requests that iproute2 sent, by its commands.
    static Map<String, byte[]> requests() {
        Map<String, byte[]> requests = new LinkedHashMap<>();
        parts("iproute2.txt").forEach((command, lines) -> requests.put(command, octets(String.join("", lines))));
        return requests;
    }

    /// The datagrams in which the kernel answered, by the commands that read them.
    static Map<String, List<byte[]>> answers() {
        Map<String, List<byte[]>> answers = new LinkedHashMap<>();
        parts("kernel.txt")
                .forEach((command, lines) ->
                        answers.put(command, lines.stream().map(Golden::octets).toList()));
        return answers;
    }

    /// All of it, as something to start mutations from.
    public static List<byte[]> datagrams() {
        List<byte[]> datagrams = new ArrayList<>(requests().values());
        answers().values().forEach(datagrams::addAll);
        return datagrams;
    }

    private static byte[] octets(String hex) {
        return HexFormat.of().parseHex(hex);
    }

    private static Map<String, List<String>> parts(String resource) {
        Map<String, List<String>> parts = new LinkedHashMap<>();
        try (InputStream file = Golden.class.getResourceAsStream(resource)) {
            for (String part : new String(file.readAllBytes(), StandardCharsets.UTF_8).split("\n\n")) {
                if (!part.startsWith("#")) {
                    List<String> lines = part.strip().lines().toList();
                    parts.put(lines.getFirst(), lines.subList(1, lines.size()));
                }
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        return parts;
    }
}
