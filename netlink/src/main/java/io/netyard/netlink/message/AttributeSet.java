package io.netyard.netlink.message;

import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The attributes that can stand beside each other, by number. Filled by the static initialiser of the
/// class that declares it, and not changed after.
public final class AttributeSet {
    private final String name;
    private @Nullable Function<Attributes, Optional<AttributeSet>> dependent;
    private @Nullable Attribute<?> dependentAttribute;
    private @Nullable Attribute<?>[] byNumber = new Attribute<?>[16];

    /// @param name what the attributes belong to, such as `vxlan`
    public AttributeSet(String name) {
        this.name = name;
    }

    /// What the attributes belong to.
    public String name() {
        return name;
    }

    /// Declares an attribute that requests can carry.
    public <T> Attribute<T> settable(int number, String attributeName, Codec<T> codec) {
        return declare(new Attribute<>(number, attributeName, codec, true));
    }

    /// Declares an attribute that the kernel alone says.
    public <T> Attribute<T> readOnly(int number, String attributeName, Codec<T> codec) {
        return declare(new Attribute<>(number, attributeName, codec, false));
    }

    /// Declares an attribute whose payload depends on another one beside it, as `IFLA_INFO_DATA` on
    /// `IFLA_INFO_KIND`.
    ///
    /// @param inner the set of what is nested, from the attributes beside it
    public Attribute<Octets> dependent(
            int number, String attributeName, Function<Attributes, Optional<AttributeSet>> inner) {
        Attribute<Octets> attribute = settable(number, attributeName, Codec.OCTETS);
        dependent = inner;
        dependentAttribute = attribute;
        return attribute;
    }

    /// The set of what is nested in an attribute; null if nothing is, or nothing that is declared.
    @Nullable
    AttributeSet nested(Attribute<?> attribute, Attributes beside) {
        return attribute == dependentAttribute && dependent != null
                ? dependent.apply(beside).orElse(null)
                : attribute.codec().nestedSet();
    }

    private <T> Attribute<T> declare(Attribute<T> attribute) {
        if (attribute.number() >= byNumber.length) {
            byNumber = Arrays.copyOf(byNumber, Math.max(2 * byNumber.length, attribute.number() + 1));
        }
        if (byNumber[attribute.number()] != null) {
            throw new IllegalArgumentException(name + " has two attributes " + attribute.number());
        }
        byNumber[attribute.number()] = attribute;
        return attribute;
    }

    /// The attribute of a number.
    public Optional<Attribute<?>> get(int number) {
        return number < byNumber.length ? Optional.ofNullable(byNumber[number]) : Optional.empty();
    }

    /// The attribute of a number, declared or not.
    Attribute<?> of(int number) {
        Attribute<?> declared = number < byNumber.length ? byNumber[number] : null;
        return declared != null ? declared : Attribute.unknown(number);
    }

    /// All attributes, by number.
    public Attribute<?>[] all() {
        return Arrays.stream(byNumber).filter(Objects::nonNull).toArray(Attribute<?>[]::new);
    }
}
