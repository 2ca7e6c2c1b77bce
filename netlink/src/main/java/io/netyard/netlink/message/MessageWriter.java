package io.netyard.netlink.message;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/// Writes netlink messages one after another into a buffer. Lengths are filled in when a message or a nest
/// ends; padding is written as zeros, whatever the buffer held before. Used by one thread.
public final class MessageWriter {
    private static final int MOST_ATTRIBUTE = 0xffff;

    private final ByteBuffer buffer;
    private int messageStart;

    /// @param buffer in the byte order of the machine; messages start at its position
    public MessageWriter(ByteBuffer buffer) {
        this.buffer = buffer;
    }

    /// Starts a message. Its family header follows, then its attributes.
    public MessageWriter startMessage(int type, int flags, int sequence) {
        messageStart = buffer.position();
        buffer.putInt(0)
                .putShort((short) type)
                .putShort((short) flags)
                .putInt(sequence)
                .putInt(0);
        return this;
    }

    /// Ends the message.
    public void endMessage() {
        buffer.putInt(messageStart, buffer.position() - messageStart);
    }

    /// Sets more flags in the header of the message that was started last.
    public void addFlags(int flags) {
        int at = messageStart + 6;
        buffer.putShort(at, (short) (buffer.getShort(at) | flags));
    }

    /// A byte of a family header.
    public MessageWriter u8(int value) {
        buffer.put((byte) value);
        return this;
    }

    /// Two bytes of a family header.
    public MessageWriter u16(int value) {
        buffer.putShort((short) value);
        return this;
    }

    /// Four bytes of a family header.
    public MessageWriter u32(int value) {
        buffer.putInt(value);
        return this;
    }

    /// One attribute.
    public <T> MessageWriter attribute(Attribute<T> attribute, T value) {
        attribute.codec().write(this, attribute.number(), value);
        return this;
    }

    /// Attributes, in their order.
    public MessageWriter attributes(Attributes attributes) {
        for (Attributes.Entry<?> entry : attributes) {
            entry(entry);
        }
        return this;
    }

    private <T> void entry(Attributes.Entry<T> entry) {
        attribute(entry.attribute(), entry.value());
    }

    /// Starts a nest.
    ///
    /// @return what [#endNest] wants
    public int startNest(int type) {
        int start = buffer.position();
        buffer.putShort((short) 0).putShort((short) (type | Netlink.NESTED));
        return start;
    }

    /// Ends a nest.
    ///
    /// @throws IllegalArgumentException if it is longer than an attribute can be
    public void endNest(int start) {
        int length = buffer.position() - start;
        if (length > MOST_ATTRIBUTE) {
            throw new IllegalArgumentException("a nest of " + length + " octets is longer than an attribute can be");
        }
        buffer.putShort(start, (short) length);
    }

    /// An address of 4 or 16 octets within a family header or as a whole attribute payload.
    public MessageWriter octets(byte[] value) {
        buffer.put(value);
        return this;
    }

    void header(int type, int payload) {
        buffer.putShort((short) (Netlink.ATTRIBUTE_HEADER + payload)).putShort((short) type);
    }

    ByteBuffer buffer() {
        return buffer;
    }

    void pad() {
        while ((buffer.position() & 3) != 0) {
            buffer.put((byte) 0);
        }
    }

    void bytes(int type, byte[] value) {
        if (value.length > MOST_ATTRIBUTE - Netlink.ATTRIBUTE_HEADER) {
            throw new IllegalArgumentException(value.length + " octets are more than an attribute can hold");
        }
        header(type, value.length);
        buffer.put(value);
        pad();
    }

    void string(int type, String value) {
        byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
        header(type, bytes.length + 1);
        buffer.put(bytes).put((byte) 0);
        pad();
    }
}
