package io.netyard.netlink;

import io.netyard.linux.Errno;
import io.netyard.linux.LinuxException;
import io.netyard.linux.NetworkNamespace;
import io.netyard.linux.Socket;
import io.netyard.netlink.message.AttributePath;
import io.netyard.netlink.message.ExtendedAck;
import io.netyard.netlink.message.MessageWriter;
import io.netyard.netlink.message.Netlink;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A netlink socket in one namespace: requests out, answers in. Owned by whoever opened it; used by one
/// thread at a time.
///
/// Every request is waited for until its acknowledgement, or the end of its dump, is there, or the time is
/// over. Answers are matched by sequence number; what belongs to an earlier request, or comes from another
/// process, is passed over.
public final class NetlinkConnection implements AutoCloseable {
    /// `NETLINK_ROUTE`.
    public static final int ROUTE = 0;

    private static final int NETLINK_CAP_ACK = 10;
    private static final int NETLINK_EXT_ACK = 11;
    private static final int NETLINK_GET_STRICT_CHK = 12;

    /// A batch is sent when it is longer than this: the kernel copies a datagram into one piece of memory.
    private static final int FULL_BATCH = 64 * 1024;

    /// Room for one more message after the batch is nearly full.
    private static final int SEND_BUFFER = FULL_BATCH + 66 * 1024;

    private static final int RECEIVE_BUFFER = 64 * 1024;

    /// Answers that wait to be read are dropped beyond this; one that is capped takes about 1 KiB.
    private static final int SOCKET_BUFFER = 4 * 1024 * 1024;

    private static final Duration DEADLINE = Duration.ofSeconds(30);

    private static final ThreadLocal<ByteBuffer> SEND = ThreadLocal.withInitial(() -> Socket.buffer(SEND_BUFFER));
    private static final ThreadLocal<ByteBuffer> RECEIVE = ThreadLocal.withInitial(() -> Socket.buffer(RECEIVE_BUFFER));

    private final Datagrams datagrams;
    private final Duration deadline;
    private int sequence;

    NetlinkConnection(Datagrams datagrams, Duration deadline) {
        this.datagrams = datagrams;
        this.deadline = deadline;
    }

    /// Opens a socket in a namespace, with strict checking and extended acknowledgements.
    ///
    /// @param protocol such as [#ROUTE]
    public static NetlinkConnection open(NetworkNamespace namespace, int protocol) {
        return of(namespace.socket(Socket.AF_NETLINK, Socket.SOCK_RAW, protocol));
    }

    /// Uses a netlink socket, which is closed with the connection.
    public static NetlinkConnection of(Socket socket) {
        try {
            socket.setOption(SocketOptions.SOL_NETLINK, NETLINK_CAP_ACK, 1);
            socket.setOption(SocketOptions.SOL_NETLINK, NETLINK_EXT_ACK, 1);
            socket.setOption(SocketOptions.SOL_NETLINK, NETLINK_GET_STRICT_CHK, 1);
            SocketOptions.receiveBuffer(socket, SOCKET_BUFFER);
        } catch (LinuxException failure) {
            socket.close();
            throw failure;
        }
        return new NetlinkConnection(new Datagrams.Kernel(socket), DEADLINE);
    }

    /// Sends one request and waits for its acknowledgement.
    ///
    /// @throws NetlinkException as the other form says
    public void execute(Request request) {
        execute(request, (_, _, _, _) -> {});
    }

    /// Sends one request, hands over the messages that answer it, and waits for its acknowledgement.
    ///
    /// @throws NetlinkException if the kernel refuses it; with `ETIMEDOUT` or `ENOBUFS` if the answer was
    ///     not there in time or was lost, and it is not known whether the request was carried out
    public void execute(Request request, MessageHandler handler) {
        int sent = send(request, Netlink.F_ACK);
        NetlinkException failure = new Answers(sent, sent, List.of(request), handler, false).await();
        if (failure != null) {
            throw failure;
        }
    }

    /// Sends many requests with as few system calls as possible. Each is carried out whether or not others
    /// fail.
    ///
    /// @return for each request, in their order, empty or why it failed
    /// @throws NetlinkException with `ETIMEDOUT` or `ENOBUFS` if answers were not there in time or were
    ///     lost, and it is not known which requests were carried out
    public List<Optional<NetlinkException>> batch(List<? extends Request> requests) {
        List<Optional<NetlinkException>> results = new ArrayList<>(requests.size());
        ByteBuffer buffer = SEND.get().clear();
        MessageWriter writer = new MessageWriter(buffer);
        int first = 0;
        for (int at = 0; at < requests.size(); at++) {
            Request request = requests.get(at);
            writer.startMessage(request.type(), request.flags() | Netlink.F_REQUEST, sequence + 1 + at - first);
            request.write(writer);
            writer.endMessage();
            if (at == requests.size() - 1 || buffer.position() >= FULL_BATCH) {
                writer.addFlags(Netlink.F_ACK);
                int base = sequence + 1;
                sequence += at + 1 - first;
                datagrams.send(buffer.flip());
                Answers answers =
                        new Answers(base, sequence, requests.subList(first, at + 1), (_, _, _, _) -> {}, false);
                answers.await();
                answers.addTo(results);
                buffer.clear();
                first = at + 1;
            }
        }
        return results;
    }

    /// Reads everything of a kind. What changes while it is read makes the kernel say so; then it is read
    /// again.
    ///
    /// @param restart called before each reading: what was handed over before does not count
    /// @throws NetlinkException if the kernel refuses it or does not answer in time; with `EINTR` if
    ///     none of the readings in that time was consistent. What the handler throws is thrown too, after
    ///     the rest of the answer was passed over
    public void dump(Request request, Runnable restart, MessageHandler handler) {
        long end = System.nanoTime() + deadline.toNanos();
        for (int reading = 1; ; reading++) {
            restart.run();
            int sent = send(request, Netlink.F_DUMP);
            Answers answers = new Answers(sent, sent, List.of(request), handler, true);
            NetlinkException failure = answers.await();
            if (failure != null) {
                throw failure;
            }
            if (!answers.interrupted) {
                return;
            }
            if (System.nanoTime() > end) {
                throw answers.failure(Errno.EINTR, "it changed each of " + reading + " times while it was read");
            }
        }
    }

    private int send(Request request, int flags) {
        ByteBuffer buffer = SEND.get().clear();
        write(request, flags, ++sequence, buffer);
        datagrams.send(buffer.flip());
        return sequence;
    }

    private static void write(Request request, int flags, int sequence, ByteBuffer buffer) {
        MessageWriter writer = new MessageWriter(buffer);
        writer.startMessage(request.type(), request.flags() | flags | Netlink.F_REQUEST, sequence);
        request.write(writer);
        writer.endMessage();
    }

    @Override
    public void close() {
        datagrams.close();
    }

    /// The answers to the requests that were sent together. Used once.
    private final class Answers {
        private final int first;
        private final int last;
        private final List<? extends Request> requests;
        private final MessageHandler handler;
        private final boolean isDump;
        private final @Nullable NetlinkException[] failures;
        private @Nullable RuntimeException unreadable;
        private boolean complete;
        private boolean interrupted;
        private boolean overrun;

        Answers(int first, int last, List<? extends Request> requests, MessageHandler handler, boolean isDump) {
            this.first = first;
            this.last = last;
            this.requests = requests;
            this.handler = handler;
            this.isDump = isDump;
            this.failures = new NetlinkException[requests.size()];
        }

        /// Reads until the last request is answered; returns why it failed, if it did.
        @Nullable
        NetlinkException await() {
            ByteBuffer buffer = RECEIVE.get();
            long end = System.nanoTime() + deadline.toNanos();
            while (!complete) {
                int length = receive(buffer);
                if (length >= 0) {
                    accept(buffer, length);
                } else if (overrun && !isDump) {
                    // Requests are carried out before send returns: what has not come by now never will.
                    throw failure(Errno.ENOBUFS, "answers were lost; what was asked for may have been done");
                } else if (!datagrams.await(Duration.ofNanos(Math.max(0, end - System.nanoTime())))) {
                    throw failure(Errno.ETIMEDOUT, "the kernel did not answer within " + deadline.toSeconds() + " s");
                }
            }
            if (unreadable != null) {
                throw unreadable;
            }
            return failures[failures.length - 1];
        }

        /// Takes one datagram; -1 if there is none. What the kernel had no room for makes a dump one to
        /// read again.
        private int receive(ByteBuffer buffer) {
            while (true) {
                try {
                    return datagrams.receive(buffer);
                } catch (LinuxException failure) {
                    if (failure.errno() != Errno.ENOBUFS) {
                        throw failure;
                    }
                    overrun = true;
                    interrupted = true;
                }
            }
        }

        private NetlinkException failure(Errno errno, String message) {
            return new NetlinkException(requests.getLast().operation(), errno, Optional.of(message), Optional.empty());
        }

        /// Keeps the first reason why the answer cannot be used, and reads on: a dump that is left half
        /// read keeps the kernel from starting another.
        private void fail(RuntimeException failure) {
            unreadable = unreadable == null ? failure : unreadable;
        }

        void addTo(List<Optional<NetlinkException>> results) {
            for (NetlinkException failure : failures) {
                results.add(Optional.ofNullable(failure));
            }
        }

        private void accept(ByteBuffer buffer, int length) {
            if (datagrams.senderPort() != 0) {
                return;
            }
            if (length > buffer.capacity()) {
                fail(failure(Errno.EMSGSIZE, "an answer of " + length + " octets did not fit the buffer"));
            }
            int at = 0;
            int end = Math.min(length, buffer.capacity());
            while (at + Netlink.HEADER <= end && !complete) {
                int size = buffer.getInt(at);
                if (size < Netlink.HEADER || size > end - at) {
                    return;
                }
                int answered = buffer.getInt(at + 8);
                if (answered - first >= 0 && last - answered >= 0) {
                    message(buffer, at, at + size, answered);
                }
                at += Netlink.align(size);
            }
        }

        private void message(ByteBuffer buffer, int at, int end, int answered) {
            int type = buffer.getShort(at + 4) & 0xffff;
            int flags = buffer.getShort(at + 6) & 0xffff;
            int payload = at + Netlink.HEADER;
            interrupted |= type != Netlink.ERROR && (flags & Netlink.F_DUMP_INTR) != 0;
            switch (type) {
                case Netlink.NOOP -> {}
                case Netlink.ERROR -> {
                    int error = end - payload < Integer.BYTES ? -Errno.EPROTO.number() : buffer.getInt(payload);
                    finish(
                            answered,
                            error,
                            error == 0 ? ExtendedAck.NONE : ExtendedAck.ofError(buffer, flags, payload, end));
                }
                case Netlink.DONE -> {
                    int error = end - payload < Integer.BYTES ? 0 : buffer.getInt(payload);
                    finish(answered, Math.min(0, error), ExtendedAck.ofDone(buffer, flags, payload, end));
                }
                default -> handle(type, buffer, payload, end);
            }
        }

        private void handle(int type, ByteBuffer buffer, int payload, int end) {
            if (unreadable != null) {
                return;
            }
            try {
                handler.message(type, buffer, payload, end);
            } catch (RuntimeException failure) {
                fail(failure);
            }
        }

        private void finish(int answered, int error, ExtendedAck ack) {
            if (error != 0) {
                failures[answered - first] = failure(requests.get(answered - first), -error, ack);
            }
            complete = answered == last;
        }

        private NetlinkException failure(Request request, int errno, ExtendedAck ack) {
            Optional<String> path =
                    ack.offset().isPresent() ? path(request, ack.offset().getAsInt()) : Optional.empty();
            Optional<String> missing = ack.missingType().isPresent()
                    ? request.attributes()
                            .get(ack.missingType().getAsInt())
                            .map(type -> "." + type.name() + " is missing")
                    : Optional.empty();
            return new NetlinkException(request.operation(), Errno.of(errno), ack.message(), path.or(() -> missing));
        }

        private Optional<String> path(Request request, int offset) {
            // What was in the buffer is sent.
            ByteBuffer message = SEND.get().clear();
            write(request, 0, 0, message);
            int attributes = Netlink.HEADER + request.familyHeaderLength();
            return AttributePath.find(request.attributes(), message.flip(), attributes, offset);
        }
    }
}
