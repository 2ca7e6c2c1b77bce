package io.netyard.vswitch.pipeline;

import io.netyard.vlan.frame.MemoryBlock;
import io.netyard.vswitch.port.Port;

/// Memory for copies of frames, each with head-room, that live until the queues of the ports have been
/// sent. Grows upwards and starts again from the bottom when everything was sent.
final class Scratch implements AutoCloseable {
    private static final int CACHE_LINE = 64;
    private static final int LENGTH = 512 << 10;
    /// Kept for segments when copies take the rest.
    private static final int RESERVE = 192 << 10;

    private final MemoryBlock block = new MemoryBlock(LENGTH);
    private final Runnable sendQueues;
    private long floor = block.address();
    private long next = floor;
    private int generation;

    /// @param sendQueues sends all that is queued, so that memory becomes free
    Scratch(Runnable sendQueues) {
        this.sendQueues = sendQueues;
    }

    /// Changes whenever copies have become invalid.
    int generation() {
        return generation;
    }

    /// Frees everything; to be called when all queues are empty.
    void reset() {
        if (next != block.address()) {
            floor = block.address();
            next = floor;
            generation++;
        }
    }

    /// Room for a copy that stays valid until the [#generation] changes. That happens within this call if
    /// there is no more room.
    ///
    /// @param length bytes of the copy
    long copy(int length) {
        if (next + slot(length) > block.address() + LENGTH - RESERVE) {
            sendQueues.run();
            reset();
        }
        long address = take(length);
        floor = next;
        return address;
    }

    /// Room for something that is queued at once and not read again. What [#copy] gave stays valid.
    long segment(int length) {
        if (next + slot(length) > block.address() + LENGTH) {
            sendQueues.run();
            next = floor;
        }
        return take(length);
    }

    private long take(int length) {
        long address = next + Port.HEAD_ROOM;
        next += slot(length);
        return address;
    }

    private static int slot(int length) {
        return Port.HEAD_ROOM + length + CACHE_LINE - 1 & -CACHE_LINE;
    }

    @Override
    public void close() {
        block.close();
    }
}
