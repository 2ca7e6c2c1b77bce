package io.netyard.topology.yaml;

import io.netyard.topology.model.Diagnostic;
import io.netyard.topology.model.Diagnostic.Severity;
import io.netyard.topology.model.Topology;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// A topology file as it was read.
///
/// @param name its path
/// @param text what it says; empty if it could not be read
/// @param topology the model; empty if there are errors
/// @param diagnostics all errors and warnings, in the order of the file
public record TopologyFile(String name, String text, Optional<Topology> topology, List<Diagnostic> diagnostics) {
    /// Longer files are refused unread.
    public static final int MOST_BYTES = 1024 * 1024;

    public TopologyFile {
        diagnostics = List.copyOf(diagnostics);
    }

    /// Reads a file. Whatever is wrong with it, or with reading it, is a diagnostic.
    public static TopologyFile read(Path path) {
        String name = path.toString();
        Diagnostics problems = new Diagnostics(name, "");
        try {
            if (!Files.isRegularFile(path)) {
                problems.error(
                        problems.position(0, 0),
                        Files.exists(path) ? "this is not a regular file" : "there is no such file");
            } else if (Files.size(path) > MOST_BYTES) {
                problems.error(
                        problems.position(0, 0),
                        "the file has " + Files.size(path) + " bytes; a topology file has at most " + MOST_BYTES);
            } else {
                byte[] bytes = Files.readAllBytes(path);
                return parse(
                        name,
                        StandardCharsets.UTF_8
                                .newDecoder()
                                .decode(ByteBuffer.wrap(bytes))
                                .toString());
            }
        } catch (CharacterCodingException _) {
            problems.error(problems.position(0, 0), "the file is not UTF-8");
        } catch (NoSuchFileException _) {
            problems.error(problems.position(0, 0), "there is no such file");
        } catch (IOException failure) {
            problems.error(problems.position(0, 0), "the file cannot be read: " + failure.getMessage());
        }
        return new TopologyFile(name, "", Optional.empty(), problems.sorted());
    }

    /// Reads text.
    ///
    /// @param name what to call it in diagnostics
    public static TopologyFile parse(String name, String text) {
        Diagnostics diagnostics = new Diagnostics(name, text);
        Positions positions = new Positions(diagnostics.position(1, 1));
        Optional<Topology> topology =
                YamlTree.read(text, diagnostics).flatMap(new TopologyReader(diagnostics, positions)::read);
        if (!diagnostics.hasErrors()) {
            topology.ifPresent(read -> new TopologyLint(read, positions, diagnostics).check());
        }
        return new TopologyFile(
                name, text, diagnostics.hasErrors() ? Optional.empty() : topology, diagnostics.sorted());
    }

    /// Whether anything is an error.
    public boolean hasErrors() {
        return diagnostics.stream().anyMatch(diagnostic -> diagnostic.severity() == Severity.ERROR);
    }
}
