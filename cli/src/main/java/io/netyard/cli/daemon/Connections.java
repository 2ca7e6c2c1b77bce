package io.netyard.cli.daemon;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;

/// The connections to a daemon. Whoever sends nothing, takes nothing, or sends too much is cut off, so that
/// all together take a bounded part of its memory and none takes its time for long.
///
/// Each connection is used by one thread; [#closeOverdue] is called by another now and then.
final class Connections {
    private static final int BLOCK = 64 * 1024;

    private final Limits limits;
    private final Semaphore places;
    private final Semaphore blocks;
    private final Map<SocketChannel, Long> deadlines = new ConcurrentHashMap<>();

    Connections(Limits limits) {
        this.limits = limits;
        this.places = new Semaphore(limits.connections(), true);
        this.blocks = new Semaphore(limits.allBytes() / BLOCK);
    }

    /// Waits until one more connection may be served.
    void awaitPlace() {
        places.acquireUninterruptibly();
    }

    /// Gives back what [#awaitPlace] got.
    void leavePlace() {
        places.release();
    }

    /// The whole message of a client, which says by closing its direction that it is all.
    ///
    /// @throws IOException if it is too long or comes too late
    byte[] receive(SocketChannel channel) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        ByteBuffer buffer = ByteBuffer.allocate(BLOCK);
        int taken = 0;
        startClock(channel);
        try {
            while (channel.read(buffer.clear()) >= 0) {
                bytes.write(buffer.array(), 0, buffer.position());
                if (bytes.size() > limits.messageBytes()) {
                    throw new IOException("a request of more than " + limits.messageBytes() + " bytes");
                }
                for (; taken * (long) BLOCK < bytes.size(); taken++) {
                    if (!blocks.tryAcquire()) {
                        throw new IOException("requests of more than " + limits.allBytes() + " bytes at once");
                    }
                }
            }
            return bytes.toByteArray();
        } finally {
            blocks.release(taken);
            deadlines.remove(channel);
        }
    }

    /// Sends a message.
    ///
    /// @throws IOException if the client does not take it, or not in time
    void send(SocketChannel channel, byte[] message) throws IOException {
        startClock(channel);
        try {
            Exchange.writeAll(channel, message);
        } finally {
            deadlines.remove(channel);
        }
    }

    private void startClock(SocketChannel channel) {
        deadlines.put(channel, System.nanoTime() + limits.patience().toNanos());
    }

    /// Closes the connections whose clients took too long, which ends the wait of those that serve them.
    void closeOverdue() {
        long now = System.nanoTime();
        deadlines.forEach((channel, deadline) -> {
            if (now - deadline > 0) {
                try {
                    channel.close();
                } catch (IOException _) {
                    // It is of no use any more, closed or not.
                }
            }
        });
    }
}
