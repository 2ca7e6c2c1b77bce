package io.netyard.linux;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/// `TPACKET_V2`: one slot per frame, handed over as soon as it is filled. A frame that does not fit into
/// its slot, such as a GSO frame, is fetched by a system call of its own (`PACKET_COPY_THRESH`): so slots
/// are small, and the ring holds thousands of frames.
///
/// ```text
///   0  status           12  mac, 16 bit     24  tci, 16 bit
///   4  length           14  net, 16 bit     26  tpid, 16 bit
///   8  captured
/// ```
final class SlotRing implements PacketRing {
    private static final int SLOT_SIZE = 2048;
    private static final int BLOCK_SIZE = 256 << 10;
    private static final int LENGTH = 4;
    private static final int CAPTURED = 8;
    private static final int MAC = 12;
    private static final int NET = 14;
    private static final int TCI = 24;
    private static final int TPID = 26;

    private static final int TP_STATUS_COPY = 2;
    private static final int MSG_TRUNC = 0x20;
    private static final int MSG_DONTWAIT = 0x40;

    /// Frames that are fetched before the next [#release], and the room that each has.
    private static final int MOST_FETCHED = 32;

    private static final int FETCH_SIZE = 68 << 10;

    private final DirectCalls calls = new DirectCalls();
    private final NativeMemory memory;
    private final NativeMemory fetchMemory;
    private final int descriptor;
    private final int headRoom;
    private final int virtioHeader;
    private final int slots;

    private int index;
    private int firstHeld;
    private int held;
    private int fetched;

    private long slot;
    private int status;
    private long address;
    private int length;
    private boolean isTruncated;

    /// A ring that was asked for.
    ///
    /// @param memory which the ring closes with itself
    SlotRing(NativeMemory memory, int descriptor, PacketOptions options) {
        this.memory = memory;
        this.fetchMemory = NativeMemory.reserve((long) MOST_FETCHED * FETCH_SIZE);
        this.descriptor = descriptor;
        this.virtioHeader = options.offloads() ? PacketSocket.VIRTIO_HEADER : 0;
        this.headRoom = PacketRing.headRoom(options);
        this.slots = (int) (memory.size() / SLOT_SIZE);
    }

    /// `tpacket_req`.
    static byte[] request(int ringSize) {
        int blocks = ringSize / BLOCK_SIZE;
        return ByteBuffer.allocate(16)
                .order(ByteOrder.nativeOrder())
                .putInt(BLOCK_SIZE)
                .putInt(blocks)
                .putInt(SLOT_SIZE)
                .putInt(BLOCK_SIZE / SLOT_SIZE * blocks)
                .array();
    }

    private long slot(int number) {
        return memory.address() + (long) number * SLOT_SIZE;
    }

    @Override
    public boolean next() {
        if (held == slots) {
            return false;
        }
        slot = slot(index);
        status = NativeMemory.getAcquire(slot);
        if ((status & PacketSocket.TP_STATUS_USER) == 0) {
            return false;
        }
        if ((status & TP_STATUS_COPY) == 0) {
            address = slot + NativeMemory.getShort(slot + MAC);
            length = NativeMemory.getInt(slot + CAPTURED);
            isTruncated = length != NativeMemory.getInt(slot + LENGTH);
        } else if (!fetch()) {
            return false;
        }
        held++;
        index = index + 1 == slots ? 0 : index + 1;
        return true;
    }

    /// Fetches the whole frame of a slot that holds its beginning.
    private boolean fetch() {
        if (fetched == MOST_FETCHED) {
            return false;
        }
        long start = fetchMemory.address() + (long) fetched * FETCH_SIZE + headRoom - virtioHeader;
        long most = (long) FETCH_SIZE - headRoom + virtioHeader;
        long bytes = receive(start, most);
        fetched++;
        address = start + virtioHeader;
        length = (int) Math.max(0, bytes - virtioHeader);
        isTruncated = bytes <= virtioHeader || bytes > most;
        return true;
    }

    /// That the interface went down is told once, in place of a frame, which stays in the queue: left
    /// there, it would be taken for the one of the next slot.
    private long receive(long start, long most) {
        long bytes;
        do {
            bytes = calls.recvfrom(descriptor, start, most, MSG_DONTWAIT | MSG_TRUNC);
        } while (bytes == -Errno.ENETDOWN.number());
        return bytes;
    }

    @Override
    public long address() {
        return address;
    }

    @Override
    public int networkOffset() {
        return NativeMemory.getShort(slot + NET) - NativeMemory.getShort(slot + MAC);
    }

    @Override
    public int length() {
        return length;
    }

    @Override
    public boolean isTruncated() {
        return isTruncated;
    }

    @Override
    public int tag() {
        if ((status & PacketSocket.TP_STATUS_VLAN_VALID) == 0) {
            return 0;
        }
        return PacketSocket.tag(status, NativeMemory.getShort(slot + TPID), NativeMemory.getShort(slot + TCI));
    }

    @Override
    public void release() {
        while (held > 0) {
            NativeMemory.putRelease(slot(firstHeld), 0);
            firstHeld = firstHeld + 1 == slots ? 0 : firstHeld + 1;
            held--;
        }
        fetched = 0;
    }

    @Override
    public void close() {
        memory.close();
        fetchMemory.close();
    }
}
