package io.netyard.cli;

import io.netyard.cli.daemon.Daemon;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `netyard daemon`: started by apply and restart, not by people.
@Command(
        name = "daemon",
        hidden = true,
        description = {"Run the switches of a lab in user space.", "Started by apply and restart; ends with the lab."},
        mixinStandardHelpOptions = true)
final class DaemonCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private LabArgument lab = new LabArgument();

    @Option(names = "--replace", description = "Take the place of the one that runs.")
    private boolean replace;

    @Override
    public Integer call() throws Exception {
        String name = lab.name();
        Path folder = ThisMachine.labs().folderOf(name);
        if (replace) {
            Daemon.replace(folder, name);
        } else if (!Daemon.run(folder, name)) {
            spec.commandLine().getErr().println("netyard: the lab " + name + " has a daemon already");
            return Daemon.HAS_ONE;
        }
        return ExitCode.DONE;
    }
}
