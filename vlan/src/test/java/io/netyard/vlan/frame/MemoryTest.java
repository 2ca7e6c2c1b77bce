package io.netyard.vlan.frame;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.junit.jupiter.api.Test;

class MemoryTest {
    @Test
    void readsAndWritesNumbersInNetworkOrderAtAnyAlignment() {
        try (MemoryBlock block = new MemoryBlock(64)) {
            long at = block.address() + 3;
            Memory.putLong(at, 0x0102030405060708L);

            assertThat(Memory.toBytes(at, 8)).containsExactly(1, 2, 3, 4, 5, 6, 7, 8);
            assertThat(Memory.getLong(at)).isEqualTo(0x0102030405060708L);
            assertThat(Memory.getInt(at + 1)).isEqualTo(0x02030405);
            assertThat(Memory.getShort(at + 5)).isEqualTo(0x0607);
            assertThat(Memory.getByte(at + 7)).isEqualTo(8);

            Memory.putInt(at, 0xa1a2a3a4);
            Memory.putShort(at + 4, 0xfb1b2);
            Memory.putByte(at + 6, 0xfc1);
            assertThat(Memory.getLong(at)).isEqualTo(0xa1a2a3a4b1b2c108L);
            assertThat(Memory.getShort(at)).isEqualTo(0xa1a2);
            assertThat(Memory.getByte(at)).isEqualTo(0xa1);
        }
    }

    @Test
    void readsAndWritesNumbersInTheOrderOfTheMachine() {
        try (MemoryBlock block = new MemoryBlock(64)) {
            long at = block.address() + 1;
            Memory.putNativeLong(at, 1);
            Memory.putNativeInt(at + 8, 2);
            Memory.putNativeShort(at + 12, 0xfffe);

            ByteBuffer bytes = ByteBuffer.wrap(Memory.toBytes(at, 14)).order(ByteOrder.nativeOrder());
            assertThat(bytes.getLong(0)).isEqualTo(1).isEqualTo(Memory.getNativeLong(at));
            assertThat(bytes.getInt(8)).isEqualTo(2).isEqualTo(Memory.getNativeInt(at + 8));
            assertThat(bytes.getShort(12)).isEqualTo((short) -2);
            assertThat(Memory.getNativeShort(at + 12)).isEqualTo(0xfffe);
        }
    }

    @Test
    void copiesOverlappingBytesAndClears() {
        try (MemoryBlock block = new MemoryBlock(64)) {
            Memory.copy(new byte[] {1, 2, 3, 4, 5}, block.address());
            Memory.copy(block.address(), block.address() + 2, 5);
            assertThat(Memory.toBytes(block.address(), 7)).containsExactly(1, 2, 1, 2, 3, 4, 5);
            Memory.clear(block.address() + 1, 5);
            assertThat(Memory.toBytes(block.address(), 7)).containsExactly(1, 0, 0, 0, 0, 0, 5);
        }
    }

    @Test
    void freesABlockOnce() {
        MemoryBlock block = new MemoryBlock(100);
        assertThat(block.length()).isEqualTo(100);
        assertThat(block.address() % 64).isZero();
        block.close();
        block.close();
    }
}
