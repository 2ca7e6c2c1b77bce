package io.netyard.linux;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/// `TPACKET_V3`: the kernel fills blocks and hands a whole block over.
///
/// ```text
/// block    8  status             frame    0  offset of the next     24  mac, 16 bit
///         12  frames                     12  captured               26  net, 16 bit
///         16  offset of the first        16  length                 32  tci
///                                        20  status                 36  tpid, 16 bit
/// ```
final class BlockRing implements PacketRing {
    /// Holds several GSO frames: a frame larger than a block would be cut.
    private static final int BLOCK_SIZE = 256 << 10;

    private static final int FRAME_SIZE = 2048;
    private static final int RETIRE_MILLISECONDS = 1;
    private static final int BLOCK_STATUS = 8;
    private static final int BLOCK_FRAMES = 12;
    private static final int BLOCK_FIRST = 16;
    private static final int CAPTURED = 12;
    private static final int LENGTH = 16;
    private static final int STATUS = 20;
    private static final int MAC = 24;
    private static final int NET = 26;
    private static final int TCI = 32;
    private static final int TPID = 36;

    private final NativeMemory memory;
    private final int blocks;

    /// The block that is being read, the first of those that were read and not given back, and how many
    /// those are.
    private int block;

    private int firstHeld;
    private int held;

    private boolean isOpen;
    private int left;
    private long following;
    private long frame;

    /// A ring that was asked for.
    ///
    /// @param memory which the ring closes with itself
    BlockRing(NativeMemory memory) {
        this.memory = memory;
        this.blocks = (int) (memory.size() / BLOCK_SIZE);
    }

    /// `tpacket_req3`.
    static byte[] request(int ringSize) {
        int blocks = ringSize / BLOCK_SIZE;
        return ByteBuffer.allocate(28)
                .order(ByteOrder.nativeOrder())
                .putInt(BLOCK_SIZE)
                .putInt(blocks)
                .putInt(FRAME_SIZE)
                .putInt(BLOCK_SIZE / FRAME_SIZE * blocks)
                .putInt(RETIRE_MILLISECONDS)
                .array();
    }

    private long start(int number) {
        return memory.address() + (long) number * BLOCK_SIZE;
    }

    @Override
    public boolean next() {
        if (left == 0 && !openBlock()) {
            return false;
        }
        frame = following;
        following = frame + NativeMemory.getInt(frame);
        left--;
        return true;
    }

    private boolean openBlock() {
        closeBlock();
        while (held < blocks) {
            long start = start(block);
            if ((NativeMemory.getAcquire(start + BLOCK_STATUS) & PacketSocket.TP_STATUS_USER) == 0) {
                return false;
            }
            isOpen = true;
            left = NativeMemory.getInt(start + BLOCK_FRAMES);
            following = start + NativeMemory.getInt(start + BLOCK_FIRST);
            if (left > 0) {
                return true;
            }
            closeBlock();
        }
        return false;
    }

    private void closeBlock() {
        if (isOpen) {
            isOpen = false;
            held++;
            block = block + 1 == blocks ? 0 : block + 1;
        }
    }

    @Override
    public long address() {
        return frame + NativeMemory.getShort(frame + MAC);
    }

    @Override
    public int networkOffset() {
        return NativeMemory.getShort(frame + NET) - NativeMemory.getShort(frame + MAC);
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
        int status = NativeMemory.getInt(frame + STATUS);
        if ((status & PacketSocket.TP_STATUS_VLAN_VALID) == 0) {
            return 0;
        }
        return PacketSocket.tag(status, NativeMemory.getShort(frame + TPID), NativeMemory.getInt(frame + TCI));
    }

    @Override
    public void release() {
        if (left == 0) {
            closeBlock();
        }
        while (held > 0) {
            NativeMemory.putRelease(start(firstHeld) + BLOCK_STATUS, 0);
            firstHeld = firstHeld + 1 == blocks ? 0 : firstHeld + 1;
            held--;
        }
    }

    @Override
    public void close() {
        memory.close();
    }
}
