package io.netyard.netlink.message;

import java.nio.ByteBuffer;
import java.util.Optional;

/// Names the attribute that lies at an offset of a request: `.linkinfo.data.id`.
public final class AttributePath {
    private AttributePath() {}

    /// The path of the attribute at an offset.
    ///
    /// @param set of the attributes at the outermost level
    /// @param message a whole request; positions count from its header
    /// @param from where its attributes start
    /// @param offset what the kernel said
    public static Optional<String> find(AttributeSet set, ByteBuffer message, int from, int offset) {
        return find(set, message, from, message.limit(), offset, "");
    }

    private static Optional<String> find(
            AttributeSet set, ByteBuffer message, int from, int to, int offset, String outer) {
        int at = from;
        while (at + Netlink.ATTRIBUTE_HEADER <= to && at <= offset) {
            int length = message.getShort(at) & 0xffff;
            if (length < Netlink.ATTRIBUTE_HEADER || at + length > to) {
                return Optional.empty();
            }
            Attribute<?> attribute = set.of(message.getShort(at + 2) & Netlink.TYPE_MASK);
            String path = outer + "." + attribute.name();
            if (offset == at) {
                return Optional.of(path);
            }
            if (offset < at + length) {
                AttributeSet inner = set.nested(attribute, Attributes.read(set, message, from, to));
                return inner == null
                        ? Optional.of(path)
                        : find(inner, message, at + Netlink.ATTRIBUTE_HEADER, at + length, offset, path);
            }
            at += Netlink.align(length);
        }
        return Optional.empty();
    }
}
