package io.netyard.cli;

import io.netyard.topology.model.LabName;
import io.netyard.topology.model.NodeName;
import java.util.function.Supplier;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
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
        return valid(() -> new LabName(lab).value());
    }

    String node() {
        return valid(() -> new NodeName(node).value());
    }

    private String valid(Supplier<String> name) {
        try {
            return name.get();
        } catch (IllegalArgumentException failure) {
            throw new ParameterException(spec.commandLine(), String.valueOf(failure.getMessage()), failure);
        }
    }
}
