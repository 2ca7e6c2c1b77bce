package io.netyard.topology.yaml;

import java.util.List;
import java.util.Optional;

/// A piece of a YAML file with the place where it starts.
sealed interface YamlNode {
    /// Line, from 1.
    int line();

    /// Column, from 1.
    int column();

    /// A value as it is written, without quotes. Nothing is made of it: `no`, `0755` and
    /// `10:20:30:40:50:10` stay text.
    record Scalar(String text, int line, int column) implements YamlNode {
        /// Whether nothing is written there.
        boolean isNothing() {
            return text.isEmpty();
        }

        /// The same place with another text.
        Scalar withText(String other) {
            return new Scalar(other, line, column);
        }
    }

    /// Keys and their values, in the order of the file.
    record Mapping(List<Entry> entries, int line, int column) implements YamlNode {
        public Mapping {
            entries = List.copyOf(entries);
        }
    }

    /// Items in the order of the file.
    record Sequence(List<YamlNode> items, int line, int column) implements YamlNode {
        public Sequence {
            items = List.copyOf(items);
        }
    }

    /// A key with its value.
    record Entry(Scalar key, YamlNode value) {}

    /// What a mapping says for a key, where that is a word.
    default Optional<String> word(String key) {
        return this instanceof Mapping mapping
                ? mapping.entries().stream()
                        .filter(entry -> entry.key().text().equals(key))
                        .map(Entry::value)
                        .filter(Scalar.class::isInstance)
                        .map(value -> ((Scalar) value).text())
                        .findFirst()
                : Optional.empty();
    }

    /// What it is, for a person.
    default String describe() {
        return switch (this) {
            case Scalar scalar -> scalar.text().isEmpty() ? "nothing" : "'" + scalar.text() + "'";
            case Mapping _ -> "a mapping";
            case Sequence _ -> "a list";
        };
    }
}
