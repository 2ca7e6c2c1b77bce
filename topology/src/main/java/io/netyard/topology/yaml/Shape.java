package io.netyard.topology.yaml;

import java.util.List;
import java.util.Optional;

/// What a value of the topology file can be.
sealed interface Shape {
    /// Text that one of the readers makes something of.
    ///
    /// @param what in words, with an example
    /// @param pattern a regular expression that all such texts match, with ranges and all; empty if any may
    record Text(String what, Optional<String> pattern) implements Shape {
        Text(String what) {
            this(what, Optional.empty());
        }

        Text(String what, String pattern) {
            this(what, Optional.of(pattern));
        }
    }

    /// A whole number.
    ///
    /// @param step what it is a multiple of
    record WholeNumber(long least, long most, long step) implements Shape {
        WholeNumber(long least, long most) {
            this(least, most, 1);
        }
    }

    /// One of a few words.
    ///
    /// @param later words that are reserved for a later version, so that they are refused now
    record Choice(List<String> words, List<String> later) implements Shape {
        public Choice {
            words = List.copyOf(words);
            later = List.copyOf(later);
        }

        static Choice of(String... words) {
            return new Choice(List.of(words), List.of());
        }

        Choice butLater(String... words) {
            return new Choice(this.words, List.of(words));
        }
    }

    /// `true` or `false`.
    record Flag() implements Shape {}

    /// A VLAN: its name, or its number.
    record Vlan() implements Shape {}

    /// A list.
    record ListOf(Shape item) implements Shape {}

    /// A value, or a list of such.
    record OneOrMany(Shape item) implements Shape {}

    /// A mapping whose keys are names.
    ///
    /// @param keys what the names are
    record MapOf(Text keys, Shape value) implements Shape {}

    /// A mapping with fixed keys.
    record Fields(String name, List<Key> keys) implements Shape {
        public Fields {
            keys = List.copyOf(keys);
        }

        static Fields of(String name, Key... keys) {
            return new Fields(name, List.of(keys));
        }

        Optional<Key> key(String name) {
            for (Key key : keys) {
                if (key.name().equals(name)) {
                    return Optional.of(key);
                }
            }
            return Optional.empty();
        }

        /// Without the keys that only switches take.
        Fields butForSwitches() {
            return new Fields(
                    name, keys.stream().filter(key -> !key.onSwitches()).toList());
        }

        /// The shape of a key that is declared.
        Shape shape(String name) {
            return key(name)
                    .map(Key::shape)
                    .orElseThrow(() -> new IllegalArgumentException(this.name + " declares no key " + name));
        }
    }

    /// A mapping that takes more keys the more its key `kind` says.
    ///
    /// @param common the keys that all take
    /// @param kinds the keys of each kind, named after it
    record ByKind(Fields common, List<Fields> kinds) implements Shape {
        public ByKind {
            kinds = List.copyOf(kinds);
        }
    }

    /// Either of two.
    record Either(Shape first, Shape second) implements Shape {}

    /// A key of a mapping.
    ///
    /// @param doc what it means
    /// @param required whether it has to be there
    /// @param later whether it is reserved for a later version, so that it is refused now
    /// @param onSwitches whether only switches take it
    /// @param fallback what holds if it is not there, where one value says it
    /// @param example a value as it stands in a file, where the shape does not tell
    record Key(
            String name,
            Shape shape,
            String doc,
            boolean required,
            boolean later,
            boolean onSwitches,
            Optional<String> fallback,
            Optional<String> example) {
        static Key key(String name, Shape shape, String doc) {
            return new Key(name, shape, doc, false, false, false, Optional.empty(), Optional.empty());
        }

        static Key required(String name, Shape shape, String doc) {
            return new Key(name, shape, doc, true, false, false, Optional.empty(), Optional.empty());
        }

        static Key later(String name, Shape shape, String doc) {
            return new Key(name, shape, doc, false, true, false, Optional.empty(), Optional.empty());
        }

        /// The same with what holds if it is not there.
        Key otherwise(String value) {
            return new Key(name, shape, doc, required, later, onSwitches, Optional.of(value), example);
        }

        /// The same with an example.
        Key suchAs(String value) {
            return new Key(name, shape, doc, required, later, onSwitches, fallback, Optional.of(value));
        }

        /// The same for switches alone.
        Key ofSwitches() {
            return new Key(name, shape, doc, required, later, true, fallback, example);
        }

        /// The same where it need not be there.
        Key optional() {
            return new Key(name, shape, doc, false, later, onSwitches, fallback, example);
        }
    }
}
