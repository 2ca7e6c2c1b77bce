package io.netyard.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/// A lab that a test applies from a text, as a user would, and that is destroyed after it.
final class AppliedLab implements BeforeEachCallback, AfterEachCallback {
    private Path file = Path.of("");

    @Override
    public void beforeEach(ExtensionContext context) throws IOException {
        file = Files.createTempDirectory("lab").resolve("lab.yaml");
    }

    @Override
    public void afterEach(ExtensionContext context) throws IOException {
        assertThat(Netyard.run("destroy", file()).code()).isZero();
        Files.delete(file);
        Files.delete(file.getParent());
    }

    /// The path of the file with the text that was applied last.
    String file() {
        return file.toString();
    }

    /// Applies a text, with all its steps in what is printed.
    Netyard.Outcome apply(String text) throws IOException {
        Files.writeString(file, text);
        return Netyard.succeed("apply", "-v", file());
    }

    /// Runs the checks of the lab; they pass.
    void check() {
        Netyard.succeed("check", file());
    }

    /// What is left to do; its exit code tells whether anything is.
    Netyard.Outcome plan() {
        return Netyard.run("plan", "--exit-code", file());
    }
}
