package io.netyard.topology.model;

import java.util.Optional;

/// Something to say about a topology file.
///
/// @param position where
/// @param summary what is wrong, in one sentence without a full stop
/// @param hint what is allowed, or what was probably meant
/// @param excerpt the line of the file
public record Diagnostic(
        Severity severity, Position position, String summary, Optional<String> hint, Optional<String> excerpt) {
    /// How bad it is.
    public enum Severity {
        /// The file cannot be used.
        ERROR,
        /// It can, though this is probably not what was meant.
        WARNING
    }

    /// A place in a file.
    ///
    /// @param line from 1; 0 for the file as a whole
    /// @param column from 1, in characters
    public record Position(String file, int line, int column) implements Comparable<Position> {
        @Override
        public int compareTo(Position other) {
            int byLine = Integer.compare(line, other.line);
            return byLine != 0 ? byLine : Integer.compare(column, other.column);
        }

        @Override
        public String toString() {
            return line == 0 ? file : file + ":" + line + ":" + column;
        }
    }
}
