package io.netyard.cli;

import io.netyard.cli.daemon.Guards;
import io.netyard.topology.model.LabName;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/// `netyard guard`: started by apply, not by people.
@Command(
        name = "guard",
        hidden = true,
        description = {
            "Take an apply back unless it is confirmed in time.",
            "Started by apply --confirm-within; ends with the time, or when the apply is confirmed."
        },
        mixinStandardHelpOptions = true)
final class GuardCommand implements Callable<Integer> {
    @Parameters(paramLabel = "LAB", description = "Name of the lab.")
    private String lab = "";

    @Override
    public Integer call() {
        Guards.run(ThisMachine.labs(), new LabName(lab).value(), LabOrFile::topology);
        return ExitCode.DONE;
    }
}
