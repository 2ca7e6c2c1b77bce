package io.netyard.cli;

import io.netyard.cli.view.DiagnosticView;
import io.netyard.topology.apply.Labs;
import io.netyard.topology.yaml.TopologyFile;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Parameters;

/// The topology file that a command works on.
final class FileArgument {
    @Parameters(paramLabel = "FILE", description = "The topology file.")
    private Path file = Path.of("");

    /// Reads the file, and says what is wrong with it.
    ///
    /// @return empty if it has errors
    Optional<Labs.Source> read(PrintWriter err) {
        TopologyFile read = TopologyFile.read(file);
        DiagnosticView.print(read.diagnostics(), err);
        return read.topology()
                .map(topology -> new Labs.Source(
                        topology, read.text(), file.toAbsolutePath().normalize().toString()));
    }

    /// Reads the file and says nothing.
    TopologyFile readQuietly() {
        return TopologyFile.read(file);
    }
}
