package io.netyard.cli;

import io.netyard.cli.view.Durations;
import io.netyard.cli.view.JsonView;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `netyard restart LAB`.
@Command(
        name = "restart",
        description = {
            "Have a lab's switches in user space go on in a new process, as after an upgrade of Netyard.",
            "Their frames wait for a moment, and they learn anew; what the kernel forwards goes on."
        },
        mixinStandardHelpOptions = true)
final class RestartCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private LabArgument lab = new LabArgument();

    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    @Override
    public Integer call() {
        String name = lab.name();
        long start = System.nanoTime();
        boolean restarted = ThisMachine.labs().restart(name);
        Duration time = Duration.ofNanos(System.nanoTime() - start);
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            JsonView.print(out, generator -> {
                generator.writeStringProperty("lab", name);
                generator.writeBooleanProperty("restarted", restarted);
                generator.writeNumberProperty("milliseconds", time.toMillis());
            });
        } else {
            out.println(name
                    + (restarted
                            ? ": a new process runs its switches (" + Durations.text(time) + ")"
                            : ": no switch of it runs in user space; nothing to do"));
        }
        return ExitCode.DONE;
    }
}
