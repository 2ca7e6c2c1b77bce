package io.netyard.linux;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/// `TPACKET_V2`: one slot per frame, handed over as soon as it is filled.
///
/// ```text
/// slot:  0 status  4 length  8 captured  12 mac (16 bit)  24 tci (16 bit)  26 tpid (16 bit)
/// ```
final class SlotRing implements PacketRing {
    /// Holds a GSO frame of 64 KiB with all that lies before it.
    private static final int WIDE_SLOT = (64 << 10) + 2048;

    /// Holds a frame of a device with an MTU of up to 1900, or jumbo frames in the larger one.
    private static final int NARROW_SLOT = 2048;

    private static final int BLOCK_SIZE = 2 << 20;
    private static final int LENGTH = 4;
    private static final int CAPTURED = 8;
    private static final int MAC = 12;
    private static final int TCI = 24;
    private static final int TPID = 26;

    private final NativeMemory memory;
    private final int slotSize;
    private final int slotsPerBlock;
    private final int slots;
    private final int headRoom;

    private int index;
    private int firstHeld;
    private int held;
    private long frame;

    SlotRing(NativeMemory memory, int slotSize, int headRoom) {
        this.memory = memory;
        this.slotSize = slotSize;
        this.slotsPerBlock = BLOCK_SIZE / slotSize;
        this.slots = (int) (memory.size() / BLOCK_SIZE) * slotsPerBlock;
        this.headRoom = headRoom;
    }

    static int slotSize(boolean offloads) {
        return offloads ? WIDE_SLOT : NARROW_SLOT;
    }

    /// `tpacket_req`.
    static byte[] request(int ringSize, int slotSize) {
        int blocks = (int) (size(ringSize) / BLOCK_SIZE);
        return ByteBuffer.allocate(16)
                .order(ByteOrder.nativeOrder())
                .putInt(BLOCK_SIZE)
                .putInt(blocks)
                .putInt(slotSize)
                .putInt(BLOCK_SIZE / slotSize * blocks)
                .array();
    }

    static long size(int ringSize) {
        return Math.max(BLOCK_SIZE, (long) ringSize / BLOCK_SIZE * BLOCK_SIZE);
    }

    private long slot(int number) {
        return memory.address()
                + (long) (number / slotsPerBlock) * BLOCK_SIZE
                + (long) (number % slotsPerBlock) * slotSize;
    }

    @Override
    public boolean next() {
        if (held == slots) {
            return false;
        }
        long slot = slot(index);
        if ((NativeMemory.getAcquire(slot) & PacketSocket.TP_STATUS_USER) == 0) {
            return false;
        }
        frame = slot;
        held++;
        index = index + 1 == slots ? 0 : index + 1;
        return true;
    }

    @Override
    public long address() {
        return frame + NativeMemory.getShort(frame + MAC);
    }

    @Override
    public int length() {
        return NativeMemory.getInt(frame + CAPTURED);
    }

    @Override
    public boolean isTruncated() {
        return NativeMemory.getInt(frame + CAPTURED) != NativeMemory.getInt(frame + LENGTH);
    }

    @Override
    public int tag() {
        int status = NativeMemory.getInt(frame);
        if ((status & PacketSocket.TP_STATUS_VLAN_VALID) == 0) {
            return 0;
        }
        return PacketSocket.tag(status, NativeMemory.getShort(frame + TPID), NativeMemory.getShort(frame + TCI));
    }

    @Override
    public int headRoom() {
        return headRoom;
    }

    @Override
    public void release() {
        while (held > 0) {
            NativeMemory.putRelease(slot(firstHeld), 0);
            firstHeld = firstHeld + 1 == slots ? 0 : firstHeld + 1;
            held--;
        }
    }
}
