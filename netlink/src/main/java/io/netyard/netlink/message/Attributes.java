package io.netyard.netlink.message;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;

/// Attributes with their values, in order. Immutable. Only what is in it was said by the kernel, or is to
/// be sent: an attribute that is absent is not zero.
///
/// What was read keeps all attributes, declared or not, repeated ones too; values are decoded when they are
/// asked for.
public final class Attributes implements Iterable<Attributes.Entry<?>> {
    /// No attributes.
    public static final Attributes EMPTY = new Attributes(new Attribute<?>[0], new Object[0]);

    private final Attribute<?>[] keys;

    /// Values, or [Raw] where not decoded.
    private final Object[] values;

    private Attributes(Attribute<?>[] keys, Object[] values) {
        this.keys = keys;
        this.values = values;
    }

    /// One attribute with its value.
    public record Entry<T>(Attribute<T> attribute, T value) {}

    /// An attribute whose value is not the wanted one.
    public record Difference<T>(Attribute<T> attribute, Optional<T> before, T after) {
        /// The wanted value alone, as a request takes it.
        public Attributes asAttributes() {
            return EMPTY.with(attribute, after);
        }
    }

    private record Raw(ByteBuffer buffer, int at, int length) {}

    /// Reads attributes that lie from `from` to `to`. The values refer to the buffer, which must not change
    /// after.
    ///
    /// A length that is shorter than its header ends the reading.
    ///
    /// @throws MalformedMessageException if a length reaches over the end
    public static Attributes read(AttributeSet set, ByteBuffer buffer, int from, int to) {
        Attribute<?>[] keys = new Attribute<?>[8];
        Object[] values = new Object[8];
        int count = 0;
        int at = from;
        while (at + Netlink.ATTRIBUTE_HEADER <= to) {
            int length = buffer.getShort(at) & 0xffff;
            if (length < Netlink.ATTRIBUTE_HEADER) {
                break;
            }
            if (at + length > to) {
                throw new MalformedMessageException("an attribute of " + set.name() + " has " + length
                        + " octets where " + (to - at) + " are left");
            }
            if (count == keys.length) {
                keys = Arrays.copyOf(keys, 2 * count);
                values = Arrays.copyOf(values, 2 * count);
            }
            Raw raw = new Raw(buffer, at + Netlink.ATTRIBUTE_HEADER, length - Netlink.ATTRIBUTE_HEADER);
            keys[count] = key(set, buffer.getShort(at + 2) & Netlink.TYPE_MASK, raw);
            values[count++] = raw;
            at += Netlink.align(length);
        }
        return count == 0 ? EMPTY : new Attributes(Arrays.copyOf(keys, count), Arrays.copyOf(values, count));
    }

    private static Attribute<?> key(AttributeSet set, int number, Raw raw) {
        Attribute<?> declared = set.of(number);
        return declared.codec().accepts(raw.buffer, raw.at, raw.length) ? declared : Attribute.unknown(number);
    }

    /// Whether attributes can be read from `from` to `to`.
    static boolean isWellFormed(ByteBuffer buffer, int from, int to) {
        int at = from;
        while (at + Netlink.ATTRIBUTE_HEADER <= to) {
            int length = buffer.getShort(at) & 0xffff;
            if (at + length > to) {
                return false;
            }
            if (length < Netlink.ATTRIBUTE_HEADER) {
                return true;
            }
            at += Netlink.align(length);
        }
        return true;
    }

    /// The value of an attribute; the last one where it is repeated. Empty where its length was not one
    /// that the declaration can mean: then it is among these as one that is not declared.
    public <T> Optional<T> get(Attribute<T> attribute) {
        for (int at = keys.length - 1; at >= 0; at--) {
            if (keys[at] == attribute) {
                return Optional.of(value(attribute, values[at]));
            }
        }
        return Optional.empty();
    }

    @SuppressWarnings("unchecked") // values[i] is of the type that keys[i] declares
    private static <T> T value(Attribute<T> attribute, Object value) {
        return value instanceof Raw(ByteBuffer buffer, int at, int length)
                ? attribute.read(buffer, at, length)
                : (T) value;
    }

    /// Whether the attribute is there.
    public boolean contains(Attribute<?> attribute) {
        return indexOf(attribute) >= 0;
    }

    /// The same with one more attribute, or with another value of it.
    public <T> Attributes with(Attribute<T> attribute, T value) {
        int at = indexOf(attribute);
        if (at >= 0) {
            Object[] changed = values.clone();
            changed[at] = value;
            return new Attributes(keys, changed);
        }
        Attribute<?>[] moreKeys = Arrays.copyOf(keys, keys.length + 1);
        Object[] moreValues = Arrays.copyOf(values, values.length + 1);
        moreKeys[keys.length] = attribute;
        moreValues[values.length] = value;
        return new Attributes(moreKeys, moreValues);
    }

    /// The same with the attribute if there is a value for it.
    public <T> Attributes with(Attribute<T> attribute, Optional<? extends T> value) {
        return value.isPresent() ? with(attribute, value.get()) : this;
    }

    /// The same without some attributes.
    public Attributes without(Attribute<?>... attributes) {
        return filtered(key -> {
            for (Attribute<?> attribute : attributes) {
                if (key == attribute) {
                    return false;
                }
            }
            return true;
        });
    }

    /// Those that a request can carry.
    public Attributes settable() {
        return filtered(Attribute::isSettable);
    }

    /// Those that `others` has too, with the values that they have here.
    public Attributes retaining(Attributes others) {
        return filtered(others::contains);
    }

    private Attributes filtered(java.util.function.Predicate<Attribute<?>> kept) {
        Attribute<?>[] keptKeys = new Attribute<?>[keys.length];
        Object[] keptValues = new Object[keys.length];
        int count = 0;
        for (int at = 0; at < keys.length; at++) {
            if (kept.test(keys[at])) {
                keptKeys[count] = keys[at];
                keptValues[count++] = values[at];
            }
        }
        return new Attributes(Arrays.copyOf(keptKeys, count), Arrays.copyOf(keptValues, count));
    }

    /// What of `wanted` is not so here. Attributes that `wanted` leaves out do not count, nor those that no
    /// request can carry.
    public List<Difference<?>> differencesFrom(Attributes wanted) {
        List<Difference<?>> differences = List.of();
        for (int at = 0; at < wanted.keys.length; at++) {
            if (!wanted.keys[at].isSettable()) {
                continue;
            }
            Difference<?> difference = difference(wanted.keys[at], wanted.values[at]);
            if (difference != null) {
                if (differences.isEmpty()) {
                    differences = new ArrayList<>();
                }
                differences.add(difference);
            }
        }
        return differences;
    }

    private <T> @org.jspecify.annotations.Nullable Difference<T> difference(Attribute<T> attribute, Object wanted) {
        T after = value(attribute, wanted);
        Optional<T> before = get(attribute);
        return before.isPresent() && before.get().equals(after) ? null : new Difference<>(attribute, before, after);
    }

    private int indexOf(Attribute<?> attribute) {
        for (int at = 0; at < keys.length; at++) {
            if (keys[at] == attribute) {
                return at;
            }
        }
        return -1;
    }

    /// Whether there are none.
    public boolean isEmpty() {
        return keys.length == 0;
    }

    /// How many there are.
    public int size() {
        return keys.length;
    }

    @Override
    public Iterator<Entry<?>> iterator() {
        return new Iterator<>() {
            private int next;

            @Override
            public boolean hasNext() {
                return next < keys.length;
            }

            @Override
            public Entry<?> next() {
                if (!hasNext()) {
                    throw new NoSuchElementException();
                }
                return entry(next++);
            }
        };
    }

    private Entry<?> entry(int at) {
        return entry(keys[at], values[at]);
    }

    private static <T> Entry<T> entry(Attribute<T> attribute, Object value) {
        return new Entry<>(attribute, value(attribute, value));
    }

    @Override
    public boolean equals(Object object) {
        if (!(object instanceof Attributes other) || other.keys.length != keys.length) {
            return false;
        }
        for (int at = 0; at < keys.length; at++) {
            if (keys[at].number() != other.keys[at].number()
                    || !entry(at).value().equals(other.entry(at).value())) {
                return false;
            }
        }
        return true;
    }

    @Override
    public int hashCode() {
        int hash = 1;
        for (int at = 0; at < keys.length; at++) {
            hash = 31 * hash + keys[at].number() * 31 + entry(at).value().hashCode();
        }
        return hash;
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        for (Entry<?> entry : this) {
            text.append(text.isEmpty() ? "" : " ")
                    .append(entry.attribute())
                    .append(' ')
                    .append(entry.value());
        }
        return text.toString();
    }
}
