package io.netyard.topology.yaml;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Looks for mistakes of indentation and for lines without a colon, line by line. Used once.
final class BlockScan {
    /// A key with its colon: a word or several, or a text in quotes.
    private static final Pattern KEY =
            Pattern.compile("(?:\"[^\"]*\"|'[^']*'|[^\\s\"'{\\[#](?:[^\\s:]|:(?=\\S)|\\s(?!#))*):(?=\\s|$)");

    private final List<String> lines;
    private final FlowScan flow;
    private final Deque<Integer> levels = new ArrayDeque<>();
    private boolean mayDeepen = true;
    private int textDeeperThan = Integer.MAX_VALUE;

    private BlockScan(List<String> lines, FlowScan flow) {
        this.lines = lines;
        this.flow = flow;
        levels.push(0);
    }

    /// The first mistake at or before a line.
    static Optional<SyntaxError> find(List<String> lines, FlowScan flow, int last) {
        BlockScan scan = new BlockScan(lines, flow);
        Optional<SyntaxError> found = Optional.empty();
        for (int line = 1; line <= Math.min(last, lines.size()) && found.isEmpty(); line++) {
            String text = lines.get(line - 1);
            boolean counts = !text.isBlank() && !text.strip().startsWith("#") && !flow.startsInside(line);
            if (counts) {
                found = scan.look(line, text);
            }
        }
        return found;
    }

    private static int indentation(String text) {
        int spaces = 0;
        while (spaces < text.length() && text.charAt(spaces) == ' ') {
            spaces++;
        }
        return spaces;
    }

    private Optional<SyntaxError> look(int line, String text) {
        int indentation = indentation(text);
        String content = text.strip();
        if (indentation > textDeeperThan) {
            return Optional.empty();
        }
        textDeeperThan = Integer.MAX_VALUE;
        boolean isItem = content.equals("-") || content.startsWith("- ");
        boolean isKey = isItem || KEY.matcher(content).lookingAt();
        boolean deepens = indentation > levels.element();
        if (deepens && !isKey && !mayDeepen) {
            // A text that goes on.
            return Optional.empty();
        }
        Optional<SyntaxError> mistake = level(line, indentation, deepens);
        if (mistake.isEmpty() && !isKey) {
            mistake = withoutColon(line, indentation, content, deepens);
        }
        return mistake.isPresent() ? mistake : value(line, indentation, content);
    }

    private Optional<SyntaxError> level(int line, int indentation, boolean deepens) {
        String allowed = String.join(
                " or ",
                levels.reversed().stream().distinct().map(String::valueOf).toList());
        if (deepens && mayDeepen) {
            levels.push(indentation);
        }
        while (levels.element() > indentation) {
            levels.pop();
        }
        return levels.element() == indentation
                ? Optional.empty()
                : Optional.of(new SyntaxError(
                        line,
                        indentation + 1,
                        "this line has " + indentation + (indentation == 1 ? " space" : " spaces")
                                + " in front, and what it can belong to has " + allowed,
                        "what belongs together stands in one column"));
    }

    /// A single text is a value where a key has none; followed by a line in the same column it was to be a
    /// key.
    private Optional<SyntaxError> withoutColon(int line, int indentation, String content, boolean deepens) {
        boolean isText = deepens
                && lines.stream()
                        .skip(line)
                        .filter(next -> !next.isBlank())
                        .findFirst()
                        .map(next -> indentation(next) < indentation)
                        .orElse(true);
        if (isText || flow.startsInside(line + 1) || "{[\"'".indexOf(content.charAt(0)) >= 0) {
            return Optional.empty();
        }
        String[] words = content.split("\\s+", 2);
        String key = words[0].endsWith(":") ? words[0].substring(0, words[0].length() - 1) : words[0];
        int colon = key.indexOf(':');
        if (colon > 0) {
            return Optional.of(new SyntaxError(
                    line,
                    indentation + colon + 1,
                    "no space follows this ':'",
                    "write '" + key.substring(0, colon) + ": " + key.substring(colon + 1) + "'"));
        }
        return Optional.of(new SyntaxError(
                line,
                indentation + 1,
                "there is no ':' after the key '" + key + "'",
                "write '" + key + ":" + (words.length > 1 ? " " + words[1] : "") + "'"));
    }

    /// What follows the key of a line.
    private Optional<SyntaxError> value(int line, int indentation, String content) {
        int column = indentation + 1;
        String rest = content;
        while (rest.startsWith("- ")) {
            String after = rest.substring(1).stripLeading();
            column += rest.length() - after.length();
            rest = after;
            if (KEY.matcher(rest).lookingAt()) {
                levels.push(column - 1);
            }
        }
        Matcher key = KEY.matcher(rest);
        if (!key.lookingAt()) {
            mayDeepen = rest.equals("-");
            return Optional.empty();
        }
        String value = rest.substring(key.end()).replaceFirst("(^|\\s)#.*", "").strip();
        mayDeepen = value.isEmpty();
        if (value.startsWith("|") || value.startsWith(">")) {
            textDeeperThan = indentation;
        }
        int at = rest.indexOf(value, key.end());
        if (value.startsWith("- ")) {
            return Optional.of(new SyntaxError(
                    line,
                    column + at,
                    "a list cannot start behind its key",
                    "write it in [ ], or start it on the next line"));
        }
        int second = value.indexOf(": ");
        if (second > 0 && "{[\"'|>".indexOf(value.charAt(0)) < 0) {
            return Optional.of(new SyntaxError(
                    line,
                    column + at + second,
                    "a second ': ' stands in this line",
                    "leave out the space, or put the value in quotes"));
        }
        return Optional.empty();
    }
}
