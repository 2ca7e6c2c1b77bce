package io.netyard.cli;

import io.netyard.cli.view.CheckView;
import io.netyard.cli.view.JsonView;
import io.netyard.topology.apply.LabException;
import io.netyard.topology.apply.Labs;
import io.netyard.topology.check.CheckResult;
import io.netyard.topology.check.CheckRunner;
import io.netyard.topology.model.Topology;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `netyard check LAB|FILE`.
@Command(
        name = "check",
        description = {"Run the checks of a topology file on the running lab.", "Exits with 1 if one fails."},
        mixinStandardHelpOptions = true)
final class CheckCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private LabOrFile lab = new LabOrFile();

    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    @Option(names = "--junit", paramLabel = "OUT", description = "Write a JUnit XML report too.")
    private Optional<Path> junit = Optional.empty();

    @Option(names = "--csv", paramLabel = "OUT", description = "Write a CSV table too.")
    private Optional<Path> csv = Optional.empty();

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        Labs labs = ThisMachine.labs();
        Optional<Labs.Source> source =
                lab.sourceOfRunning(labs, spec.commandLine().getErr());
        if (source.isEmpty()) {
            return ExitCode.BAD_FILE;
        }
        Topology topology = source.get().topology();
        String name = topology.lab().value();
        List<CheckResult> results = new CheckRunner(topology, node -> labs.open(name, node)).run();
        CheckView view = new CheckView(name, results);
        if (json) {
            JsonView.print(out, view::write);
        } else {
            view.print(out);
        }
        out.flush();
        junit.ifPresent(path -> write(path, view.junit()));
        csv.ifPresent(path -> write(path, view.csv()));
        return view.allPassed() ? ExitCode.DONE : ExitCode.FAILED;
    }

    private static void write(Path path, String text) {
        try {
            Files.writeString(path, text);
        } catch (NoSuchFileException _) {
            throw new LabException(
                    LabException.Reason.FAILED, "the report " + path + " cannot be written: there is no such folder");
        } catch (IOException failure) {
            throw new LabException("the report " + path + " cannot be written: " + failure.getMessage(), failure);
        }
    }
}
