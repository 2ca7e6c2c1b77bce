package io.netyard.cli;

import io.netyard.topology.model.LabName;
import java.util.function.Supplier;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// A lab, by its name.
final class LabArgument {
    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec = CommandSpec.create();

    @Parameters(index = "0", paramLabel = "LAB", description = "The lab's name.")
    private String word = "";

    String name() {
        return name(spec, word);
    }

    /// @throws ParameterException if it is no name of a lab
    static String name(CommandSpec spec, String word) {
        return valid(spec, () -> new LabName(word).value());
    }

    /// A name that may be none.
    ///
    /// @throws ParameterException with the words of the exception that says why it is none
    static String valid(CommandSpec spec, Supplier<String> name) {
        try {
            return name.get();
        } catch (IllegalArgumentException failure) {
            throw new ParameterException(spec.commandLine(), String.valueOf(failure.getMessage()), failure);
        }
    }
}
