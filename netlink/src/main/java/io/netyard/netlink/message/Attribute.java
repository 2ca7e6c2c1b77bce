package io.netyard.netlink.message;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.stream.IntStream;

/// The declaration of one attribute of one set.
///
/// @param <T> its value
public final class Attribute<T> {
    /// Those that newer kernels say of each link, and others, made once.
    private static final List<Attribute<Octets>> UNKNOWN =
            IntStream.range(0, 128).mapToObj(Attribute::makeUnknown).toList();

    private final int number;
    private final String name;
    private final Codec<T> codec;
    private final boolean settable;

    Attribute(int number, String name, Codec<T> codec, boolean settable) {
        this.number = number;
        this.name = name;
        this.codec = codec;
        this.settable = settable;
    }

    /// Stands for a number that no set declares.
    static Attribute<Octets> unknown(int number) {
        return number < UNKNOWN.size() ? UNKNOWN.get(number) : makeUnknown(number);
    }

    private static Attribute<Octets> makeUnknown(int number) {
        return new Attribute<>(number, "attribute-" + number, Codec.OCTETS, false);
    }

    /// The kernel's number.
    public int number() {
        return number;
    }

    /// The kernel's name without prefix, in lower case with dashes: `vlan-default-pvid` for
    /// `IFLA_BR_VLAN_DEFAULT_PVID`.
    public String name() {
        return name;
    }

    /// Whether a request can carry it; the kernel alone says the others.
    public boolean isSettable() {
        return settable;
    }

    Codec<T> codec() {
        return codec;
    }

    T read(ByteBuffer buffer, int at, int length) {
        return codec.read(buffer, at, length);
    }

    @Override
    public String toString() {
        return name;
    }
}
