package io.netyard.topology.yaml;

import io.netyard.topology.model.Diagnostic;
import io.netyard.topology.model.Diagnostic.Position;
import io.netyard.topology.model.Diagnostic.Severity;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// Collects what there is to say about one file.
final class Diagnostics {
    /// More than this help nobody.
    private static final int MOST = 100;

    private static final int LONGEST_EXCERPT = 160;

    private final String file;
    private final List<String> lines;
    private final List<Diagnostic> found = new ArrayList<>();

    Diagnostics(String file, String text) {
        this.file = file;
        this.lines = text.lines().toList();
    }

    void error(Position position, String summary) {
        add(Severity.ERROR, position, summary, Optional.empty());
    }

    void error(Position position, String summary, String hint) {
        add(Severity.ERROR, position, summary, Optional.of(hint));
    }

    void error(YamlNode where, String summary) {
        error(position(where), summary);
    }

    void error(YamlNode where, String summary, String hint) {
        error(position(where), summary, hint);
    }

    void warning(Position position, String summary) {
        add(Severity.WARNING, position, summary, Optional.empty());
    }

    void warning(Position position, String summary, String hint) {
        add(Severity.WARNING, position, summary, Optional.of(hint));
    }

    Position position(YamlNode where) {
        return position(where.line(), where.column());
    }

    Position position(int line, int column) {
        return new Position(file, line, column);
    }

    private void add(Severity severity, Position position, String summary, Optional<String> hint) {
        if (found.size() < MOST) {
            Diagnostic added = new Diagnostic(severity, position, summary, hint, excerpt(position.line()));
            if (!found.contains(added)) {
                found.add(added);
            }
        }
    }

    private Optional<String> excerpt(int line) {
        return line < 1 || line > lines.size() || lines.get(line - 1).length() > LONGEST_EXCERPT
                ? Optional.empty()
                : Optional.of(lines.get(line - 1));
    }

    boolean hasErrors() {
        return found.stream().anyMatch(diagnostic -> diagnostic.severity() == Severity.ERROR);
    }

    /// In the order of the file.
    List<Diagnostic> sorted() {
        return found.stream().sorted(Comparator.comparing(Diagnostic::position)).toList();
    }
}
