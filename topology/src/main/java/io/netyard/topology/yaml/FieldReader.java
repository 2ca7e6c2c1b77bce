package io.netyard.topology.yaml;

import io.netyard.topology.model.Nearest;
import io.netyard.topology.yaml.Shape.Fields;
import io.netyard.topology.yaml.Shape.Key;
import io.netyard.topology.yaml.YamlNode.Entry;
import io.netyard.topology.yaml.YamlNode.Mapping;
import io.netyard.topology.yaml.YamlNode.Scalar;
import io.netyard.topology.yaml.YamlNode.Sequence;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/// Reads the keys of one mapping. Whatever is wrong is said once, and reads as absent.
final class FieldReader {
    /// Words that others have for ours.
    private static final Map<String, String> SYNONYMS =
            Map.of("bridge", "switch", "ovs", "switch", "pc", "host", "server", "host", "gateway", "router");

    private final Map<String, Entry> entries = new HashMap<>();
    private final Diagnostics diagnostics;
    private final Ranges ranges;
    private final Fields fields;
    private final Fields suited;

    /// @param owner what the mapping belongs to, such as `node h1`
    FieldReader(YamlNode node, Fields fields, String owner, Diagnostics diagnostics) {
        this(node, fields, fields, owner, diagnostics);
    }

    /// @param suited of all keys those that suit what is read, to tell of where one is wrong
    FieldReader(YamlNode node, Fields fields, Fields suited, String owner, Diagnostics diagnostics) {
        this.diagnostics = diagnostics;
        this.fields = fields;
        this.suited = suited;
        this.ranges = new Ranges(diagnostics);
        if (node instanceof Mapping mapping) {
            readEntries(mapping, owner);
        } else if (node instanceof Scalar scalar && scalar.isNothing()) {
            lack(node, owner, List.of());
        } else {
            diagnostics.error(node, owner + " is a mapping, not " + node.describe(), mappingHint(node));
        }
    }

    private void readEntries(Mapping mapping, String owner) {
        List<String> unknown = new ArrayList<>();
        Optional<Entry> before = Optional.empty();
        for (Entry entry : mapping.entries()) {
            if (fields.key(entry.key().text()).isEmpty()) {
                unknown.add(entry.key().text());
            }
            accept(entry, before, owner);
            before = Optional.of(entry);
        }
        // Where no key is known, those that are missing are no second mistake.
        if (unknown.isEmpty() || unknown.size() < mapping.entries().size()) {
            lack(mapping, owner, unknown);
        }
    }

    /// Tells of missing keys, but not of one that is there in another spelling.
    private void lack(YamlNode node, String owner, List<String> unknown) {
        for (Key key : fields.keys()) {
            boolean misspelt =
                    unknown.stream().anyMatch(name -> Nearest.to(name, names()).equals(Optional.of(key.name())));
            if (key.required() && !misspelt && !entries.containsKey(key.name())) {
                diagnostics.error(node, owner + " lacks '" + key.name() + "': " + key.doc());
            }
        }
    }

    private String mappingHint(YamlNode node) {
        boolean isAddress = node instanceof Scalar scalar
                && scalar.text().matches("[0-9a-fA-F.:]+/[0-9]+")
                && fields.key("address").isPresent();
        return isAddress ? "write { address: " + ((Scalar) node).text() + " }" : "it takes " + takes(suited);
    }

    private void accept(Entry entry, Optional<Entry> before, String owner) {
        String name = entry.key().text();
        Optional<Key> key = fields.key(name);
        if (key.isEmpty()) {
            diagnostics.error(entry.key(), owner + " has no key '" + name + "'", hint(entry, before));
        } else if (key.get().later()) {
            String summary = "'" + name + "' (" + key.get().doc() + ") is not supported yet; leave it out";
            key.get()
                    .example()
                    .ifPresentOrElse(
                            example -> diagnostics.error(entry.key(), summary, example),
                            () -> diagnostics.error(entry.key(), summary));
        } else {
            entries.put(name, entry);
        }
    }

    /// What was probably meant by a key that is none.
    private String hint(Entry entry, Optional<Entry> before) {
        String name = entry.key().text();
        boolean isWord = name.matches("[A-Za-z-]+");
        int colon = name.indexOf(':');
        if (colon > 0 && fields.key(name.substring(0, colon)).isPresent()) {
            return "a space is missing after the colon: " + name.substring(0, colon) + ": " + name.substring(colon + 1);
        }
        if (!isWord
                && entry.value() instanceof Scalar value
                && value.isNothing()
                && before.isPresent()
                && before.get().value() instanceof Scalar first) {
            return "several values are a list in [ ]: " + before.get().key().text() + ": [ " + first.text() + ", "
                    + name + " ]";
        }
        return Nearest.to(name, names())
                .map(near -> "did you mean '" + near + "'?")
                .orElseGet(() -> "it takes " + takes(suited));
    }

    private List<String> names() {
        return fields.keys().stream().map(Key::name).toList();
    }

    private static String takes(Fields fields) {
        return String.join(
                ", ",
                fields.keys().stream()
                        .filter(key -> !key.later())
                        .map(Key::name)
                        .toList());
    }

    /// Where a key stands.
    Optional<Scalar> key(String name) {
        return Optional.ofNullable(entries.get(name)).map(Entry::key);
    }

    /// The keys that are there.
    Iterable<String> present() {
        return entries.keySet();
    }

    /// The value of a key, whatever it is.
    Optional<YamlNode> node(String name) {
        return Optional.ofNullable(entries.get(name)).map(Entry::value);
    }

    /// The value of a key, made by a parser that throws IllegalArgumentException with a sentence.
    <T> Optional<T> value(String name, Function<String, T> parser) {
        return node(name).flatMap(node -> value(node, name, parser));
    }

    /// A value made by a parser.
    <T> Optional<T> value(YamlNode node, String what, Function<String, T> parser) {
        if (!(node instanceof Scalar scalar) || scalar.text().isEmpty()) {
            diagnostics.error(node, "'" + what + "' needs a single value, not " + node.describe());
            return Optional.empty();
        }
        if (Ranges.isIn(scalar)) {
            diagnostics.error(scalar, "a range stands here, but the key of its entry has none: " + scalar.text());
            return Optional.empty();
        }
        try {
            return Optional.of(parser.apply(scalar.text()));
        } catch (ToldAlready _) {
            return Optional.empty();
        } catch (IllegalArgumentException failure) {
            diagnostics.error(scalar, String.valueOf(failure.getMessage()));
            return Optional.empty();
        }
    }

    /// Thrown by a parser where what is wrong was told elsewhere.
    static final class ToldAlready extends IllegalArgumentException {
        private static final long serialVersionUID = 1;
    }

    /// Text as it is; ranges are left alone.
    Optional<String> text(String name) {
        Optional<YamlNode> node = node(name);
        if (node.isPresent() && node.get() instanceof Scalar scalar && !scalar.isNothing()) {
            return Optional.of(scalar.text());
        }
        node.ifPresent(other -> diagnostics.error(other, "'" + name + "' needs text, not " + other.describe()));
        return Optional.empty();
    }

    /// `true` or `false`.
    Optional<Boolean> flag(String name) {
        return value(name, text -> switch (text) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new IllegalArgumentException("'" + name + "' is true or false, not '" + text + "'");
        });
    }

    /// A whole number, of the range that the declaration says.
    Optional<Long> number(String name) {
        if (fields.shape(name) instanceof Shape.WholeNumber range) {
            return value(name, text -> number(text, name, range));
        }
        throw new IllegalArgumentException("'" + name + "' is not declared as a number");
    }

    private static long number(String text, String name, Shape.WholeNumber range) {
        boolean digits = !text.isEmpty() && text.length() <= 10 && text.chars().allMatch(c -> c >= '0' && c <= '9');
        if (!digits || Long.parseLong(text) < range.least() || Long.parseLong(text) > range.most()) {
            throw new IllegalArgumentException("'" + name + "' is a whole number of " + range.least() + " to "
                    + range.most() + ", not '" + text + "'");
        }
        long rest = Long.parseLong(text) % range.step();
        if (rest != 0) {
            long below = Long.parseLong(text) - rest;
            throw new IllegalArgumentException("'" + name + "' goes in steps of " + range.step() + ": " + below
                    + (below + range.step() > range.most() ? "" : " or " + (below + range.step())) + ", not " + text);
        }
        return Long.parseLong(text);
    }

    /// One of the words that the declaration has.
    Optional<String> choice(String name) {
        return choice(name, fields);
    }

    /// One of the words that another declaration of the key has.
    Optional<String> choice(String name, Fields declaration) {
        if (declaration.shape(name) instanceof Shape.Choice choice) {
            return value(name, text -> chosen(text, name, choice));
        }
        throw new IllegalArgumentException("'" + name + "' is not declared as a choice");
    }

    private static String chosen(String text, String name, Shape.Choice choice) {
        List<String> words = choice.words();
        if (choice.later().contains(text)) {
            throw new IllegalArgumentException(
                    "'" + name + ": " + text + "' is not supported yet; there are " + String.join(", ", words));
        }
        if (!words.contains(text)) {
            throw new IllegalArgumentException("'" + name + "' is one of " + String.join(", ", words) + ", not '" + text
                    + "'"
                    + Nearest.to(text, words)
                            .or(() -> Optional.ofNullable(SYNONYMS.get(text)).filter(words::contains))
                            .map(near -> "; did you mean '" + near + "'?")
                            .orElse(""));
        }
        return text;
    }

    /// The items of a list, or the one value where a list is allowed; ranges are expanded.
    List<YamlNode> items(String name) {
        Optional<YamlNode> node = node(name);
        List<YamlNode> items = new ArrayList<>();
        if (node.isPresent() && fields.shape(name) instanceof Shape.ListOf && !(node.get() instanceof Sequence)) {
            diagnostics.error(
                    node.get(), "'" + name + "' is a list, not " + node.get().describe(), listHint(name, node.get()));
        } else if (node.isPresent()) {
            List<YamlNode> written = node.get() instanceof Sequence sequence ? sequence.items() : List.of(node.get());
            written.forEach(item -> items.addAll(ranges.expand(item)));
        }
        return items;
    }

    private static String listHint(String name, YamlNode node) {
        return node instanceof Scalar scalar && !scalar.isNothing()
                ? "a list stands in [ ]: " + name + ": [ " + scalar.text() + " ]"
                : "a list stands in [ ], or each item in a line that starts with '- '";
    }

    /// The items of a list, each made by a parser.
    <T> List<T> values(String name, Function<String, T> parser) {
        List<T> values = new ArrayList<>();
        for (YamlNode item : items(name)) {
            value(item, name, parser).ifPresent(values::add);
        }
        return values;
    }

    /// The items of a list that may not be a single value.
    List<YamlNode> list(String name) {
        Optional<YamlNode> node = node(name);
        if (node.isPresent()
                && !(node.get() instanceof Sequence)
                && !node.get().describe().equals("nothing")) {
            diagnostics.error(
                    node.get(), "'" + name + "' is a list, not " + node.get().describe(), listHint(name, node.get()));
            return List.of();
        }
        return node.filter(Sequence.class::isInstance).isPresent() ? items(name) : List.of();
    }

    /// The entries of a mapping with names for keys; ranges are expanded.
    List<Entry> map(String name) {
        Optional<YamlNode> node = node(name);
        if (node.isEmpty()
                || (node.get() instanceof Scalar scalar && scalar.text().isEmpty())) {
            return List.of();
        }
        if (!(node.get() instanceof Mapping mapping)) {
            diagnostics.error(
                    node.get(), "'" + name + "' is a mapping, not " + node.get().describe());
            return List.of();
        }
        List<Entry> expanded = new ArrayList<>();
        mapping.entries().forEach(entry -> expanded.addAll(ranges.expand(entry)));
        return expanded;
    }
}
