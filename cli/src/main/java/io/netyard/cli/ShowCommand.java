package io.netyard.cli;

import io.netyard.cli.view.JsonView;
import io.netyard.cli.view.StatusView;
import io.netyard.topology.apply.LabException;
import io.netyard.topology.apply.LabStatus;
import io.netyard.topology.apply.LabSummary;
import io.netyard.topology.apply.Labs;
import io.netyard.topology.yaml.TopologyFile;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `netyard show LAB [NODE]`.
@Command(
        name = "show",
        description = "Show the nodes of a lab, their interfaces and addresses, and what differs from its file.",
        mixinStandardHelpOptions = true)
final class ShowCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(index = "0", paramLabel = "LAB", description = "The lab's name.")
    private String lab = "";

    @Parameters(index = "1", arity = "0..1", paramLabel = "NODE", description = "One of its nodes.")
    private Optional<String> node = Optional.empty();

    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    @Override
    public Integer call() {
        Labs labs = Labs.ofThisMachine();
        LabStatus status = status(labs, lab);
        StatusView view = new StatusView(status, node);
        if (node.isPresent()
                && status.topology().nodes().stream()
                        .noneMatch(each -> each.name().value().equals(node.get()))) {
            throw new LabException(LabException.Reason.ABSENT, "the lab " + lab + " has no node " + node.get());
        }
        if (json) {
            JsonView.print(spec.commandLine().getOut(), view::write);
        } else {
            view.print(spec.commandLine().getOut());
        }
        return ExitCode.DONE;
    }

    /// Reads the lab with the file that it was applied from.
    static LabStatus status(Labs labs, String lab) {
        LabSummary.AppliedFile applied = labs.appliedFile(lab);
        TopologyFile file = TopologyFile.parse(applied.name(), applied.text());
        return labs.status(file.topology()
                .orElseThrow(() -> new LabException(
                        LabException.Reason.FAILED,
                        "the file that " + lab
                                + " was applied from has errors in this version of Netyard; apply it anew")));
    }
}
