package io.netyard.linux;

import com.sun.jna.LastErrorException;
import java.lang.ref.Reference;
import java.nio.ByteBuffer;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// A non-blocking datagram socket of any family. Owned by whoever opened it; used by one thread at a time.
public final class Socket implements AutoCloseable {
    /// `AF_INET`.
    public static final int AF_INET = 2;

    /// `AF_INET6`.
    public static final int AF_INET6 = 10;

    /// `AF_NETLINK`.
    public static final int AF_NETLINK = 16;

    /// `AF_PACKET`.
    public static final int AF_PACKET = 17;

    /// `SOCK_DGRAM`.
    public static final int SOCK_DGRAM = 2;

    /// `SOCK_RAW`.
    public static final int SOCK_RAW = 3;

    private static final int SOCK_NONBLOCK = 0x800;
    private static final int SOCK_CLOEXEC = 0x80000;
    private static final int MSG_TRUNC = 0x20;
    private static final int MSG_DONTWAIT = 0x40;
    private static final int SOCKADDR_STORAGE = 128;

    private final FileDescriptor descriptor;
    private final Poll poll = new Poll(2);
    private final ByteBuffer sender = LibC.memory(SOCKADDR_STORAGE + Integer.BYTES);
    private final long senderAddress = LibC.address(sender);

    private Socket(FileDescriptor descriptor) {
        this.descriptor = descriptor;
    }

    static Socket open(int family, int type, int protocol) {
        try {
            return new Socket(new FileDescriptor(LibC.socket(family, type | SOCK_NONBLOCK | SOCK_CLOEXEC, protocol)));
        } catch (LastErrorException failure) {
            throw new LinuxException("open a socket of family " + family, failure.getErrorCode());
        }
    }

    /// Memory that this class can send from and receive into.
    public static ByteBuffer buffer(int size) {
        return LibC.memory(size);
    }

    /// Binds to an address, a `sockaddr` in the machine's byte order where the family wants it so.
    public void bind(byte[] address) {
        ByteBuffer memory = copy(address);
        try {
            LibC.bind(descriptor.number(), LibC.address(memory), address.length);
        } catch (LastErrorException failure) {
            throw new LinuxException("bind a socket", failure.getErrorCode());
        } finally {
            Reference.reachabilityFence(memory);
        }
    }

    /// The address that the socket is bound to, a `sockaddr` in a buffer of native byte order.
    public ByteBuffer name() {
        ByteBuffer memory = LibC.memory(SOCKADDR_STORAGE + Integer.BYTES);
        memory.putInt(SOCKADDR_STORAGE, SOCKADDR_STORAGE);
        long address = LibC.address(memory);
        try {
            LibC.getsockname(descriptor.number(), address, address + SOCKADDR_STORAGE);
        } catch (LastErrorException failure) {
            throw new LinuxException("ask for the name of a socket", failure.getErrorCode());
        }
        return memory.limit(memory.getInt(SOCKADDR_STORAGE));
    }

    /// Sets an option whose value is an `int`.
    public void setOption(int level, int option, int value) {
        ByteBuffer memory = LibC.memory(Integer.BYTES);
        memory.putInt(0, value);
        setOption(level, option, memory, Integer.BYTES);
    }

    /// Sets an option whose value is a structure.
    public void setOption(int level, int option, byte[] value) {
        setOption(level, option, copy(value), value.length);
    }

    private void setOption(int level, int option, ByteBuffer value, int length) {
        try {
            LibC.setsockopt(descriptor.number(), level, option, LibC.address(value), length);
        } catch (LastErrorException failure) {
            throw new LinuxException("set socket option " + level + "/" + option, failure.getErrorCode());
        } finally {
            Reference.reachabilityFence(value);
        }
    }

    /// Reads an option whose value is a structure or a number, in a buffer of native byte order.
    ///
    /// @param size the most that the value may have
    ByteBuffer option(int level, int option, int size) {
        ByteBuffer memory = LibC.memory(size + Integer.BYTES);
        memory.putInt(size, size);
        long address = LibC.address(memory);
        try {
            LibC.getsockopt(descriptor.number(), level, option, address, address + size);
        } catch (LastErrorException failure) {
            throw new LinuxException("read socket option " + level + "/" + option, failure.getErrorCode());
        }
        return memory.limit(memory.getInt(size));
    }

    /// The descriptor, for an event loop and for mappings. The socket keeps it.
    FileDescriptor descriptor() {
        return descriptor;
    }

    /// Sends one datagram: the bytes between the buffer's position and limit, which stay as they are. The
    /// buffer is one of [#buffer].
    public void send(ByteBuffer datagram) {
        send(datagram, null);
    }

    /// Sends one datagram to an address.
    public void sendTo(ByteBuffer datagram, byte[] address) {
        send(datagram, copy(address));
    }

    private void send(ByteBuffer datagram, @Nullable ByteBuffer to) {
        long address = to == null ? 0 : LibC.address(to);
        int addressLength = to == null ? 0 : to.capacity();
        long start = LibC.address(datagram) + datagram.position();
        while (true) {
            try {
                LibC.sendto(descriptor.number(), start, datagram.remaining(), 0, address, addressLength);
                return;
            } catch (LastErrorException failure) {
                if (failure.getErrorCode() != Errno.EINTR.number()) {
                    throw new LinuxException("send", failure.getErrorCode());
                }
            } finally {
                Reference.reachabilityFence(datagram);
                Reference.reachabilityFence(to);
            }
        }
    }

    /// Receives one datagram into the start of the buffer, if one is there.
    ///
    /// @return its whole length, which is more than the buffer's capacity where the rest of it is lost; -1
    ///     if there is none
    /// @throws LinuxException with `ENOBUFS` where the kernel dropped datagrams before this one; the socket
    ///     stays good
    public int receive(ByteBuffer buffer) {
        sender.putInt(SOCKADDR_STORAGE, SOCKADDR_STORAGE);
        while (true) {
            try {
                return (int) LibC.recvfrom(
                        descriptor.number(),
                        LibC.address(buffer),
                        buffer.capacity(),
                        MSG_TRUNC | MSG_DONTWAIT,
                        senderAddress,
                        senderAddress + SOCKADDR_STORAGE);
            } catch (LastErrorException failure) {
                Errno errno = Errno.of(failure.getErrorCode());
                if (errno == Errno.EAGAIN) {
                    return -1;
                }
                if (errno != Errno.EINTR) {
                    throw new LinuxException("receive", failure.getErrorCode());
                }
            }
        }
    }

    /// The `sockaddr` of the sender of the datagram that was received last. Overwritten by the next.
    public ByteBuffer sender() {
        return sender;
    }

    /// Waits until a datagram is there. Blocks a platform thread, or the carrier of a virtual one.
    ///
    /// @param limit rounded up to milliseconds; at most about 292 years
    /// @return whether one is there; false when the time is over
    public boolean await(Duration limit) {
        return poll.await(limit, descriptor);
    }

    /// Waits until a datagram is there or the wake-up is given.
    ///
    /// @return whether there is a reason to look; false when the time is over
    public boolean await(Duration limit, WakeUp wakeUp) {
        return poll.await(limit, descriptor, wakeUp.descriptor());
    }

    private static ByteBuffer copy(byte[] bytes) {
        ByteBuffer memory = LibC.memory(bytes.length);
        memory.put(0, bytes);
        return memory;
    }

    @Override
    public void close() {
        descriptor.close();
    }
}
