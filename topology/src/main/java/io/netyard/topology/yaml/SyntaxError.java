package io.netyard.topology.yaml;

import io.netyard.topology.yaml.FlowScan.Mark;
import java.util.List;
import java.util.Optional;

/// Why a text is no YAML, in words for who wrote it. A parser stops where it cannot go on, which is often a
/// line after the mistake; here is looked for what was probably wrong.
///
/// @param line from 1
/// @param column from 1
/// @param summary what is wrong
/// @param hint what to write instead
record SyntaxError(int line, int column, String summary, String hint) {
    private static final String NO_START = "that cannot start any token";

    /// What is wrong with a text that a parser refused.
    ///
    /// @param line where the parser stopped, from 1
    /// @param column where the parser stopped, from 1
    /// @param complaint what the parser says
    /// @return empty if the parser knows better
    static Optional<SyntaxError> explain(String text, int line, int column, String complaint) {
        List<String> lines = text.lines().toList();
        int offset = Math.min(offset(text, line) + column - 1, text.length());
        FlowScan before = FlowScan.of(text, offset);
        FlowScan whole = FlowScan.of(text, text.length());
        return control(text)
                .or(() -> tab(text, offset, complaint))
                // The parser took the start of another quote for the end of this one.
                .or(() -> before.longQuote()
                        .filter(_ -> before.startsInside(line))
                        .map(SyntaxError::unclosed))
                .or(() -> whole.quote().map(SyntaxError::unclosed))
                .or(() -> before.innermost().flatMap(bracket -> inBrackets(text, offset, bracket, whole, complaint)))
                .or(() -> badStart(text, offset, complaint))
                .or(() -> BlockScan.find(lines, whole, nextLine(lines, line)))
                .or(() -> closesNothing(text, offset, complaint));
    }

    private static int offset(String text, int line) {
        int at = 0;
        for (int passed = 1; passed < line && at >= 0; passed++) {
            at = text.indexOf('\n', at) + 1;
            if (at == 0) {
                return text.length();
            }
        }
        return at;
    }

    private static SyntaxError at(String text, int offset, String summary, String hint) {
        int start = text.lastIndexOf('\n', offset - 1) + 1;
        int line = 1
                + (int) text.substring(0, start).chars().filter(c -> c == '\n').count();
        return new SyntaxError(line, offset - start + 1, summary, hint);
    }

    private static Optional<SyntaxError> control(String text) {
        for (int at = 0; at < text.length(); at++) {
            char c = text.charAt(at);
            if ((c < ' ' && c != '\n' && c != '\r' && c != '\t') || c == 0x7f) {
                return Optional.of(
                        at(text, at, "a control character (U+%04X) stands here".formatted((int) c), "leave it out"));
            }
        }
        return Optional.empty();
    }

    private static Optional<SyntaxError> tab(String text, int offset, String complaint) {
        int tab = text.indexOf('\t', offset);
        return complaint.contains("TAB") && tab >= 0
                ? Optional.of(at(text, tab, "a tab stands here, and YAML wants spaces", "replace it by spaces"))
                : Optional.empty();
    }

    private static SyntaxError unclosed(Mark mark) {
        return new SyntaxError(
                mark.line(),
                mark.column(),
                "this " + mark.sign() + " is not closed",
                "what starts with " + mark.sign() + " ends with " + mark.closer());
    }

    private static Optional<SyntaxError> inBrackets(
            String text, int offset, Mark bracket, FlowScan whole, String complaint) {
        char here = offset < text.length() ? text.charAt(offset) : '\n';
        if (whole.isUnclosed(bracket)) {
            return Optional.of(unclosed(bracket));
        }
        int next = here == ':' && isSpace(text, offset + 1) ? skipSpace(text, offset + 1) : skipSpace(text, offset);
        if (complaint.contains("node content") && next < text.length() && text.charAt(next) == ':') {
            return Optional.of(at(
                    text,
                    next,
                    "a value in { } or [ ] cannot start with ':'",
                    "put it in quotes: \"" + word(text, next) + "\""));
        }
        if (!complaint.contains("expected ','")) {
            return Optional.empty();
        }
        int start = here == ':' ? wordStart(text, offset) : skipSpace(text, offset);
        return Optional.of(at(
                text,
                start,
                "there is no ',' before '" + word(text, start).replaceFirst(":$", "") + "'",
                bracket.sign() == '{'
                        ? "entries in { } have commas between: { a: 1, b: 2 }"
                        : "entries in [ ] have commas between: [ 1, 2 ]"));
    }

    private static boolean isSpace(String text, int at) {
        return at < text.length() && Character.isWhitespace(text.charAt(at));
    }

    private static int skipSpace(String text, int offset) {
        int at = offset;
        while (isSpace(text, at)) {
            at++;
        }
        return at;
    }

    private static boolean endsWord(char c) {
        return Character.isWhitespace(c) || ",{}[]".indexOf(c) >= 0;
    }

    private static int wordStart(String text, int offset) {
        int at = offset;
        while (at > 0 && !endsWord(text.charAt(at - 1))) {
            at--;
        }
        return at;
    }

    private static String word(String text, int start) {
        int end = Math.min(start + 1, text.length());
        while (end < text.length() && !endsWord(text.charAt(end))) {
            end++;
        }
        return text.substring(start, end).strip();
    }

    private static Optional<SyntaxError> badStart(String text, int offset, String complaint) {
        int quoted = complaint.indexOf('\'');
        if (!complaint.contains(NO_START) || quoted < 0 || quoted + 1 >= complaint.length()) {
            return Optional.empty();
        }
        char sign = complaint.charAt(quoted + 1);
        int found = text.indexOf(sign, offset);
        return found < 0
                ? Optional.empty()
                : Optional.of(at(
                        text,
                        found,
                        "a word cannot start with " + sign,
                        "put it in quotes: \"" + word(text, found) + "\""));
    }

    /// The parser tells of a line that is indented wrongly at the end of the one before.
    private static int nextLine(List<String> lines, int line) {
        for (int next = line + 1; next <= lines.size(); next++) {
            if (!lines.get(next - 1).isBlank()) {
                return next;
            }
        }
        return line;
    }

    private static Optional<SyntaxError> closesNothing(String text, int offset, String complaint) {
        int next = skipSpace(text, offset);
        boolean closes = complaint.contains("found '}'") || complaint.contains("found ']'");
        return closes && next < text.length()
                ? Optional.of(at(
                        text, next, "this " + text.charAt(next) + " closes nothing", "leave it out, or open it before"))
                : Optional.empty();
    }
}
