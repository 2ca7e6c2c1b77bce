package io.netyard.cli;

import io.netyard.cli.view.DiagnosticView;
import io.netyard.topology.apply.LabException;
import io.netyard.topology.apply.LabSummary;
import io.netyard.topology.apply.Labs;
import io.netyard.topology.model.Topology;
import io.netyard.topology.yaml.TopologyFile;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// A lab: by the topology file that describes it, or by its name, which stands for the file that it was
/// last applied from. What has a dot or a slash in it is a file; anything else is a name, whatever files
/// lie around.
final class LabOrFile {
    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec = CommandSpec.create();

    @Parameters(
            index = "0",
            paramLabel = "LAB|FILE",
            description = {
                "The lab's name, or its topology file, which has a dot or a slash in its name.",
                "A name stands for the file as it was when it was last applied: netyard keeps a copy."
            })
    private String word = "";

    /// The file that is meant, with its topology; says what is wrong with it.
    ///
    /// @return empty if it has errors
    /// @throws LabException if there is no such lab
    Optional<Labs.Source> source(Labs labs, PrintWriter err) {
        if (isFile()) {
            return read(err);
        }
        Labs.Source applied = appliedOrExplain(labs);
        ChangedFile.tell(applied, err);
        return Optional.of(applied);
    }

    /// The same, for commands that look at the lab as it is: says if a file that is given is another one
    /// than was applied.
    Optional<Labs.Source> sourceOfRunning(Labs labs, PrintWriter err) {
        Optional<Labs.Source> source = source(labs, err);
        if (isFile()) {
            source.ifPresent(file -> ChangedFile.tellIfNotApplied(labs, file, err));
        }
        return source;
    }

    private Labs.Source appliedOrExplain(Labs labs) {
        try {
            return applied(labs, name());
        } catch (LabException failure) {
            for (String file : List.of("./" + word, word + ".yaml", word + ".yml")) {
                if (failure.reason() == LabException.Reason.ABSENT && Files.isRegularFile(Path.of(file))) {
                    throw new LabException(failure.reason(), failure.getMessage() + "; the file here is " + file);
                }
            }
            throw failure;
        }
    }

    /// The name of the lab; says what is wrong with the file if one is given.
    ///
    /// @return empty if the file has errors
    Optional<String> lab(PrintWriter err) {
        return isFile() ? read(err).map(source -> source.topology().lab().value()) : Optional.of(name());
    }

    private Optional<Labs.Source> read(PrintWriter err) {
        Path file = Path.of(word);
        TopologyFile read = TopologyFile.read(file);
        DiagnosticView.print(read.diagnostics(), err);
        return read.topology()
                .map(topology -> new Labs.Source(
                        topology, read.text(), file.toAbsolutePath().normalize().toString()));
    }

    private boolean isFile() {
        return word.indexOf('/') >= 0 || word.indexOf('.') >= 0;
    }

    private String name() {
        return LabArgument.name(spec, word);
    }

    /// The file that a lab was last applied from.
    static Labs.Source applied(Labs labs, String lab) {
        LabSummary.AppliedFile applied = labs.appliedFile(lab);
        return new Labs.Source(topology(applied), applied.text(), applied.name());
    }

    /// What a file says that a lab was applied from.
    static Topology topology(LabSummary.AppliedFile applied) {
        return TopologyFile.parse(applied.name(), applied.text())
                .topology()
                .orElseThrow(() -> new LabException(
                        LabException.Reason.FAILED,
                        "the file " + applied.name()
                                + ", as it was applied, has errors in this version of Netyard; apply it anew"));
    }
}
