package io.netyard.netlink.route;

import static org.assertj.core.api.Assertions.assertThat;

import io.netyard.netlink.message.Attribute;
import io.netyard.netlink.message.AttributeSet;
import io.netyard.netlink.message.Attributes;
import io.netyard.netlink.message.MessageWriter;
import io.netyard.netlink.message.Netlink;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/// A message as text, equal for messages that say the same to the kernel: attributes by their number,
/// without the bit for nesting, without the zero that may end a string.
///
/// On the way it checks that every attribute is declared, and that its codec reads and writes its octets.
final class CanonicalMessage {
    private static final int TYPE_MASK = 0x3fff;

    private CanonicalMessage() {}

    static String of(byte[] message) {
        ByteBuffer buffer = ByteBuffer.wrap(message).order(ByteOrder.LITTLE_ENDIAN);
        assertThat(buffer.getInt(0)).as("its own length").isEqualTo(message.length);
        Layout layout = Layout.of(buffer.getShort(4));
        int from = Netlink.HEADER + layout.headerLength();
        return "type " + buffer.getShort(4) + " flags " + HexFormat.of().toHexDigits(buffer.getShort(6)) + " header "
                + HexFormat.of().formatHex(message, Netlink.HEADER, from)
                + attributes(layout.attributes(), message, from, message.length);
    }

    private static String attributes(AttributeSet set, byte[] message, int from, int to) {
        ByteBuffer buffer = ByteBuffer.wrap(message).order(ByteOrder.LITTLE_ENDIAN);
        Attributes beside = Attributes.read(set, buffer, from, to);
        List<String> lines = new ArrayList<>();
        int at = from;
        while (at < to) {
            int length = buffer.getShort(at) & 0xffff;
            int number = buffer.getShort(at + 2) & TYPE_MASK;
            Attribute<?> attribute =
                    set.get(number).orElseThrow(() -> new AssertionError(set.name() + " does not declare " + number));
            Attributes alone = Attributes.read(set, buffer, at, at + length);
            String payload = attribute == Veth.PEER || nested(attribute, beside).isPresent()
                    ? nest(attribute, beside, message, at + Netlink.ATTRIBUTE_HEADER, at + length)
                    : " "
                            + leaf(
                                    attribute,
                                    alone,
                                    Arrays.copyOfRange(message, at + Netlink.ATTRIBUTE_HEADER, at + length));
            lines.add("%s.%03d %s%s".formatted(set.name(), number, attribute.name(), payload));
            at += Netlink.align(length);
        }
        lines.sort(null);
        return "\n" + String.join("\n", lines);
    }

    private static String nest(Attribute<?> attribute, Attributes beside, byte[] message, int from, int to) {
        if (attribute == Veth.PEER) {
            int attributes = from + Link.HEADER;
            return " " + HexFormat.of().formatHex(message, from, attributes)
                    + attributes(LinkAttributes.SET, message, attributes, to);
        }
        return attributes(nested(attribute, beside).orElseThrow(), message, from, to);
    }

    private static Optional<AttributeSet> nested(Attribute<?> attribute, Attributes beside) {
        if (attribute == LinkInfo.DATA) {
            return Kinds.attributeSet(beside.get(LinkInfo.KIND));
        }
        return switch (attribute.name()) {
            case "linkinfo" -> Optional.of(LinkInfo.SET);
            case "protinfo" -> Optional.of(BridgePort.SET);
            case "af-spec" -> Optional.of(BridgeVlan.SET);
            case "metrics" -> Optional.of(Route.METRICS);
            default -> Optional.empty();
        };
    }

    private static <T> String leaf(Attribute<T> attribute, Attributes alone, byte[] payload) {
        T value = alone.get(attribute).orElseThrow();
        ByteBuffer again = ByteBuffer.allocate(1024).order(ByteOrder.LITTLE_ENDIAN);
        new MessageWriter(again).attribute(attribute, value);
        String written = HexFormat.of().formatHex(again.array(), Netlink.ATTRIBUTE_HEADER, again.getShort(0) & 0xffff);
        String read = HexFormat.of().formatHex(payload);
        if (value instanceof String text) {
            assertThat(written).isIn(read, read + "00");
            return text;
        }
        assertThat(written).as(attribute.name()).isEqualTo(read);
        return read;
    }
}
