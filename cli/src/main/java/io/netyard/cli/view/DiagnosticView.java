package io.netyard.cli.view;

import io.netyard.topology.model.Diagnostic;
import io.netyard.topology.model.Diagnostic.Severity;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import tools.jackson.core.JsonGenerator;

/// Diagnostics of a topology file, like those of a compiler.
public final class DiagnosticView {
    /// What fits on a screen; a file that is wrong all over is wrong for one reason.
    private static final int MOST_PRINTED = 6;

    private static final int WIDTH = 100;

    private DiagnosticView() {}

    /// Prints the first of them, each with its line and a caret below the column, and how many there are.
    public static void print(List<Diagnostic> diagnostics, PrintWriter out) {
        for (Diagnostic diagnostic : diagnostics.subList(0, Math.min(MOST_PRINTED, diagnostics.size()))) {
            out.println(diagnostic.position() + ": " + severity(diagnostic) + ": " + diagnostic.summary());
            diagnostic
                    .excerpt()
                    .ifPresent(line -> print(line, diagnostic.position().column(), out));
            diagnostic.hint().ifPresent(hint -> out.println("    " + hint));
        }
        if (diagnostics.size() > MOST_PRINTED) {
            out.println(
                    "and " + (diagnostics.size() - MOST_PRINTED) + " more, which netyard validate --json lists all");
        }
        long errors = diagnostics.stream()
                .filter(diagnostic -> diagnostic.severity() == Severity.ERROR)
                .count();
        if (errors > 0) {
            out.println(errors + (errors == 1 ? " error" : " errors") + "; nothing was changed");
        }
    }

    /// Of a long line the part around the column is enough.
    private static void print(String line, int column, PrintWriter out) {
        int from = line.length() <= WIDTH ? 0 : Math.clamp(column - WIDTH / 2L, 0, line.length() - WIDTH);
        String excerpt = line.substring(from, Math.min(line.length(), from + WIDTH));
        out.println("    " + excerpt);
        out.println("    " + caret(excerpt, column - from));
    }

    /// Below a tab stands a tab, so that the caret is right whatever a tab's width.
    private static String caret(String excerpt, int column) {
        StringBuilder line = new StringBuilder();
        for (int at = 0; at < Math.min(column - 1, excerpt.length()); at++) {
            line.append(excerpt.charAt(at) == '\t' ? '\t' : ' ');
        }
        return line.append('^').toString();
    }

    private static String severity(Diagnostic diagnostic) {
        return diagnostic.severity().name().toLowerCase(Locale.ROOT);
    }

    /// Writes `"diagnostics": […]`.
    public static void write(List<Diagnostic> diagnostics, JsonGenerator json) {
        JsonView.objects(json, "diagnostics", diagnostics, diagnostic -> {
            json.writeStringProperty("severity", severity(diagnostic));
            json.writeStringProperty("file", diagnostic.position().file());
            json.writeNumberProperty("line", diagnostic.position().line());
            json.writeNumberProperty("column", diagnostic.position().column());
            json.writeStringProperty("summary", diagnostic.summary());
            diagnostic.hint().ifPresent(hint -> json.writeStringProperty("hint", hint));
        });
    }
}
