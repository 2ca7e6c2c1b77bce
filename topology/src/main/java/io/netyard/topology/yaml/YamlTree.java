package io.netyard.topology.yaml;

import io.netyard.topology.yaml.YamlNode.Entry;
import io.netyard.topology.yaml.YamlNode.Mapping;
import io.netyard.topology.yaml.YamlNode.Scalar;
import io.netyard.topology.yaml.YamlNode.Sequence;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.dataformat.yaml.YAMLFactory;
import tools.jackson.dataformat.yaml.YAMLParser;

/// Reads YAML text into a tree, and says of everything that a topology file has no use for: anchors,
/// aliases, tags, merge keys, a second document, keys that repeat. Used once.
final class YamlTree {
    /// Deeper than any key of the format lies.
    private static final int MOST_DEPTH = 20;

    private static final int LONGEST_LINE = 8 * 1024;
    private static final YAMLFactory YAML = new YAMLFactory();

    private final String text;
    private final int[] lineStarts;
    private final Diagnostics diagnostics;

    private YamlTree(String text, Diagnostics diagnostics) {
        this.text = text;
        this.lineStarts = lineStarts(text);
        this.diagnostics = diagnostics;
    }

    /// The root mapping; empty if the text is not one. What is wrong is in `diagnostics`.
    static Optional<Mapping> read(String text, Diagnostics diagnostics) {
        return new YamlTree(text, diagnostics).read();
    }

    private static int[] lineStarts(String text) {
        List<Integer> starts = new ArrayList<>();
        starts.add(0);
        for (int at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) {
            starts.add(at + 1);
        }
        return starts.stream().mapToInt(Integer::intValue).toArray();
    }

    private Optional<Mapping> read() {
        for (int line = 1; line < lineStarts.length; line++) {
            if (lineStarts[line] - lineStarts[line - 1] > LONGEST_LINE) {
                diagnostics.error(
                        diagnostics.position(line, 1), "this line has more than " + LONGEST_LINE + " characters");
                return Optional.empty();
            }
        }
        if (text.length() - lineStarts[lineStarts.length - 1] > LONGEST_LINE) {
            diagnostics.error(
                    diagnostics.position(lineStarts.length, 1),
                    "this line has more than " + LONGEST_LINE + " characters");
            return Optional.empty();
        }
        try (JsonParser parser = YAML.createParser(ObjectReadContext.empty(), text)) {
            JsonToken first = parser.nextToken();
            if (first == null) {
                diagnostics.error(diagnostics.position(1, 1), "the file is empty", "it starts with lab: NAME");
                return Optional.empty();
            }
            YamlNode root = node(parser, first, 0);
            if (parser.nextToken() != null) {
                diagnostics.error(position(parser), "a second document starts here; a topology file has one");
            }
            if (root instanceof Mapping mapping) {
                return Optional.of(mapping);
            }
            diagnostics.error(root, "a topology file is a mapping that starts with lab: NAME, not " + root.describe());
        } catch (JacksonException failure) {
            explain(failure);
        } catch (TooDeep tooDeep) {
            diagnostics.error(tooDeep.position, "this is nested more than " + MOST_DEPTH + " levels deep");
        }
        return Optional.empty();
    }

    private void explain(JacksonException failure) {
        TokenStreamLocation at = failure.getLocation();
        int line = Math.max(1, at.getLineNr());
        int column = Math.max(1, at.getColumnNr());
        String complaint = lastSentence(failure.getOriginalMessage());
        SyntaxError.explain(text, line, column, complaint)
                .ifPresentOrElse(
                        mistake -> diagnostics.error(
                                diagnostics.position(mistake.line(), mistake.column()),
                                mistake.summary(),
                                mistake.hint()),
                        () -> diagnostics.error(diagnostics.position(line, column), "not valid YAML: " + complaint));
    }

    /// Thrown to leave a file that is nested without end.
    private static final class TooDeep extends RuntimeException {
        private static final long serialVersionUID = 1;

        private final transient io.netyard.topology.model.Diagnostic.Position position;

        TooDeep(io.netyard.topology.model.Diagnostic.Position position) {
            super(null, null, false, false);
            this.position = position;
        }
    }

    /// The parser explains in several lines, with excerpts between; the last explanation is the one that
    /// counts.
    private static String lastSentence(String message) {
        String last = "";
        for (String line : message.split("\n", -1)) {
            if (!line.isBlank() && !line.startsWith(" ")) {
                last = line.strip();
            }
        }
        return last;
    }

    private YamlNode node(JsonParser parser, JsonToken token, int depth) {
        int line = parser.currentTokenLocation().getLineNr();
        int column = parser.currentTokenLocation().getColumnNr();
        if (depth > MOST_DEPTH) {
            throw new TooDeep(position(parser));
        }
        refuseExtras(parser);
        return switch (token) {
            case START_OBJECT -> mapping(parser, line, column, depth);
            case START_ARRAY -> sequence(parser, line, column, depth);
            // null and ~ are words of YAML for nothing, not of the format.
            case VALUE_NULL -> new Scalar("", line, column);
            default -> new Scalar(text(parser), line, column);
        };
    }

    private Mapping mapping(JsonParser parser, int line, int column, int depth) {
        List<Entry> entries = new ArrayList<>();
        Map<String, Scalar> seen = new HashMap<>();
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
            TokenStreamLocation at = parser.currentTokenLocation();
            Scalar key = new Scalar(text(parser), at.getLineNr(), at.getColumnNr());
            refuseExtras(parser);
            YamlNode value = node(parser, parser.nextToken(), depth + 1);
            if (key.text().equals("<<")) {
                diagnostics.error(key, "merge keys are not part of the format; write the keys out");
                continue;
            }
            Scalar earlier = seen.putIfAbsent(key.text(), key);
            if (earlier == null) {
                entries.add(new Entry(key, value));
            } else {
                diagnostics.error(
                        key, "the key '" + key.text() + "' repeats", "it stands first in line " + earlier.line());
            }
        }
        return new Mapping(entries, line, column);
    }

    private Sequence sequence(JsonParser parser, int line, int column, int depth) {
        List<YamlNode> items = new ArrayList<>();
        JsonToken token = parser.nextToken();
        while (token != JsonToken.END_ARRAY && token != null) {
            items.add(node(parser, token, depth + 1));
            token = parser.nextToken();
        }
        return new Sequence(items, line, column);
    }

    private static String text(JsonParser parser) {
        String text = parser.getString();
        return text == null ? "" : text;
    }

    /// The parser reports aliases and tags; an anchor shows by the character that the node starts with.
    private void refuseExtras(JsonParser parser) {
        if (parser instanceof YAMLParser yaml && yaml.isCurrentAlias()) {
            diagnostics.error(position(parser), "aliases (*name) are not part of the format; write the value out");
        } else if (startsWith(parser, '&')) {
            diagnostics.error(position(parser), "anchors (&name) are not part of the format; write the value out");
        } else if (parser.getTypeId() != null || startsWith(parser, '!')) {
            diagnostics.error(position(parser), "tags (!name) are not part of the format; leave it out");
        }
    }

    private boolean startsWith(JsonParser parser, char sign) {
        TokenStreamLocation at = parser.currentTokenLocation();
        int line = at.getLineNr();
        if (line < 1 || line > lineStarts.length) {
            return false;
        }
        int offset = lineStarts[line - 1] + at.getColumnNr() - 1;
        return offset >= 0 && offset < text.length() && text.charAt(offset) == sign;
    }

    private io.netyard.topology.model.Diagnostic.Position position(JsonParser parser) {
        TokenStreamLocation at = parser.currentTokenLocation();
        return diagnostics.position(Math.max(1, at.getLineNr()), Math.max(1, at.getColumnNr()));
    }
}
