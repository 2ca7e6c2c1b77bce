package io.netyard.cli;

import io.netyard.cli.view.OrphanView;
import io.netyard.topology.apply.Labs;
import io.netyard.topology.apply.Orphan;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `netyard orphans`.
@Command(
        name = "orphans",
        description = {
            "List what is Netyard's and belongs to no lab that is known.",
            "Only what carries Netyard's mark counts, whatever its name; nothing else is touched, and no process."
        },
        mixinStandardHelpOptions = true)
final class OrphansCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(names = "--destroy", description = "Remove them.")
    private boolean destroy;

    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    @Override
    public Integer call() {
        Labs labs = ThisMachine.labs();
        List<Orphan> orphans = destroy ? labs.destroyOrphans() : labs.orphans();
        OrphanView view = new OrphanView(orphans, destroy);
        if (json) {
            view.writeJson(spec.commandLine().getOut());
        } else {
            view.print(spec.commandLine().getOut());
        }
        return ExitCode.DONE;
    }
}
