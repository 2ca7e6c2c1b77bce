package io.netyard.net;

import java.nio.charset.StandardCharsets;

/// The name of a network interface, as the kernel accepts it (`dev_valid_name`) and never rewrites it.
///
/// @param value 1 to 15 bytes of UTF-8 without `/`, `:`, `%`, white space and control characters, and not
///     `.` or `..`
public record InterfaceName(String value) implements Comparable<InterfaceName> {
    /// The longest name in bytes (`IFNAMSIZ` less the final zero).
    public static final int MAX_BYTES = 15;

    public InterfaceName {
        if (value.isEmpty() || value.equals(".") || value.equals("..")) {
            throw new IllegalArgumentException("'" + value + "' is not an interface name");
        }
        for (int at = 0; at < value.length(); at++) {
            char next = value.charAt(at);
            if (next == '/'
                    || next == ':'
                    || next == '%'
                    || next <= ' '
                    || Character.isWhitespace(next)
                    || next == 0x7f) {
                throw new IllegalArgumentException(
                        "an interface name has no '/', ':', '%' or white space: '" + value + "' has");
            }
        }
        int bytes = value.getBytes(StandardCharsets.UTF_8).length;
        if (bytes > MAX_BYTES) {
            throw new IllegalArgumentException(
                    "an interface name has at most " + MAX_BYTES + " bytes: '" + value + "' has " + bytes);
        }
    }

    /// The same as the constructor, named like the others.
    public static InterfaceName parse(String text) {
        return new InterfaceName(text);
    }

    @Override
    public int compareTo(InterfaceName other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
