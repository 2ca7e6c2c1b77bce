package io.netyard.cli.view;

import java.io.PrintWriter;

/// Colours for people at a terminal (ECMA-48, SGR); for programs, none.
enum Palette {
    COLOURS,
    PLAIN;

    private static final int RED = 31;
    private static final int GREEN = 32;
    private static final int YELLOW = 33;

    /// What suits a writer.
    static Palette of(PrintWriter out) {
        return out instanceof TerminalWriter ? COLOURS : PLAIN;
    }

    /// What is made, what is as it should be.
    String good(String text) {
        return paint(GREEN, text);
    }

    /// What is removed, what is not as it should be.
    String bad(String text) {
        return paint(RED, text);
    }

    /// What is changed.
    String changed(String text) {
        return paint(YELLOW, text);
    }

    private String paint(int colour, String text) {
        return this == COLOURS ? "\033[" + colour + "m" + text + "\033[0m" : text;
    }
}
