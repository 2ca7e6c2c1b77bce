package io.netyard.cli;

import io.netyard.cli.view.JsonView;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `netyard confirm LAB`.
@Command(
        name = "confirm",
        description = {"Keep what apply --confirm-within did.", "Without it the lab goes back to what it was."},
        mixinStandardHelpOptions = true)
final class ConfirmCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private LabArgument lab = new LabArgument();

    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    @Override
    public Integer call() {
        String name = lab.name();
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
}
