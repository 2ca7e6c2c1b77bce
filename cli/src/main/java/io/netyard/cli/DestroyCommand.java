package io.netyard.cli;

import io.netyard.cli.view.Durations;
import io.netyard.cli.view.JsonView;
import io.netyard.linux.Processes;
import io.netyard.topology.apply.DestroyResult;
import io.netyard.topology.apply.Labs;
import io.netyard.topology.model.LabName;
import io.netyard.topology.yaml.TopologyFile;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `netyard destroy LAB|FILE`.
@Command(
        name = "destroy",
        description = "Remove every trace of a lab. A lab that does not exist is destroyed already.",
        mixinStandardHelpOptions = true)
final class DestroyCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(paramLabel = "LAB|FILE", description = "The lab's name, or its topology file.")
    private String labOrFile = "";

    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        String lab = lab();
        Optional<DestroyResult> result = Labs.ofThisMachine().destroy(lab);
        List<Processes.Resident> residents =
                result.map(DestroyResult::residents).orElse(List.of());
        if (json) {
            JsonView.print(out, generator -> {
                generator.writeStringProperty("lab", lab);
                generator.writeBooleanProperty("existed", result.isPresent());
                generator.writeNumberProperty(
                        "nodes", result.map(DestroyResult::nodes).orElse(0));
                generator.writeArrayPropertyStart("processes");
                residents.forEach(resident -> generator.writeNumber(resident.pid()));
                generator.writeEndArray();
            });
        } else {
            out.println(result.map(
                            done -> lab + ": " + done.nodes() + " nodes removed in " + Durations.text(done.duration()))
                    .orElse(lab + ": there is no such lab; nothing to do"));
            residents.forEach(resident -> spec.commandLine()
                    .getErr()
                    .println("netyard: process " + resident.pid()
                            + " (" + resident.name() + ") still lives in a node of " + lab
                            + "; its namespace, now empty, is gone when it ends"));
        }
        return ExitCode.DONE;
    }

    /// A path is a file; anything else is a lab's name.
    private String lab() {
        boolean isPath =
                labOrFile.indexOf('/') >= 0 || labOrFile.indexOf('.') >= 0 || Files.isRegularFile(Path.of(labOrFile));
        if (isPath) {
            return TopologyFile.read(Path.of(labOrFile))
                    .topology()
                    .map(topology -> topology.lab().value())
                    .orElseThrow(() -> new ParameterException(
                            spec.commandLine(),
                            labOrFile + " is no topology file without errors; name the lab instead (netyard list)"));
        }
        try {
            return new LabName(labOrFile).value();
        } catch (IllegalArgumentException failure) {
            throw new ParameterException(spec.commandLine(), String.valueOf(failure.getMessage()), failure);
        }
    }
}
