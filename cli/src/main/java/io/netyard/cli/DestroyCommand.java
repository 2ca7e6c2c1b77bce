package io.netyard.cli;

import io.netyard.cli.view.Durations;
import io.netyard.cli.view.JsonView;
import io.netyard.linux.Processes;
import io.netyard.topology.apply.DestroyResult;
import io.netyard.topology.apply.Labs;
import java.io.PrintWriter;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `netyard destroy LAB|FILE`.
@Command(
        name = "destroy",
        description = {"Remove every trace of a lab.", "A lab that does not exist is destroyed already."},
        mixinStandardHelpOptions = true)
final class DestroyCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private LabOrFile named = new LabOrFile();

    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        PrintWriter err = spec.commandLine().getErr();
        Optional<String> name = named.lab(err);
        if (name.isEmpty()) {
            err.println("netyard: name the lab instead of its file (netyard list)");
            return ExitCode.BAD_FILE;
        }
        String lab = name.get();
        Labs labs = ThisMachine.labs();
        Optional<DestroyResult> result = labs.destroy(lab);
        List<Processes.Resident> residents =
                result.map(DestroyResult::residents).orElse(List.of());
        if (json) {
            JsonView.print(out, generator -> {
                generator.writeStringProperty("lab", lab);
                generator.writeBooleanProperty("existed", result.isPresent());
                generator.writeNumberProperty(
                        "nodes", result.map(DestroyResult::nodes).orElse(0));
                JsonView.numbers(
                        generator,
                        "processes",
                        residents.stream().map(Processes.Resident::pid).toList());
            });
        } else {
            out.println(result.map(
                            done -> lab + ": " + done.nodes() + " nodes removed in " + Durations.text(done.duration()))
                    .orElseGet(() -> lab + ": there is no such lab; nothing to do" + hint(labs, lab)));
            residents.forEach(resident -> err.println("netyard: process " + resident.pid()
                    + " (" + resident.name() + ") still lives in a node of " + lab
                    + "; its namespace, now empty, is gone when it ends"));
        }
        return ExitCode.DONE;
    }

    private static String hint(Labs labs, String lab) {
        long marked = labs.countMarked(lab);
        if (marked > 0) {
            return ", but " + marked + " namespaces carry its mark: netyard orphans lists them";
        }
        return labs.nearest(lab).map(near -> "; did you mean " + near + "?").orElse("");
    }
}
