package io.netyard.cli;

import io.netyard.cli.view.JsonView;
import io.netyard.topology.model.LabName;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `netyard confirm LAB`.
@Command(
        name = "confirm",
        description = {"Keep what apply --confirm-within did.", "Without it the lab goes back to what it was."},
        mixinStandardHelpOptions = true)
final class ConfirmCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(paramLabel = "LAB", description = "The lab's name.")
    private String lab = "";

    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    @Override
    public Integer call() {
        String name = labName(spec, lab);
        boolean waited = ThisMachine.labs().confirm(name);
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            JsonView.print(out, generator -> {
                generator.writeStringProperty("lab", name);
                generator.writeBooleanProperty("waited", waited);
            });
        } else {
            out.println(name + (waited ? ": confirmed" : ": there is nothing to confirm"));
        }
        return ExitCode.DONE;
    }

    /// @throws ParameterException if it is no name of a lab
    static String labName(CommandSpec spec, String word) {
        try {
            return new LabName(word).value();
        } catch (IllegalArgumentException failure) {
            throw new ParameterException(spec.commandLine(), String.valueOf(failure.getMessage()), failure);
        }
    }
}
