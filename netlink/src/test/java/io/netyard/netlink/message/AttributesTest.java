package io.netyard.netlink.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;

class AttributesTest {
    private static final AttributeSet INNER = new AttributeSet("inner");
    private static final Attribute<Integer> PORT = INNER.settable(1, "port", Codec.BE16);
    private static final AttributeSet SET = new AttributeSet("outer");
    private static final Attribute<Integer> SMALL = SET.settable(1, "small", Codec.U8);
    private static final Attribute<Long> LARGE = SET.settable(2, "large", Codec.U32);
    private static final Attribute<String> NAME = SET.settable(3, "name", Codec.STRING);
    private static final Attribute<Attributes> NEST = SET.settable(4, "nest", Codec.nested(INNER));
    private static final Attribute<Boolean> FLAG = SET.settable(5, "flag", Codec.FLAG);
    private static final Attribute<Long> SAID = SET.readOnly(6, "said", Codec.U64);

    private static ByteBuffer dirty() {
        ByteBuffer buffer = ByteBuffer.allocate(1024).order(ByteOrder.LITTLE_ENDIAN);
        while (buffer.hasRemaining()) {
            buffer.put((byte) 0xa5);
        }
        return buffer.clear();
    }

    @Test
    void writesLengthsPaddingAndByteOrder() {
        ByteBuffer buffer = dirty();
        MessageWriter writer = new MessageWriter(buffer);
        writer.startMessage(16, 1, 7);
        writer.attributes(Attributes.EMPTY
                .with(SMALL, 0xfe)
                .with(NAME, "abcd")
                .with(NEST, Attributes.EMPTY.with(PORT, 4789))
                .with(FLAG, true));
        writer.endMessage();
        byte[] bytes = new byte[buffer.position()];
        buffer.flip().get(bytes);
        assertThat(HexFormat.of().formatHex(bytes))
                .isEqualTo("34000000" + "1000" + "0100" + "07000000" + "00000000"
                        + "05000100" + "fe000000"
                        + "09000300" + "61626364" + "00000000"
                        + "0c000480" + "06000100" + "12b50000"
                        + "04000500");
    }

    @Test
    void keepsWhatItDoesNotKnow() {
        ByteBuffer buffer = ByteBuffer.wrap(
                        HexFormat.of().parseHex("0500630007000000" + "0500630008000000" + "05000100ff"))
                .order(ByteOrder.LITTLE_ENDIAN);
        Attributes read = Attributes.read(SET, buffer, 0, buffer.capacity());
        assertThat(read.size()).isEqualTo(3);
        assertThat(read.get(SMALL)).contains(255);
        assertThat(read).hasToString("attribute-99 07 attribute-99 08 small 255");
    }

    @Test
    void aLengthThatIsTooShortEndsTheReadingAndOneThatIsTooLongIsRefused() {
        ByteBuffer zero = ByteBuffer.wrap(new byte[8]).order(ByteOrder.LITTLE_ENDIAN);
        assertThat(Attributes.read(SET, zero, 0, 8).isEmpty()).isTrue();
        ByteBuffer over =
                ByteBuffer.wrap(HexFormat.of().parseHex("ff00010000000000")).order(ByteOrder.LITTLE_ENDIAN);
        assertThatThrownBy(() -> Attributes.read(SET, over, 0, 8)).isInstanceOf(MalformedMessageException.class);
    }

    @Test
    void whatDoesNotFitItsDeclarationIsKeptAsOctets() {
        ByteBuffer buffer = ByteBuffer.wrap(HexFormat.of().parseHex("0600020001020000" + "0600050000000000"))
                .order(ByteOrder.LITTLE_ENDIAN);
        Attributes read = Attributes.read(SET, buffer, 0, buffer.capacity());
        assertThat(read.get(LARGE)).isEmpty();
        assertThat(read).hasToString("attribute-2 0102 flag false");
    }

    @Test
    void onlyWhatIsWantedAndCanBeSetDiffers() {
        Attributes there = Attributes.EMPTY.with(SMALL, 1).with(LARGE, 2L).with(SAID, 3L);
        assertThat(there.differencesFrom(Attributes.EMPTY.with(SMALL, 1).with(SAID, 9L)))
                .isEmpty();
        assertThat(there.differencesFrom(Attributes.EMPTY.with(LARGE, 5L)))
                .singleElement()
                .hasToString("Difference[attribute=large, before=Optional[2], after=5]");
    }

    @Test
    void namesTheAttributeAtAnOffset() {
        ByteBuffer buffer = dirty();
        MessageWriter writer = new MessageWriter(buffer);
        writer.startMessage(16, 1, 7);
        writer.attributes(Attributes.EMPTY.with(SMALL, 1).with(NEST, Attributes.EMPTY.with(PORT, 1)));
        writer.endMessage();
        buffer.flip();
        assertThat(AttributePath.find(SET, buffer, 16, 16)).contains(".small");
        assertThat(AttributePath.find(SET, buffer, 16, 24)).contains(".nest");
        assertThat(AttributePath.find(SET, buffer, 16, 28)).contains(".nest.port");
        assertThat(AttributePath.find(SET, buffer, 16, 900)).isEmpty();
    }

    @Test
    void neverFailsButAsDeclaredOnAMillionRandomAttributes() {
        Random random = new Random(42);
        byte[] bytes = new byte[256];
        for (int round = 0; round < 1_000_000; round++) {
            int length = random.nextInt(64);
            for (int at = 0; at < length; at++) {
                bytes[at] =
                        (byte) (random.nextInt(3) == 0 ? random.nextInt(12) : random.nextInt(256) >> random.nextInt(8));
            }
            ByteBuffer buffer = ByteBuffer.wrap(bytes, 0, length).order(ByteOrder.LITTLE_ENDIAN);
            try {
                for (Attributes.Entry<?> entry : Attributes.read(SET, buffer, 0, length)) {
                    assertThat(entry.value()).isNotNull();
                }
                ExtendedAck.ofError(buffer, Netlink.F_ACK_TLVS, 0, length);
                ExtendedAck.ofDone(buffer, Netlink.F_ACK_TLVS, 0, length);
                AttributePath.find(SET, buffer, 0, length / 2);
            } catch (MalformedMessageException _) {
                // The one way to fail.
            }
        }
    }
}
