package io.netyard.vlan;

import static org.assertj.core.api.Assertions.assertThat;

import io.netyard.vlan.frame.EthernetHeader;
import io.netyard.vlan.frame.Memory;
import io.netyard.vlan.frame.MemoryBlock;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TagCodecTest {
    private static final String ADDRESSES = "020000000002020000000001";
    private static final int ROOM = 16;

    private final MemoryBlock block = new MemoryBlock(256);

    @AfterEach
    void free() {
        block.close();
    }

    @Test
    void pushesATagBehindTheSourceAddress() {
        long frame = put(ADDRESSES + "0800" + "45000014");
        long tagged = TagCodec.push(frame, VlanTag.of(VlanTag.C_TAG, 3, 1, 10));
        assertThat(tagged).isEqualTo(frame - 4);
        assertThat(hex(tagged, 22)).isEqualTo(ADDRESSES + "8100700a" + "0800" + "45000014");
    }

    @Test
    void popsTheOuterTagAlone() {
        long frame = put(ADDRESSES + "88a80064" + "8100000a" + "0800" + "45");
        long popped = TagCodec.pop(frame);
        assertThat(popped).isEqualTo(frame + 4);
        assertThat(hex(popped, 19)).isEqualTo(ADDRESSES + "8100000a" + "0800" + "45");
    }

    @Test
    void readsTheOuterTagOfTheTypeAskedFor() {
        long frame = put(ADDRESSES + "88a8b064" + "8100000a" + "0800");
        int tag = TagCodec.read(frame, 22, VlanTag.S_TAG);
        assertThat(VlanTag.toString(tag)).isEqualTo("802.1ad vlan 100 pcp 5 dei");
        assertThat(TagCodec.read(frame, 22, VlanTag.C_TAG))
                .as("another type is payload")
                .isEqualTo(VlanTag.NONE);
    }

    @Test
    void seesNoTagInAFrameTooShortForOne() {
        long frame = put(ADDRESSES + "8100000a08");
        assertThat(TagCodec.read(frame, 17, VlanTag.C_TAG)).isEqualTo(VlanTag.NONE);
    }

    @Test
    void rewritesATag() {
        long frame = put(ADDRESSES + "8100000a" + "0800");
        TagCodec.rewrite(frame, VlanTag.of(VlanTag.QINQ_9100, 0xffe));
        assertThat(hex(frame, 18)).isEqualTo(ADDRESSES + "91000ffe" + "0800");
    }

    @Test
    void popUndoesPushForAnyFrame() {
        Random random = new Random(1);
        byte[] bytes = new byte[64];
        for (int round = 0; round < 1000; round++) {
            random.nextBytes(bytes);
            long frame = put(HexFormat.of().formatHex(bytes));
            int tag = VlanTag.of(VlanTag.S_TAG, random.nextInt(0x10000));
            long tagged =
                    TagCodec.push(frame, EthernetHeader.first(frame), EthernetHeader.second(frame, bytes.length), tag);
            assertThat(TagCodec.read(tagged, bytes.length + 4, VlanTag.S_TAG)).isEqualTo(tag);
            long popped =
                    TagCodec.pop(tagged, EthernetHeader.first(tagged), EthernetHeader.second(tagged, bytes.length + 4));
            assertThat(popped).isEqualTo(frame);
            assertThat(Memory.toBytes(popped, bytes.length)).isEqualTo(bytes);
        }
    }

    @Test
    void takesATagApart() {
        int tag = VlanTag.of(VlanTag.QINQ_9200, 7, 1, 4094);
        assertThat(VlanTag.tpid(tag)).isEqualTo(0x9200);
        assertThat(VlanTag.pcp(tag)).isEqualTo(7);
        assertThat(VlanTag.dei(tag)).isEqualTo(1);
        assertThat(VlanTag.vid(tag)).isEqualTo(4094);
        assertThat(VlanTag.tci(tag)).isEqualTo(0xfffe);
        assertThat(VlanTag.isTpid(0x0800)).isFalse();
        assertThat(VlanTag.toString(VlanTag.NONE)).isEqualTo("none");
        assertThat(VlanTag.toString(tag)).isEqualTo("0x9200 vlan 4094 pcp 7 dei");
    }

    private long put(String hex) {
        long frame = block.address() + ROOM;
        Memory.copy(HexFormat.of().parseHex(hex), frame);
        return frame;
    }

    private static String hex(long address, int length) {
        return HexFormat.of().formatHex(Memory.toBytes(address, length));
    }
}
