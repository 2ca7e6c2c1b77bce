package io.netyard.netlink.message;

import java.util.Arrays;
import java.util.HexFormat;

/// A sequence of octets without meaning to us: of an attribute that is not declared.
public final class Octets {
    private final byte[] bytes;

    private Octets(byte[] bytes) {
        this.bytes = bytes;
    }

    /// A copy of these octets.
    public static Octets of(byte[] bytes) {
        return new Octets(bytes.clone());
    }

    /// A copy of the octets.
    public byte[] toBytes() {
        return bytes.clone();
    }

    @Override
    public boolean equals(Object object) {
        return object instanceof Octets other && Arrays.equals(bytes, other.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    @Override
    public String toString() {
        return HexFormat.of().formatHex(bytes);
    }
}
