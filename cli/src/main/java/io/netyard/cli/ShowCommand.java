package io.netyard.cli;

import io.netyard.cli.daemon.DaemonSwitches;
import io.netyard.cli.daemon.SwitchReport;
import io.netyard.cli.view.JsonView;
import io.netyard.cli.view.StatusView;
import io.netyard.cli.view.SwitchView;
import io.netyard.cli.view.TreeView;
import io.netyard.linux.NetworkNamespace;
import io.netyard.topology.apply.LabException;
import io.netyard.topology.apply.LabStatus;
import io.netyard.topology.apply.Labs;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `netyard show LAB|FILE [NODE]`.
@Command(
        name = "show",
        description = {
            "Show the nodes of a lab, their interfaces and addresses, and what differs from its file.",
            "Of one node, also what its switch knows: VLANs, ports with counters, MAC addresses, groups."
        },
        mixinStandardHelpOptions = true)
final class ShowCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private LabOrFile named = new LabOrFile();

    @Parameters(index = "1", arity = "0..1", paramLabel = "NODE", description = "One of its nodes.")
    private Optional<String> node = Optional.empty();

    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    @Override
    public Integer call() {
        Labs labs = ThisMachine.labs();
        Optional<Labs.Source> source =
                named.sourceOfRunning(labs, spec.commandLine().getErr());
        if (source.isEmpty()) {
            return ExitCode.BAD_FILE;
        }
        String lab = source.get().topology().lab().value();
        LabStatus status = labs.status(LabOrFile.applied(labs, lab).topology());
        StatusView view = new StatusView(status, node);
        List<String> names = status.topology().nodes().stream()
                .map(each -> each.name().value())
                .toList();
        if (node.isPresent() && !names.contains(node.get())) {
            throw new LabException(
                    LabException.Reason.ABSENT,
                    "the lab " + lab + " has no node " + node.get() + "; it has " + String.join(", ", names));
        }
        List<SwitchReport> reports = reports(labs, lab);
        SwitchView switches = new SwitchView(reports, status.topology().vlans());
        TreeView trees = new TreeView(
                reports.stream().flatMap(report -> report.tree().stream()).toList());
        if (json) {
            JsonView.print(spec.commandLine().getOut(), generator -> {
                view.write(generator);
                switches.write(generator);
                trees.write(generator);
            });
        } else {
            view.print(spec.commandLine().getOut());
            switches.print(spec.commandLine().getOut());
            trees.print(spec.commandLine().getOut());
        }
        return ExitCode.DONE;
    }

    /// The switches of the node that is shown. Of all nodes they would fill the screen.
    private List<SwitchReport> reports(Labs labs, String lab) {
        List<SwitchReport> reports = new ArrayList<>();
        if (node.isPresent()) {
            try (NetworkNamespace namespace = labs.open(lab, node.get())) {
                reports.addAll(KernelBridges.read(node.get(), namespace));
            }
            new DaemonSwitches(lab, labs.folderOf(lab))
                    .reports().stream()
                            .filter(report -> report.node().equals(node.get()))
                            .forEach(reports::add);
        }
        return reports;
    }
}
