package io.netyard.vswitch.port;

import static org.assertj.core.api.Assertions.assertThat;

import io.netyard.vlan.frame.Memory;
import io.netyard.vlan.frame.MemoryBlock;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.junit.jupiter.api.Test;

class OffloadTest {
    private static final long TCP = Offload.of(Offload.CHECKSUM | Offload.TCP4 | Offload.ECN, 1448, 34, 16);

    @Test
    void keepsItsParts() {
        assertThat(Offload.kinds(TCP)).isEqualTo(Offload.CHECKSUM | Offload.TCP4 | Offload.ECN);
        assertThat(Offload.segmentSize(TCP)).isEqualTo(1448);
        assertThat(Offload.checksumStart(TCP)).isEqualTo(34);
        assertThat(Offload.checksumOffset(TCP)).isEqualTo(16);
        assertThat(Offload.isSegmented(TCP)).isTrue();
        assertThat(Offload.isSegmented(Offload.of(Offload.CHECKSUM, 0, 34, 16))).isFalse();
    }

    @Test
    void movesWithTheHeaders() {
        assertThat(Offload.moved(TCP, 4))
                .isEqualTo(Offload.of(Offload.CHECKSUM | Offload.TCP4 | Offload.ECN, 1448, 38, 16));
        assertThat(Offload.moved(Offload.moved(TCP, 4), -4)).isEqualTo(TCP);
        assertThat(Offload.moved(Offload.NONE, 4)).isEqualTo(Offload.NONE);
    }

    @Test
    void fitsAPortThatCanDoAllThatIsLeft() {
        assertThat(Offload.fits(Offload.NONE, 0)).isTrue();
        assertThat(Offload.fits(TCP, Offload.CHECKSUM | Offload.TCP4)).isTrue();
        assertThat(Offload.fits(TCP, Offload.CHECKSUM)).isFalse();
        assertThat(Offload.fits(TCP, Offload.CHECKSUM | Offload.TCP6 | Offload.UDP))
                .isFalse();
    }

    @Test
    void readsAndWritesTheVirtioHeader() {
        try (MemoryBlock block = new MemoryBlock(256)) {
            long frame = block.address() + 64;
            Memory.putByte(frame + 34 + 12, 0x80);
            long header = block.address();
            Offload.writeVirtio(TCP, header, frame);

            ByteBuffer written = ByteBuffer.wrap(Memory.toBytes(header, 10)).order(ByteOrder.nativeOrder());
            assertThat(written.get(0)).isEqualTo((byte) 1);
            assertThat(written.get(1)).isEqualTo((byte) 0x81);
            assertThat(written.getShort(2)).as("hdr_len").isEqualTo((short) (34 + 32));
            assertThat(written.getShort(4)).as("gso_size").isEqualTo((short) 1448);
            assertThat(written.getShort(6)).as("csum_start").isEqualTo((short) 34);
            assertThat(written.getShort(8)).as("csum_offset").isEqualTo((short) 16);
            assertThat(Offload.readVirtio(header)).isEqualTo(TCP);
        }
    }

    @Test
    void readsAHeaderWithNothingLeftToDo() {
        try (MemoryBlock block = new MemoryBlock(16)) {
            Memory.putByte(block.address(), 2);
            Memory.putNativeShort(block.address() + 6, 34);
            assertThat(Offload.readVirtio(block.address()))
                    .as("DATA_VALID alone")
                    .isEqualTo(Offload.NONE);
        }
    }

    @Test
    void refusesSegmentsOfAKindThatItDoesNotKnow() {
        try (MemoryBlock block = new MemoryBlock(16)) {
            Memory.putByte(block.address() + 1, 3);
            assertThat(Offload.readVirtio(block.address())).isEqualTo(-1);
        }
    }
}
