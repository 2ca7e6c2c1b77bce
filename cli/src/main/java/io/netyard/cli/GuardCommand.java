package io.netyard.cli;

import io.netyard.cli.daemon.Guards;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

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
    @Mixin
    private LabArgument lab = new LabArgument();

    @Override
    public Integer call() {
        Guards.run(ThisMachine.labs(), lab.name(), LabOrFile::topology);
        return ExitCode.DONE;
    }
}
