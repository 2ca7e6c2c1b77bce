package io.netyard.netlink;

import io.netyard.linux.Socket;
import java.nio.ByteBuffer;
import java.time.Duration;

/// The seam between the protocol and the kernel: datagrams out and in.
interface Datagrams extends AutoCloseable {
    /// Sends one datagram, from the buffer's position to its limit.
    void send(ByteBuffer datagram);

    /// Receives a datagram into the buffer's start; returns its true length, or -1 if there is none.
    int receive(ByteBuffer buffer);

    /// The port id of the sender of the last datagram; the kernel's is 0.
    int senderPort();

    /// Waits for a datagram.
    boolean await(Duration limit);

    @Override
    void close();

    /// Datagrams of a netlink socket.
    record Kernel(Socket socket) implements Datagrams {
        /// `struct sockaddr_nl`: family u16, padding u16, port id u32, groups u32.
        private static final int PORT_OFFSET = 4;

        @Override
        public void send(ByteBuffer datagram) {
            socket.send(datagram);
        }

        @Override
        public int receive(ByteBuffer buffer) {
            return socket.receive(buffer);
        }

        @Override
        public int senderPort() {
            return socket.sender().getInt(PORT_OFFSET);
        }

        @Override
        public boolean await(Duration limit) {
            return socket.await(limit);
        }

        @Override
        public void close() {
            socket.close();
        }
    }
}
