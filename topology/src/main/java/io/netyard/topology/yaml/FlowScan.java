package io.netyard.topology.yaml;

import java.util.ArrayDeque;
import java.util.BitSet;
import java.util.Deque;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/// Which brackets and quotes are open at a place of a YAML text. Looks at the text alone, so it works where
/// a parser gave up. Used once.
final class FlowScan {
    private final String text;
    private final Deque<Mark> open = new ArrayDeque<>();
    private final Set<Mark> unclosed = new HashSet<>();
    private final BitSet insideLines = new BitSet();
    private Optional<Mark> quote = Optional.empty();
    private Optional<Mark> longQuote = Optional.empty();
    private int line = 1;
    private int lineStart;
    private boolean startsWord = true;

    private FlowScan(String text) {
        this.text = text;
    }

    /// A bracket or a quote.
    record Mark(char sign, int line, int column) {
        /// What closes it.
        char closer() {
            return switch (sign) {
                case '{' -> '}';
                case '[' -> ']';
                default -> sign;
            };
        }
    }

    /// Looks at the characters before `end`.
    static FlowScan of(String text, int end) {
        FlowScan scan = new FlowScan(text);
        int at = 0;
        while (at < end) {
            at = scan.step(at);
        }
        scan.unclosed.addAll(scan.open);
        return scan;
    }

    /// The bracket that was opened last and is open.
    Optional<Mark> innermost() {
        return Optional.ofNullable(open.peek());
    }

    /// Whether nothing, or only a bracket further out, closes it.
    boolean isUnclosed(Mark bracket) {
        return unclosed.contains(bracket);
    }

    /// The quote that is open.
    Optional<Mark> quote() {
        return quote;
    }

    /// The last quote whose text goes over several lines.
    Optional<Mark> longQuote() {
        return longQuote;
    }

    /// Whether a line starts within brackets or quotes.
    boolean startsInside(int wanted) {
        return insideLines.get(wanted);
    }

    private int step(int at) {
        char c = text.charAt(at);
        if (c == '\n') {
            line++;
            lineStart = at + 1;
            startsWord = true;
            insideLines.set(line, quote.isPresent() || !open.isEmpty());
        } else if (quote.isPresent()) {
            return inQuote(at, c, quote.get());
        } else if (c == '#' && (at == 0 || Character.isWhitespace(text.charAt(at - 1)))) {
            int end = text.indexOf('\n', at);
            return end < 0 ? text.length() : end;
        } else if (!Character.isWhitespace(c)) {
            word(at, c);
        }
        return at + 1;
    }

    private int inQuote(int at, char c, Mark opened) {
        if (c == '\\' && opened.sign() == '"') {
            return at + 1 < text.length() && text.charAt(at + 1) == '\n' ? at + 1 : at + 2;
        }
        if (c == opened.sign()) {
            boolean twice = c == '\'' && at + 1 < text.length() && text.charAt(at + 1) == c;
            if (twice) {
                return at + 2;
            }
            quote = Optional.empty();
            longQuote = opened.line() < line ? Optional.of(opened) : longQuote;
        }
        return at + 1;
    }

    private void word(int at, char c) {
        Mark here = new Mark(c, line, at - lineStart + 1);
        boolean inFlow = !open.isEmpty();
        boolean spaceFollows = at + 1 >= text.length() || Character.isWhitespace(text.charAt(at + 1));
        boolean separates = (c == ':' && (spaceFollows || inFlow)) || (c == ',' && inFlow);
        if (startsWord && (c == '"' || c == '\'')) {
            quote = Optional.of(here);
            startsWord = false;
        } else if ((c == '{' || c == '[') && (startsWord || inFlow)) {
            open.push(here);
            startsWord = true;
        } else if ((c == '}' || c == ']') && inFlow) {
            close(c);
            startsWord = false;
        } else {
            startsWord = separates || (startsWord && c == '-' && spaceFollows);
        }
    }

    private void close(char closer) {
        if (open.stream().anyMatch(mark -> mark.closer() == closer)) {
            while (open.element().closer() != closer) {
                unclosed.add(open.pop());
            }
            open.pop();
        }
    }
}
