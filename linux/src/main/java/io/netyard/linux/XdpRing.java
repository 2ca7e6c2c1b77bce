package io.netyard.linux;

import java.nio.ByteBuffer;

/// One of the four rings of an AF_XDP socket, shared with the kernel. One side puts entries in and moves
/// the producer, the other takes them and moves the consumer; both count up and wrap.
final class XdpRing implements AutoCloseable {
    /// Bytes of the kernel's offsets of one ring: producer, consumer, entries, flags.
    static final int OFFSETS = 4 * Long.BYTES;

    private final NativeMemory memory;
    private final long producer;
    private final long consumer;
    private final long entries;
    private final int entrySize;
    private final int size;

    /// How far we are, and how far the other side was when we looked last.
    private int own;

    private int other;

    /// Maps a ring.
    ///
    /// @param offsets of the fields in the mapping, at the buffer's position; it moves on
    /// @param page where the socket has this ring
    XdpRing(FileDescriptor socket, ByteBuffer offsets, long page, int size, int entrySize) {
        long producerOffset = offsets.getLong();
        long consumerOffset = offsets.getLong();
        long entriesOffset = offsets.getLong();
        offsets.getLong();
        this.memory = NativeMemory.map(socket.number(), page, entriesOffset + (long) size * entrySize);
        this.producer = memory.address() + producerOffset;
        this.consumer = memory.address() + consumerOffset;
        this.entries = memory.address() + entriesOffset;
        this.entrySize = entrySize;
        this.size = size;
    }

    /// Address of the entry of a count.
    long entry(int count) {
        return entries + (long) (count & size - 1) * entrySize;
    }

    /// For the side that takes: the next entry; 0 if there is none.
    long take() {
        if (own == other) {
            other = NativeMemory.getAcquire(producer);
            if (own == other) {
                return 0;
            }
        }
        return entry(own++);
    }

    /// Tells the other side that all entries that were taken can be used again.
    void taken() {
        NativeMemory.putRelease(consumer, own);
    }

    /// For the side that puts: a place for an entry. The caller knows that there is one.
    long put() {
        return entry(own++);
    }

    /// Hands all entries that were put to the other side.
    void published() {
        NativeMemory.putRelease(producer, own);
    }

    /// For the side that puts: entries that the other side has not taken yet.
    int waiting() {
        return own - NativeMemory.getAcquire(consumer);
    }

    /// How far we are.
    int position() {
        return own;
    }

    @Override
    public void close() {
        memory.close();
    }
}
