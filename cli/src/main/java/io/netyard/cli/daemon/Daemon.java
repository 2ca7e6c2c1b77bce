package io.netyard.cli.daemon;

import io.netyard.cli.daemon.Message.Reply;
import io.netyard.cli.daemon.Message.Request;
import io.netyard.linux.FileLock;
import io.netyard.linux.NamespaceFolder;
import io.netyard.linux.Processes;
import io.netyard.topology.state.Resource;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// The process that runs the switches of one lab in user space. It ends when it is told to, or when the
/// lab's folder is gone.
public final class Daemon {
    private static final Duration WATCH = Duration.ofSeconds(2);

    private final DaemonFiles files;
    private final SwitchRack rack;
    private final CountDownLatch end = new CountDownLatch(1);

    private Daemon(DaemonFiles files, String lab) {
        this.files = files;
        this.rack = new SwitchRack(NamespaceFolder.DEFAULT, lab);
    }

    /// Runs until the end.
    ///
    /// @param folder the lab's, `/run/netyard/LAB`
    /// @return whether it ran; false if the lab has a daemon already
    public static boolean run(Path folder, String lab) throws IOException, InterruptedException {
        DaemonFiles files = new DaemonFiles(folder);
        Processes.leaveSession();
        Optional<FileLock> lock = FileLock.tryLock(files.lock());
        if (lock.isEmpty()) {
            return false;
        }
        try (FileLock _ = lock.get()) {
            Files.writeString(
                    files.lock(), Long.toString(ProcessHandle.current().pid()));
            Files.deleteIfExists(files.socket());
            new Daemon(files, lab).serve();
            Files.deleteIfExists(files.socket());
        }
        return true;
    }

    private void serve() throws IOException, InterruptedException {
        try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            server.bind(UnixDomainSocketAddress.of(files.socket()));
            Files.setPosixFilePermissions(files.socket(), PosixFilePermissions.fromString("rw-------"));
            Thread.ofVirtual().name("netyard-accept").start(() -> accept(server));
            while (!end.await(WATCH.toMillis(), TimeUnit.MILLISECONDS)) {
                if (!Files.exists(files.socket())) {
                    break;
                }
            }
        } finally {
            synchronized (rack) {
                rack.close();
            }
        }
    }

    private void accept(ServerSocketChannel server) {
        try {
            while (true) {
                SocketChannel channel = server.accept();
                Thread.ofVirtual().name("netyard-request").start(() -> answer(channel));
            }
        } catch (AsynchronousCloseException _) {
            // The end.
        } catch (IOException failure) {
            System.err.println("no more requests are taken: " + failure);
            end.countDown();
        }
    }

    private void answer(SocketChannel channel) {
        boolean stops = false;
        try (channel) {
            Reply reply;
            try {
                Request request = Request.read(Exchange.readAll(channel));
                stops = request.verb() == Message.Verb.STOP;
                reply = reply(request);
            } catch (RuntimeException failure) {
                reply = Reply.error(String.valueOf(failure.getMessage()));
            }
            Exchange.writeAll(channel, reply.write());
        } catch (IOException failure) {
            System.err.println("a request was not answered: " + failure);
        }
        if (stops) {
            end.countDown();
        }
    }

    private Reply reply(Request request) {
        synchronized (rack) {
            switch (request.verb()) {
                case READ -> {}
                case PUT -> request.resources().forEach(rack::put);
                case REMOVE -> request.resources().forEach(rack::remove);
                case SHOW -> {
                    return Reply.show(rack.reports());
                }
                case STOP -> {
                    return Reply.of(java.util.List.<Resource>of());
                }
            }
            return Reply.of(rack.running());
        }
    }
}
