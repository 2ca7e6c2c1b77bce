package io.netyard.netlink;

import io.netyard.linux.Errno;
import io.netyard.linux.LinuxException;
import io.netyard.linux.NetworkNamespace;
import io.netyard.linux.Socket;
import io.netyard.linux.WakeUp;
import io.netyard.netlink.message.Netlink;
import io.netyard.netlink.message.Octets;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/// Listens to what the kernel tells multicast groups of a netlink protocol in one namespace, on a socket of
/// its own (`ip monitor`).
///
/// A state that follows the kernel's is kept right so: open the monitor, read the state, then apply each
/// event to it, where an event that says what is known already changes nothing; after [Event.Lost] read
/// again.
///
/// Owned by whoever opened it. One thread at a time waits; any thread may close it. Waiting blocks a
/// platform thread, or the carrier of a virtual one.
public final class EventMonitor implements AutoCloseable {
    /// Octets of waiting events that the kernel keeps, where it is not said: some thousand events.
    public static final int DEFAULT_BUFFER = 4 * 1024 * 1024;

    private static final int NETLINK_ADD_MEMBERSHIP = 1;

    /// One event is at most a few KiB, but for a device with hundreds of virtual functions.
    private static final int DATAGRAM = 128 * 1024;

    /// `struct sockaddr_nl`: family u16, padding u16, port id u32, groups u32.
    private static final int PORT_OFFSET = 4;

    private final Socket socket;
    private final WakeUp wakeUp;
    private final int bufferSize;
    private final ByteBuffer datagram = Socket.buffer(DATAGRAM);
    private final Queue<Event> waiting = new ArrayDeque<>();
    private final ReentrantLock reading = new ReentrantLock();
    private final AtomicBoolean closed = new AtomicBoolean();

    private EventMonitor(Socket socket, int bufferSize) {
        this.socket = socket;
        this.bufferSize = bufferSize;
        this.wakeUp = new WakeUp();
    }

    /// Joins groups.
    ///
    /// @param protocol such as [NetlinkConnection#ROUTE]
    /// @param bufferSize octets of waiting events that the kernel keeps before it drops some; it takes
    ///     twice as much, for what it needs besides, and about 2 KiB at least. Without `CAP_NET_ADMIN` no
    ///     more than `net.core.rmem_max`
    /// @param groups numbers, such as `RTNLGRP_LINK`, not bits
    /// @throws LinuxException with `EPERM` for a group that takes a right, `EINVAL` for one that there is
    ///     not
    public static EventMonitor open(NetworkNamespace namespace, int protocol, int bufferSize, int... groups) {
        Socket socket = namespace.socket(Socket.AF_NETLINK, Socket.SOCK_RAW, protocol);
        try {
            // Before the groups are joined, so that nothing is dropped in between.
            SocketOptions.receiveBuffer(socket, bufferSize);
            SocketOptions.bind(socket);
            for (int group : groups) {
                socket.setOption(SocketOptions.SOL_NETLINK, NETLINK_ADD_MEMBERSHIP, group);
            }
            return new EventMonitor(socket, bufferSize);
        } catch (LinuxException failure) {
            socket.close();
            throw failure;
        }
    }

    /// Waits for the next event.
    ///
    /// @param limit how long; zero takes what is there
    /// @return empty when the time is over
    public Optional<Event> next(Duration limit) {
        long end = System.nanoTime() + limit.toNanos();
        reading.lock();
        try {
            while (waiting.isEmpty() && !closed.get()) {
                if (!receive() && !socket.await(Duration.ofNanos(Math.max(0, end - System.nanoTime())), wakeUp)) {
                    return Optional.empty();
                }
            }
            return closed.get() ? Optional.of(new Event.Closed()) : Optional.of(waiting.remove());
        } finally {
            reading.unlock();
        }
    }

    /// Takes one datagram, if one is there.
    private boolean receive() {
        try {
            int length = socket.receive(datagram);
            if (length < 0) {
                return false;
            }
            if (length > datagram.capacity()) {
                waiting.add(new Event.Lost());
            } else if (socket.sender().getInt(PORT_OFFSET) == 0) {
                split(datagram, length, waiting::add);
            }
        } catch (LinuxException failure) {
            if (failure.errno() != Errno.ENOBUFS) {
                throw failure;
            }
            discard();
            waiting.add(new Event.Lost());
        }
        return true;
    }

    /// Takes all that was waiting when events were lost. The kernel says of a loss at once, before the
    /// events that came earlier; those that it kept are not more octets than its buffer has.
    private void discard() {
        long most = 2L * bufferSize + DATAGRAM;
        long taken = 0;
        while (taken <= most) {
            try {
                int length = socket.receive(datagram);
                if (length < 0) {
                    return;
                }
                taken += Netlink.HEADER + length;
            } catch (LinuxException failure) {
                if (failure.errno() != Errno.ENOBUFS) {
                    throw failure;
                }
            }
        }
    }

    /// The messages of a datagram. What is no message ends it: the kernel sends none such.
    static void split(ByteBuffer datagram, int length, Consumer<Event> events) {
        int at = 0;
        while (at + Netlink.HEADER <= length) {
            int size = datagram.getInt(at);
            if (size < Netlink.HEADER || size > length - at) {
                return;
            }
            int type = datagram.getShort(at + 4) & 0xffff;
            if (type >= Netlink.MIN_TYPE) {
                byte[] payload = new byte[size - Netlink.HEADER];
                datagram.get(at + Netlink.HEADER, payload);
                events.accept(new Event.Message(type, Octets.of(payload)));
            }
            at += Netlink.align(size);
        }
    }

    /// Leaves the groups. A thread that waits gets [Event.Closed] at once. Closing twice does no harm.
    @Override
    public void close() {
        if (closed.getAndSet(true)) {
            return;
        }
        wakeUp.give();
        // The descriptors may go only when no thread is in the kernel with them: their numbers are used
        // again.
        reading.lock();
        try {
            socket.close();
            wakeUp.close();
        } finally {
            reading.unlock();
        }
    }
}
