package io.netyard.cli;

import io.netyard.cli.view.JsonView;
import io.netyard.cli.view.PlanView;
import io.netyard.topology.apply.Labs;
import io.netyard.topology.plan.Plan;
import java.io.PrintWriter;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `netyard plan LAB|FILE`.
@Command(
        name = "plan",
        description = "Show what apply would do, and change nothing.",
        mixinStandardHelpOptions = true,
        footerHeading = "%nSymbols:%n",
        footer = {"  +  is made", "  -  is removed", "  ~  is changed in place", "  ±  is removed and made again"})
final class PlanCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private LabOrFile lab = new LabOrFile();

    @Option(names = "--exit-code", description = "Exit with 2 if there are changes.")
    private boolean exitCode;

    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        Labs labs = ThisMachine.labs();
        Optional<Labs.Source> source = lab.source(labs, spec.commandLine().getErr());
        if (source.isEmpty()) {
            return ExitCode.BAD_FILE;
        }
        Plan plan = labs.plan(source.get());
        PlanView view = new PlanView(plan);
        String name = source.get().topology().lab().value();
        if (json) {
            JsonView.print(out, generator -> {
                generator.writeStringProperty("lab", name);
                view.write(generator);
            });
        } else {
            view.print(out, name);
        }
        return exitCode && !plan.isEmpty() ? ExitCode.CHANGES : ExitCode.DONE;
    }
}
