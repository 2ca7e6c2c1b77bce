package io.netyard.topology.yaml;

import java.util.List;
import java.util.Optional;

/// What a value of the topology file can be.
sealed interface Shape {
    /// Text that one of the readers makes something of.
    ///
    /// @param what in words, with an example
    record Text(String what) implements Shape {}

    /// A whole number.
    record WholeNumber(long least, long most) implements Shape {}

    /// One of a few words.
    record Choice(List<String> words) implements Shape {}

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
    record MapOf(String keys, Shape value) implements Shape {}

    /// A mapping with fixed keys.
    record Fields(String name, List<Key> keys) implements Shape {
        public Fields {
            keys = List.copyOf(keys);
        }

        Optional<Key> key(String name) {
            for (Key key : keys) {
                if (key.name().equals(name)) {
                    return Optional.of(key);
                }
            }
            return Optional.empty();
        }
    }

    /// Either of two.
    record Either(Shape first, Shape second) implements Shape {}

    /// A key of a mapping.
    ///
    /// @param doc what it means
    /// @param required whether it has to be there
    /// @param later whether it is reserved for a later version, so that it is refused now
    record Key(String name, Shape shape, String doc, boolean required, boolean later) {}
}
