package io.netyard.linux;

/// Messages for sendmmsg(2): a burst of them in one system call. Filled and sent by one thread; allocates
/// at construction alone. Closing it frees its memory.
///
/// ```text
/// mmsghdr (64 bytes):  0 name  8 name length  16 iovec  24 iovec length  32 control  40 control length
///                     48 flags  56 bytes of the message
/// iovec (16 bytes):    0 address  8 length
/// ```
public final class MessageVector implements AutoCloseable {
    private static final int HEADER = 64;
    private static final int NAME = 0;
    private static final int NAME_LENGTH = 8;
    private static final int PIECES = 16;
    private static final int PIECE_COUNT = 24;
    private static final int CONTROL = 32;
    private static final int CONTROL_LENGTH = 40;
    private static final int PIECE = 16;
    private static final int MSG_DONTWAIT = 0x40;

    private final DirectCalls calls = new DirectCalls();
    private final NativeMemory memory;
    private final long headers;
    private final long pieces;
    private final int capacity;
    private final int controlSize;

    private int count;
    private int refused;
    private int errno;

    /// Room for a number of messages.
    ///
    /// @param capacity messages of one system call, 1 to 1024 (`UIO_MAXIOV`)
    public MessageVector(int capacity) {
        this(capacity, 0);
    }

    /// The same with room for control messages beside each message, in multiples of 8 bytes.
    MessageVector(int capacity, int controlSize) {
        this.capacity = capacity;
        this.controlSize = controlSize;
        this.memory = NativeMemory.allocate((long) capacity * (HEADER + PIECE + controlSize));
        this.headers = memory.address();
        this.pieces = headers + (long) capacity * HEADER;
        for (int index = 0; index < capacity; index++) {
            NativeMemory.putLong(header(index) + PIECES, piece(index));
            NativeMemory.putLong(header(index) + PIECE_COUNT, 1);
            NativeMemory.putLong(header(index) + CONTROL, controlSize == 0 ? 0 : control(index));
            NativeMemory.putLong(header(index) + CONTROL_LENGTH, controlSize);
        }
    }

    private long header(int index) {
        return headers + (long) index * HEADER;
    }

    private long piece(int index) {
        return pieces + (long) index * PIECE;
    }

    /// Where the control messages of a message lie.
    long control(int index) {
        return pieces + (long) capacity * PIECE + (long) index * controlSize;
    }

    /// Messages that wait to be sent.
    public int count() {
        return count;
    }

    /// Whether it has to be sent before another message fits.
    public boolean isFull() {
        return count == capacity;
    }

    /// Adds a message to wherever the socket is bound to. Its bytes have to stay as they are until it is
    /// sent.
    public void add(long address, int length) {
        long piece = piece(count++);
        NativeMemory.putLong(piece, address);
        NativeMemory.putLong(piece + 8, length);
    }

    /// Adds a message for an address.
    ///
    /// @param name a `sockaddr`, which has to stay as it is until the message is sent
    public void add(long address, int length, long name, int nameLength) {
        long header = header(count);
        NativeMemory.putLong(header + NAME, name);
        NativeMemory.putInt(header + NAME_LENGTH, nameLength);
        add(address, length);
    }

    /// Drops the messages that wait.
    public void clear() {
        count = 0;
    }

    /// Sends all messages in order. One that the kernel refuses is left out, and counted by [#refused].
    ///
    /// @return messages sent
    int send(int descriptor) {
        int sent = 0;
        int at = 0;
        refused = 0;
        errno = 0;
        while (at < count) {
            int result = calls.sendmmsg(descriptor, header(at), count - at, MSG_DONTWAIT);
            if (result > 0) {
                sent += result;
                at += result;
            } else if (-result != Errno.EINTR.number()) {
                errno = -result;
                int left = concernsOneMessage(errno) ? 1 : count - at;
                refused += left;
                at += left;
            }
        }
        clear();
        return sent;
    }

    /// Errors of one message: too long for the device, malformed, without a way to its target, or dropped
    /// by a queue. After any other, a full socket or a device that is down, the next messages would meet
    /// the same.
    private static boolean concernsOneMessage(int errno) {
        return errno == Errno.EMSGSIZE.number()
                || errno == Errno.EINVAL.number()
                || errno == Errno.ENETUNREACH.number()
                || errno == Errno.EHOSTUNREACH.number()
                || errno == Errno.EACCES.number()
                || errno == Errno.ENOBUFS.number()
                || errno == Errno.EPERM.number();
    }

    /// Messages that the kernel refused at the last sending.
    public int refused() {
        return refused;
    }

    /// Why it refused the last of them; 0 if it refused none.
    public int errno() {
        return errno;
    }

    @Override
    public void close() {
        memory.close();
    }
}
