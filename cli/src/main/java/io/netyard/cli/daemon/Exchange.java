package io.netyard.cli.daemon;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;

/// One message each way over a connection: each side sends, and says by closing its direction that it is
/// all.
final class Exchange {
    /// Longer replies are refused: a client is told what hundreds of switches know.
    private static final int MOST_BYTES = 256 * 1024 * 1024;

    private Exchange() {}

    /// The whole message of a daemon.
    static byte[] readAll(SocketChannel channel) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        ByteBuffer buffer = ByteBuffer.allocate(64 * 1024);
        while (channel.read(buffer.clear()) >= 0) {
            bytes.write(buffer.array(), 0, buffer.position());
            if (bytes.size() > MOST_BYTES) {
                throw new IOException("a message of more than " + MOST_BYTES + " bytes");
            }
        }
        return bytes.toByteArray();
    }

    static void writeAll(SocketChannel channel, byte[] bytes) throws IOException {
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        while (buffer.hasRemaining()) {
            channel.write(buffer);
        }
        channel.shutdownOutput();
    }
}
