package io.netyard.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.netyard.cli.Main;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;

/// Runs the `netyard` command in this process.
final class Netyard {
    private Netyard() {}

    /// What a command came to.
    record Outcome(int code, String out, String err) {}

    static Outcome run(String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int code = Main.run(arguments, new PrintWriter(out), new PrintWriter(err));
        return new Outcome(code, out.toString(), err.toString());
    }

    /// Runs a command, which has to succeed.
    static Outcome succeed(String... arguments) {
        Outcome outcome = run(arguments);
        assertThat(outcome.code()).as(outcome.out() + outcome.err()).isZero();
        return outcome;
    }

    /// A lab is what a file says.
    static void assertIs(Path file) {
        succeed("plan", "--exit-code", file.toString());
    }

    /// The folder of the project.
    static Path home() {
        return Path.of(System.getProperty("netyard.home", "..")).normalize();
    }
}
