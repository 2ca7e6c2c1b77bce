package io.netyard.cli.view;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/// Standard output where a person reads it.
public final class TerminalWriter extends PrintWriter {
    private static final Path STANDARD_OUTPUT = Path.of("/proc/self/fd/1");

    private TerminalWriter() {
        super(System.out, false, StandardCharsets.UTF_8);
    }

    /// Standard output: one of these if it is a terminal that shows colours and the user has not said no
    /// (`NO_COLOR`).
    public static PrintWriter ofStandardOutput() {
        return isTerminal() ? new TerminalWriter() : new PrintWriter(System.out, false, StandardCharsets.UTF_8);
    }

    private static boolean isTerminal() {
        String refused = System.getenv("NO_COLOR");
        if ((refused != null && !refused.isEmpty()) || "dumb".equals(System.getenv("TERM"))) {
            return false;
        }
        try {
            String target = Files.readSymbolicLink(STANDARD_OUTPUT).toString();
            return target.startsWith("/dev/pts/") || target.startsWith("/dev/tty");
        } catch (IOException _) {
            return false;
        }
    }
}
