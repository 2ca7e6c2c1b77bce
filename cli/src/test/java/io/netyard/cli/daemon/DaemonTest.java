package io.netyard.cli.daemon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.netty.channel.epoll.Epoll;
import io.netyard.linux.Pause;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// A daemon without switches, and clients that mean no good.
@Timeout(60)
class DaemonTest {
    private static final Duration PATIENCE = Duration.ofSeconds(1);
    private static final Limits LIMITS = new Limits(8, 1 << 20, 4 << 20, PATIENCE);
    private static final byte[] READ = Message.Request.of(Message.Verb.READ).write();

    @TempDir
    Path folder = Path.of("");

    private final List<SocketChannel> clients = new ArrayList<>();
    private volatile boolean hasNoThreads;
    private CompletableFuture<Boolean> daemon = new CompletableFuture<>();

    @BeforeEach
    void start() throws Exception {
        assumeTrue(Epoll.isAvailable(), () -> "no epoll here: " + Epoll.unavailabilityCause());
        Files.createFile(folder.resolve("lock"));
        daemon = CompletableFuture.supplyAsync(
                this::run, command -> Thread.ofPlatform().start(command));
        while (!Files.exists(socket())
                || !Files.getPosixFilePermissions(socket()).equals(PosixFilePermissions.fromString("rw-------"))) {
            assertThat(daemon).isNotDone();
            Pause.of(Duration.ofMillis(10));
        }
    }

    private Thread thread(Runnable work) {
        return hasNoThreads ? new Unstartable() : Daemon.THREADS.newThread(work);
    }

    /// As where a limit on processes is reached.
    private static final class Unstartable extends Thread {
        @Override
        public void start() {
            throw new OutOfMemoryError("unable to create native thread");
        }
    }

    private boolean run() {
        try {
            return Daemon.run(folder, "test", LIMITS, this::thread);
        } catch (IOException | InterruptedException failure) {
            throw new IllegalStateException(failure);
        }
    }

    @AfterEach
    void stop() throws Exception {
        for (SocketChannel client : clients) {
            client.close();
        }
        if (Files.exists(socket())) {
            assertThat(ask(Message.Request.of(Message.Verb.STOP).write())).contains("\"version\":1");
            assertThat(daemon.get(30, TimeUnit.SECONDS)).isTrue();
            assertThat(socket()).doesNotExist();
        }
    }

    private Path socket() {
        return folder.resolve("daemon.sock");
    }

    private SocketChannel connect() throws IOException {
        SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
        channel.connect(UnixDomainSocketAddress.of(socket()));
        clients.add(channel);
        return channel;
    }

    private String ask(byte[] request) throws IOException {
        try (SocketChannel channel = connect()) {
            Exchange.writeAll(channel, request);
            return new String(Exchange.readAll(channel), StandardCharsets.UTF_8);
        }
    }

    private void stillAnswers() throws IOException {
        assertThat(ask(READ)).isEqualTo("{\"version\":1,\"resources\":[]}");
    }

    @Test
    void aSecondDaemonDoesNotStart() throws Exception {
        assertThat(Daemon.run(folder, "test", LIMITS, Daemon.THREADS)).isFalse();
        stillAnswers();
    }

    @Test
    @Tag("F46")
    void whereNoThreadIsLeftLaterClientsAreServed() throws IOException {
        hasNoThreads = true;
        assertThat(connect().read(ByteBuffer.allocate(1))).isEqualTo(-1);
        hasNoThreads = false;
        stillAnswers();
    }

    @Test
    void noiseIsRefused() throws IOException {
        Random random = new Random(1);
        for (int round = 0; round < 200; round++) {
            byte[] noise = new byte[random.nextInt(5000)];
            random.nextBytes(noise);
            assertThat(ask(noise)).contains("\"error\"");
        }
        stillAnswers();
    }

    @Test
    @Tag("F46")
    void anEndlessRequestIsCutOff() throws IOException {
        SocketChannel endless = connect();
        ByteBuffer block = ByteBuffer.allocate(1 << 20);
        assertThat(org.assertj.core.api.Assertions.catchThrowable(() -> {
                    for (int sent = 0; sent < 100; sent++) {
                        endless.write(block.clear());
                    }
                }))
                .isInstanceOf(IOException.class);
        stillAnswers();
    }

    @Test
    @Tag("F46")
    void whoSendsNothingIsCutOff() throws IOException {
        for (int each = 0; each < 3 * LIMITS.connections(); each++) {
            connect().write(ByteBuffer.wrap(new byte[] {'{'}));
        }
        stillAnswers();
        assertThat(clients.getFirst().read(ByteBuffer.allocate(1))).isEqualTo(-1);
    }

    @Test
    @Tag("F46")
    void whoLeavesAtOnceIsForgotten() throws IOException {
        for (int each = 0; each < 2000; each++) {
            SocketChannel client = connect();
            if (each % 2 == 0) {
                client.write(ByteBuffer.wrap(READ));
            }
            client.close();
        }
        stillAnswers();
    }

    /// Bytes that wait in a socket are counted by the kernel; a reply that does not fit waits for its
    /// client.
    @Test
    @Tag("F46")
    void whoReadsNothingIsCutOff() throws IOException {
        byte[] request = ("{\"version\":1,\"do\":\"PUT\",\"resources\":[{\"type\":\"" + "x".repeat(90_000) + "\"}]}")
                .getBytes(StandardCharsets.UTF_8);
        for (int each = 0; each < 3 * LIMITS.connections(); each++) {
            Exchange.writeAll(connect(), request);
        }
        stillAnswers();
    }

    @Test
    @Tag("F46")
    void allTogetherTakeNoMoreThanTheirShare() throws IOException {
        List<SocketChannel> greedy = new ArrayList<>();
        for (int each = 0; each < LIMITS.connections(); each++) {
            SocketChannel client = connect();
            client.configureBlocking(false);
            greedy.add(client);
        }
        long sent = 0;
        long end = System.nanoTime() + PATIENCE.toNanos() / 2;
        ByteBuffer block = ByteBuffer.allocate(64 << 10);
        while (System.nanoTime() < end) {
            for (SocketChannel client : greedy) {
                try {
                    sent += Math.max(0, client.write(block.clear()));
                } catch (IOException _) {
                    // Cut off.
                }
            }
        }
        // What was taken, and what the kernel keeps of each.
        assertThat(sent).isLessThan(LIMITS.allBytes() + LIMITS.connections() * (1L << 20));
        stillAnswers();
    }
}
