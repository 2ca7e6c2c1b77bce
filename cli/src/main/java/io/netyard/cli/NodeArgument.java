package io.netyard.cli;

import io.netyard.topology.model.NodeName;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// A node of a lab that is applied.
final class NodeArgument {
    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec = CommandSpec.create();

    @Parameters(index = "0", paramLabel = "LAB", description = "The lab's name.")
    private String lab = "";

    @Parameters(index = "1", paramLabel = "NODE", description = "One of its nodes.")
    private String node = "";

    String lab() {
        return LabArgument.name(spec, lab);
    }

    String node() {
        return LabArgument.valid(spec, () -> new NodeName(node).value());
    }
}
