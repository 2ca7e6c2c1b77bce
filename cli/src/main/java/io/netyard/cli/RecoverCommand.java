package io.netyard.cli;

import io.netyard.cli.view.RecoveryView;
import io.netyard.topology.apply.Labs;
import io.netyard.topology.apply.Recovery;
import io.netyard.topology.apply.Recovery.Extent;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `netyard recover [LAB]`.
@Command(
        name = "recover",
        description = {
            "Explain what is wrong with a lab, or with all, and repair it.",
            "An apply that did not come to its end, or was not confirmed in time, is taken back: the lab is what"
                    + " it was applied from before. A destroy that did not come to its end is finished. A record"
                    + " that cannot be used is made anew from the namespaces that carry the lab's mark.",
            "Without a name, an apply that still waits to be confirmed is left alone."
        },
        mixinStandardHelpOptions = true)
final class RecoverCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(paramLabel = "LAB", arity = "0..1", description = "The lab's name; all labs if there is none.")
    private Optional<String> lab = Optional.empty();

    @Option(
            names = {"-n", "--dry-run"},
            description = "Explain, and change nothing.")
    private boolean dryRun;

    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    @Override
    public Integer call() {
        Labs labs = ThisMachine.labs();
        int code = ExitCode.DONE;
        List<Recovery> recoveries = new ArrayList<>();
        if (lab.isPresent()) {
            String name = LabArgument.name(spec, lab.get());
            recoveries.add(labs.recover(name, LabOrFile::topology, dryRun ? Extent.NOTHING : Extent.ALL));
        } else {
            for (String name : labs.traces()) {
                try {
                    recoveries.add(labs.recover(name, LabOrFile::topology, dryRun ? Extent.NOTHING : Extent.OVERDUE));
                } catch (RuntimeException failure) {
                    recoveries.add(
                            new Recovery(name, Recovery.Finding.FAILED, String.valueOf(failure.getMessage()), ""));
                    code = code == ExitCode.DONE ? Main.code(failure) : code;
                }
            }
        }
        RecoveryView view = new RecoveryView(recoveries, !dryRun);
        if (json) {
            view.writeJson(spec.commandLine().getOut());
        } else {
            view.print(spec.commandLine().getOut());
        }
        return code;
    }
}
