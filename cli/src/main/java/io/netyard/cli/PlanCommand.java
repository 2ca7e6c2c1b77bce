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

/// `netyard plan FILE`.
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
    private FileArgument file = new FileArgument();

    @Option(names = "--exit-code", description = "Exit with 2 if there are changes.")
    private boolean exitCode;

    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        Optional<Labs.Source> source = file.read(spec.commandLine().getErr());
        if (source.isEmpty()) {
            return ExitCode.BAD_FILE;
        }
        Plan plan = Labs.ofThisMachine().plan(source.get());
        PlanView view = new PlanView(plan);
        String lab = source.get().topology().lab().value();
        if (json) {
            JsonView.print(out, generator -> {
                generator.writeStringProperty("lab", lab);
                view.write(generator);
            });
        } else {
            view.print(out, lab);
        }
        return exitCode && !plan.isEmpty() ? ExitCode.CHANGES : ExitCode.DONE;
    }
}
