package io.netyard.linux;

import io.netyard.net.InterfaceName;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.locks.LockSupport;

/// An AF_XDP socket on the first queue of an interface, in copy mode, with memory of its own, and the
/// program that sends the interface's frames there. They do not go on into the namespace.
///
/// AF_XDP says nothing of checksums that a local sender left out, nor of VLAN tags beside a frame: at the
/// other end of a veth pair, switch `tx` and `txvlan` off (ethtool -K). Frames have up to 3,840 bytes.
///
/// Used by one thread at a time. A cursor like [PacketRing]. Closing unmaps its memory: no address from it
/// may be touched afterwards.
public final class XdpSocket implements AutoCloseable {
    /// Bytes that may be written before each frame (`XDP_PACKET_HEADROOM`).
    public static final int HEAD_ROOM = 256;

    /// The longest frame in bytes.
    public static final int LONGEST_FRAME = 3840;

    private static final int AF_XDP = 44;
    private static final int SOL_SOCKET = 1;
    private static final int SO_ERROR = 4;
    private static final int SO_SNDBUFFORCE = 32;
    private static final int SEND_BUFFER = 8 << 20;
    private static final int SOL_XDP = 283;
    private static final int XDP_MMAP_OFFSETS = 1;
    private static final int XDP_RX_RING = 2;
    private static final int XDP_TX_RING = 3;
    private static final int XDP_UMEM_REG = 4;
    private static final int XDP_UMEM_FILL_RING = 5;
    private static final int XDP_UMEM_COMPLETION_RING = 6;
    private static final int XDP_STATISTICS = 7;
    private static final int XDP_COPY = 2;
    private static final long TX_PAGE = 0x80000000L;
    private static final long FILL_PAGE = 0x100000000L;
    private static final long COMPLETION_PAGE = 0x180000000L;
    private static final int DESCRIPTOR = 16;
    private static final int MSG_DONTWAIT = 0x40;

    private static final int CHUNK = HEAD_ROOM + LONGEST_FRAME;
    private static final int ENTRIES = 2048;

    /// Those of received frames, then those of frames to send.
    private static final int CHUNKS = 2 * ENTRIES;

    private static final long BIND_NANOSECONDS = 2_000_000_000L;
    private static final long BIND_PAUSE = 10_000_000L;

    private final DirectCalls calls = new DirectCalls();
    private final Deque<AutoCloseable> owned;
    private final Socket socket;
    private final int mtu;
    private final long memory;
    private final XdpRing received;
    private final XdpRing sending;
    private final XdpRing fill;
    private final XdpRing completion;

    private final int[] free = new int[ENTRIES];
    private int freeCount;
    private int released;
    private long address;
    private int length;

    /// How an XDP program meets the frames.
    public enum Mode {
        /// As socket buffers, with every kind of interface (`XDP_FLAGS_SKB_MODE`).
        GENERIC(2),
        /// In the driver (`XDP_FLAGS_DRV_MODE`). On a veth pair it switches segmentation off at the other
        /// end, and its MTU has to be 3,506 or less.
        NATIVE(4);

        private final int flags;

        Mode(int flags) {
            this.flags = flags;
        }
    }

    /// Whatever was opened so far is in `owned`, to be closed by the caller where this fails.
    private XdpSocket(NetworkNamespace namespace, InterfaceName name, Mode mode, Deque<AutoCloseable> owned) {
        this.owned = owned;
        socket = keep(namespace.socket(AF_XDP, Socket.SOCK_RAW, 0));
        try (Socket asking = namespace.socket(Socket.AF_INET, Socket.SOCK_DGRAM, 0)) {
            mtu = Interface.mtu(asking, name);
            NativeMemory umem = keep(NativeMemory.allocate((long) CHUNKS * CHUNK));
            memory = umem.address();
            register(umem);
            socket.setOption(SOL_SOCKET, SO_SNDBUFFORCE, SEND_BUFFER);
            ByteBuffer offsets = socket.option(SOL_XDP, XDP_MMAP_OFFSETS, 4 * XdpRing.OFFSETS);
            received = keep(new XdpRing(socket.descriptor(), offsets, 0, ENTRIES, DESCRIPTOR));
            sending = keep(new XdpRing(socket.descriptor(), offsets, TX_PAGE, ENTRIES, DESCRIPTOR));
            fill = keep(new XdpRing(socket.descriptor(), offsets, FILL_PAGE, ENTRIES, Long.BYTES));
            completion = keep(new XdpRing(socket.descriptor(), offsets, COMPLETION_PAGE, ENTRIES, Long.BYTES));
            int index = Interface.index(asking, name);
            bind(index);
            XdpProgram program = keep(new XdpProgram());
            program.redirect(0, socket.descriptor());
            namespace.call(() -> {
                program.attach(index, mode.flags);
                return index;
            });
        }
        for (int chunk = 0; chunk < ENTRIES; chunk++) {
            NativeMemory.putLong(fill.put(), (long) chunk * CHUNK);
            free[freeCount++] = (ENTRIES + chunk) * CHUNK;
        }
        fill.published();
    }

    /// Opens a socket on an interface of a namespace and attaches the program.
    ///
    /// @throws LinuxException `ENODEV` if there is no such interface, `EBUSY` if another program is
    ///     attached or another socket has the queue, `ERANGE` if the MTU is too large for the native mode
    public static XdpSocket open(NetworkNamespace namespace, InterfaceName name, Mode mode) {
        Deque<AutoCloseable> owned = new ArrayDeque<>();
        try {
            return new XdpSocket(namespace, name, mode, owned);
        } catch (RuntimeException | Error failure) {
            closeAll(owned);
            throw failure;
        }
    }

    private <T extends AutoCloseable> T keep(T opened) {
        owned.push(opened);
        return opened;
    }

    /// `xdp_umem_reg`, its padding zero: newer kernels read more of it.
    private void register(NativeMemory umem) {
        byte[] registration = ByteBuffer.allocate(32)
                .order(ByteOrder.nativeOrder())
                .putLong(umem.address())
                .putLong(umem.size())
                .putInt(CHUNK)
                .array();
        socket.setOption(SOL_XDP, XDP_UMEM_REG, registration);
        int[] rings = {XDP_UMEM_FILL_RING, XDP_UMEM_COMPLETION_RING, XDP_RX_RING, XDP_TX_RING};
        for (int ring : rings) {
            socket.setOption(SOL_XDP, ring, ENTRIES);
        }
    }

    /// The kernel gives a queue free some time after its last socket was closed.
    private void bind(int index) {
        byte[] name = ByteBuffer.allocate(16)
                .order(ByteOrder.nativeOrder())
                .putShort((short) AF_XDP)
                .putShort((short) XDP_COPY)
                .putInt(index)
                .array();
        long deadline = System.nanoTime() + BIND_NANOSECONDS;
        while (true) {
            try {
                socket.bind(name);
                return;
            } catch (LinuxException failure) {
                if (failure.errno() != Errno.EBUSY || System.nanoTime() > deadline) {
                    throw failure;
                }
                LockSupport.parkNanos(BIND_PAUSE);
            }
        }
    }

    /// Moves to the next frame that came in.
    ///
    /// @return false if there is none now
    public boolean next() {
        long entry = received.take();
        if (entry == 0) {
            return false;
        }
        address = memory + NativeMemory.getLong(entry);
        length = NativeMemory.getInt(entry + 8);
        return true;
    }

    /// Address of the frame's first byte.
    public long address() {
        return address;
    }

    /// Bytes of the frame.
    public int length() {
        return length;
    }

    /// Gives the memory of all frames that were moved over back to the kernel.
    public void release() {
        for (int end = received.position(); released != end; released++) {
            long chunk = NativeMemory.getLong(received.entry(released)) & -CHUNK;
            NativeMemory.putLong(fill.put(), chunk);
        }
        received.taken();
        fill.published();
    }

    /// Queues a copy of a frame.
    ///
    /// @param from address of its first byte
    /// @param bytes up to [#LONGEST_FRAME]
    /// @return false if there is no room
    public boolean queue(long from, int bytes) {
        if (freeCount == 0) {
            reap();
            if (freeCount == 0) {
                return false;
            }
        }
        long chunk = free[--freeCount];
        NativeMemory.copy(from, memory + chunk, bytes);
        long entry = sending.put();
        NativeMemory.putLong(entry, chunk);
        NativeMemory.putLong(entry + 8, bytes);
        return true;
    }

    /// Sends the frames that were queued. The kernel takes 32 in a call.
    ///
    /// @return 0, or the errno for which some of them still wait
    public int flush() {
        sending.published();
        int waiting = sending.waiting();
        while (waiting > 0) {
            int result = (int) calls.sendto(socket.descriptor().number(), 0, 0, MSG_DONTWAIT);
            int before = waiting;
            waiting = sending.waiting();
            if (waiting == before && result != -Errno.EINTR.number()) {
                reap();
                return -result;
            }
        }
        reap();
        return 0;
    }

    private void reap() {
        for (long entry = completion.take(); entry != 0; entry = completion.take()) {
            free[freeCount++] = (int) NativeMemory.getLong(entry);
        }
        completion.taken();
    }

    /// The MTU of the interface when it was opened, in bytes.
    public int mtu() {
        return mtu;
    }

    /// The descriptor's number, to be watched by an event loop: readable when a frame is there. The socket
    /// keeps it.
    public int descriptor() {
        return socket.descriptor().number();
    }

    /// Takes the error that the socket reports to whoever polls it: `ENETDOWN` when the interface went
    /// away.
    ///
    /// @return 0 if there is none
    public int takeError() {
        return socket.option(SOL_SOCKET, SO_ERROR, Integer.BYTES).getInt(0);
    }

    /// Frames that came in and found no room, since it was opened.
    public long missed() {
        ByteBuffer counts = socket.option(SOL_XDP, XDP_STATISTICS, 6 * Long.BYTES);
        return counts.getLong(0) + counts.getLong(24) + counts.getLong(32);
    }

    @Override
    public void close() {
        closeAll(owned);
    }

    /// Last opened first: the program before the socket, the rings before the memory.
    private static void closeAll(Deque<AutoCloseable> owned) {
        while (!owned.isEmpty()) {
            try {
                owned.pop().close();
            } catch (Exception failure) {
                throw new IllegalStateException(failure);
            }
        }
    }
}
