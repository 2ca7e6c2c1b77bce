package io.netyard.netlink.message;

import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.OptionalInt;

/// What the kernel adds to an error or an acknowledgement (`NLMSGERR_ATTR_…`).
///
/// @param message a sentence
/// @param offset where in the request the attribute lies that it is about, from the start of the header
/// @param missingType the number of an attribute that is missing
public record ExtendedAck(Optional<String> message, OptionalInt offset, OptionalInt missingType) {
    /// Nothing was added.
    public static final ExtendedAck NONE = new ExtendedAck(Optional.empty(), OptionalInt.empty(), OptionalInt.empty());

    private static final AttributeSet SET = new AttributeSet("extended-ack");
    private static final Attribute<String> MESSAGE = SET.readOnly(1, "msg", Codec.STRING);
    private static final Attribute<Integer> OFFSET = SET.readOnly(2, "offs", Codec.S32);
    private static final Attribute<Integer> MISSING_TYPE = SET.readOnly(5, "miss-type", Codec.S32);

    /// Reads the attributes that follow the error of an `NLMSG_ERROR`.
    ///
    /// @param flags of the answer's header
    /// @param at where the payload starts: the error, then the header of the request, then the request
    ///     itself, unless capped
    /// @param end of the message
    public static ExtendedAck ofError(ByteBuffer buffer, int flags, int at, int end) {
        int inner = at + Integer.BYTES;
        if ((flags & Netlink.F_ACK_TLVS) == 0 || inner + Netlink.HEADER > end) {
            return NONE;
        }
        int echoed = (flags & Netlink.F_CAPPED) != 0 ? Netlink.HEADER : buffer.getInt(inner);
        return echoed < Netlink.HEADER || echoed > end - inner
                ? NONE
                : of(Attributes.read(SET, buffer, inner + Netlink.align(echoed), end));
    }

    /// Reads the attributes that follow the error of an `NLMSG_DONE`: right after it.
    public static ExtendedAck ofDone(ByteBuffer buffer, int flags, int at, int end) {
        return (flags & Netlink.F_ACK_TLVS) == 0 || at + Integer.BYTES > end
                ? NONE
                : of(Attributes.read(SET, buffer, at + Integer.BYTES, end));
    }

    private static ExtendedAck of(Attributes attributes) {
        return new ExtendedAck(
                attributes.get(MESSAGE),
                attributes.get(OFFSET).map(OptionalInt::of).orElse(OptionalInt.empty()),
                attributes.get(MISSING_TYPE).map(OptionalInt::of).orElse(OptionalInt.empty()));
    }
}
