package io.netyard.cli.view;

import io.netyard.topology.model.Diagnostic;
import io.netyard.topology.model.Diagnostic.Severity;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import tools.jackson.core.JsonGenerator;

/// Diagnostics of a topology file, like those of a compiler.
public final class DiagnosticView {
    private DiagnosticView() {}

    /// Prints each with its line and a caret below the column, and how many there are.
    public static void print(List<Diagnostic> diagnostics, PrintWriter out) {
        for (Diagnostic diagnostic : diagnostics) {
            out.println(diagnostic.position() + ": " + severity(diagnostic) + ": " + diagnostic.summary());
            diagnostic.excerpt().ifPresent(excerpt -> {
                out.println("    " + excerpt);
                out.println("    " + caret(excerpt, diagnostic.position().column()));
            });
            diagnostic.hint().ifPresent(hint -> out.println("    " + hint));
        }
        long errors = diagnostics.stream()
                .filter(diagnostic -> diagnostic.severity() == Severity.ERROR)
                .count();
        if (errors > 0) {
            out.println(errors + (errors == 1 ? " error" : " errors") + "; nothing was changed");
        }
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
        json.writeArrayPropertyStart("diagnostics");
        for (Diagnostic diagnostic : diagnostics) {
            json.writeStartObject();
            json.writeStringProperty("severity", severity(diagnostic));
            json.writeStringProperty("file", diagnostic.position().file());
            json.writeNumberProperty("line", diagnostic.position().line());
            json.writeNumberProperty("column", diagnostic.position().column());
            json.writeStringProperty("summary", diagnostic.summary());
            diagnostic.hint().ifPresent(hint -> json.writeStringProperty("hint", hint));
            json.writeEndObject();
        }
        json.writeEndArray();
    }
}
