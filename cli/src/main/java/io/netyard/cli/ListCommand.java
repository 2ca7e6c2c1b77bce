package io.netyard.cli;

import io.netyard.cli.view.JsonView;
import io.netyard.cli.view.Table;
import io.netyard.topology.apply.LabSummary;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `netyard list`.
@Command(name = "list", description = "List the labs of this machine.", mixinStandardHelpOptions = true)
final class ListCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        List<LabSummary> labs = ThisMachine.labs().list();
        if (json) {
            JsonView.print(out, generator -> {
                JsonView.objects(generator, "labs", labs, lab -> {
                    generator.writeStringProperty("lab", lab.lab());
                    generator.writeNumberProperty("nodes", lab.nodes());
                    generator.writeBooleanProperty("interrupted", lab.state() == LabSummary.State.INTERRUPTED);
                    generator.writeStringProperty("state", state(lab));
                    generator.writeStringProperty("file", lab.file());
                    if (!lab.problem().isEmpty()) {
                        generator.writeStringProperty("problem", lab.problem());
                    }
                });
            });
        } else if (labs.isEmpty()) {
            out.println("no labs; netyard apply FILE makes one");
        } else {
            Table table = new Table("LAB", "NODES", "STATE", "FILE");
            labs.forEach(lab -> table.row(lab.lab(), Integer.toString(lab.nodes()), state(lab), lab.file()));
            table.print(out);
            labs.forEach(lab -> explain(lab, spec.commandLine().getErr()));
        }
        return ExitCode.DONE;
    }

    private static String state(LabSummary lab) {
        return lab.state().name().toLowerCase(Locale.ROOT);
    }

    private static void explain(LabSummary lab, PrintWriter err) {
        if (!lab.problem().isEmpty()) {
            err.println("netyard: " + lab.lab() + ": " + lab.problem());
        }
    }
}
