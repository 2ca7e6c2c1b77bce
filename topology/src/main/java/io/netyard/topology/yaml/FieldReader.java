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
    private final Map<String, Entry> entries = new HashMap<>();
    private final Diagnostics diagnostics;
    private final Ranges ranges;
    private final Fields fields;

    /// @param owner what the mapping belongs to, such as `node h1`
    FieldReader(YamlNode node, Fields fields, String owner, Diagnostics diagnostics) {
        this.diagnostics = diagnostics;
        this.fields = fields;
        this.ranges = new Ranges(diagnostics);
        if (node instanceof Mapping mapping) {
            for (Entry entry : mapping.entries()) {
                accept(entry, fields, owner);
            }
        } else if (!(node instanceof Scalar scalar && scalar.text().isEmpty())) {
            diagnostics.error(node, owner + " is a mapping, not " + node.describe(), "it takes " + names(fields));
        }
        for (Key key : fields.keys()) {
            if (key.required() && !entries.containsKey(key.name())) {
                diagnostics.error(node, owner + " lacks '" + key.name() + "': " + key.doc());
            }
        }
    }

    private void accept(Entry entry, Fields fields, String owner) {
        String name = entry.key().text();
        Optional<Key> key = fields.key(name);
        if (key.isEmpty()) {
            List<String> known = fields.keys().stream().map(Key::name).toList();
            diagnostics.error(
                    entry.key(),
                    owner + " has no key '" + name + "'",
                    Nearest.to(name, known)
                            .map(near -> "did you mean '" + near + "'?")
                            .orElse("it takes " + names(fields)));
        } else if (key.get().later()) {
            diagnostics.error(
                    entry.key(), "'" + name + "' (" + key.get().doc() + ") is not supported yet; leave it out");
        } else {
            entries.put(name, entry);
        }
    }

    private static String names(Fields fields) {
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
    Iterable<String> names() {
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
        } catch (IllegalArgumentException failure) {
            diagnostics.error(scalar, String.valueOf(failure.getMessage()));
            return Optional.empty();
        }
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
                    node.get(), "'" + name + "' is a list, not " + node.get().describe());
        } else if (node.isPresent()) {
            List<YamlNode> written = node.get() instanceof Sequence sequence ? sequence.items() : List.of(node.get());
            written.forEach(item -> items.addAll(ranges.expand(item)));
        }
        return items;
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
                    node.get(), "'" + name + "' is a list, not " + node.get().describe());
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
