package io.netyard.it;

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

    /// The folder of the project.
    static Path home() {
        return Path.of(System.getProperty("netyard.home", "..")).normalize();
    }
}
