package io.netyard.it;

import io.netyard.linux.NetworkNamespace;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.zip.CRC32C;

/// One TCP connection with a payload whose checksum is compared at the other end.
final class Transfer {
    private static final int CHUNK = 1 << 16;

    private Transfer() {}

    /// Sends random bytes from one namespace to another.
    ///
    /// @return the checksum of what came to the other end
    static long run(NetworkNamespace from, NetworkNamespace to, String address, int mebibytes) throws Exception {
        try (ServerSocketChannel server = to.call(() -> opened(ServerSocketChannel::open));
                SocketChannel client = from.call(() -> opened(SocketChannel::open));
                ExecutorService threads = Executors.newFixedThreadPool(2)) {
            server.bind(new InetSocketAddress(InetAddress.ofLiteral(address), 0));
            SocketAddress target = server.getLocalAddress();
            Future<Long> received = threads.submit(() -> receive(server));
            threads.submit(() -> {
                        client.connect(target);
                        send(client, mebibytes);
                        return true;
                    })
                    .get(30, TimeUnit.SECONDS);
            return received.get(30, TimeUnit.SECONDS);
        }
    }

    private static <T> T opened(Callable<T> opening) {
        try {
            return opening.call();
        } catch (Exception failure) {
            throw new IllegalStateException(failure);
        }
    }

    /// The checksum of what [#run] sends.
    static long checksum(int mebibytes) {
        CRC32C sum = new CRC32C();
        byte[] chunk = chunk();
        for (int index = 0; index < mebibytes * 16; index++) {
            sum.update(number(chunk, index));
        }
        return sum.getValue();
    }

    private static byte[] chunk() {
        byte[] chunk = new byte[CHUNK];
        new Random(3).nextBytes(chunk);
        return chunk;
    }

    /// Makes a chunk differ from the others.
    private static byte[] number(byte[] chunk, int index) {
        chunk[0] = (byte) index;
        chunk[1] = (byte) (index >> 8);
        return chunk;
    }

    private static void send(SocketChannel client, int mebibytes) throws IOException {
        byte[] chunk = chunk();
        OutputStream out = Channels.newOutputStream(client);
        for (int index = 0; index < mebibytes * 16; index++) {
            out.write(number(chunk, index));
        }
        client.shutdownOutput();
    }

    private static long receive(ServerSocketChannel server) throws IOException {
        CRC32C sum = new CRC32C();
        try (SocketChannel connection = server.accept();
                InputStream in = Channels.newInputStream(connection)) {
            byte[] chunk = new byte[CHUNK];
            for (int read = in.read(chunk); read >= 0; read = in.read(chunk)) {
                sum.update(chunk, 0, read);
            }
        }
        return sum.getValue();
    }
}
