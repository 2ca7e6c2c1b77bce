package io.netyard.cli.daemon;

import io.netty.util.internal.logging.InternalLoggerFactory;
import io.netty.util.internal.logging.JdkLoggerFactory;
import io.netyard.cli.daemon.Message.Reply;
import io.netyard.cli.daemon.Message.Request;
import io.netyard.linux.Confinement;
import io.netyard.linux.Failpoint;
import io.netyard.linux.FileLock;
import io.netyard.linux.NamespaceFolder;
import io.netyard.linux.Processes;
import io.netyard.topology.observe.UserSwitchException;
import io.netyard.topology.state.Resource;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import jdk.net.ExtendedSocketOptions;

/// The process that runs the switches of one lab in user space. It ends when it is told to, or when the
/// lab is gone, and leaves nothing then, even if it has only started.
///
/// It serves processes of its own user alone. What they send cannot end it, nor make it grow or wait beyond
/// its [Limits].
public final class Daemon {
    /// The exit code where the lab has a daemon already.
    public static final int HAS_ONE = 75;

    private static final Duration LOCK = Duration.ofSeconds(10);
    private static final Duration WATCH = Duration.ofMillis(500);
    private static final int LONGEST_ERROR = 2000;

    static final ThreadFactory THREADS =
            Thread.ofPlatform().daemon().name("netyard-request").factory();

    private final DaemonFiles files;
    private final SwitchRack rack;
    private final Connections connections;
    private final ThreadFactory threads;
    private final Complaints complaints = new Complaints(System.err);
    private final CountDownLatch end = new CountDownLatch(1);

    private Daemon(DaemonFiles files, String lab, Limits limits, ThreadFactory threads) {
        // Netty would look for libraries that write logs.
        InternalLoggerFactory.setDefaultFactory(JdkLoggerFactory.INSTANCE);
        this.files = files;
        this.rack = new SwitchRack(NamespaceFolder.DEFAULT, lab);
        this.connections = new Connections(limits);
        this.threads = threads;
    }

    /// Runs until the end.
    ///
    /// @param folder the lab's, `/run/netyard/LAB`
    /// @return whether it ran; false if the lab has a daemon already
    public static boolean run(Path folder, String lab) throws IOException, InterruptedException {
        leaveTheRest();
        return run(folder, lab, Limits.DEFAULT, THREADS);
    }

    /// Takes the place of the daemon that runs, with its switches and ports, and runs until the end. What
    /// can be done before the other one ends is done before, so that frames wait for a moment only. What
    /// switches have learned and counted begins anew.
    ///
    /// @throws UserSwitchException if there is none any more, or a third one was faster: who starts it has
    ///     to know that what it read is lost
    public static void replace(Path folder, String lab) throws IOException, InterruptedException {
        leaveTheRest();
        DaemonFiles files = new DaemonFiles(folder);
        Daemon daemon = new Daemon(files, lab, Limits.DEFAULT, THREADS);
        DaemonSwitches other = new DaemonSwitches(lab, folder);
        boolean hasLived;
        try {
            List<Resource> inheritance = other.inheritance();
            other.stop();
            hasLived = daemon.live(inheritance);
        } finally {
            files.deleteEmptyFolder();
        }
        if (!hasLived) {
            throw new UserSwitchException("another process took the place of the daemon of " + lab + "; netyard plan "
                    + lab + " tells what it does not run");
        }
    }

    private static void leaveTheRest() {
        Processes.leaveSession();
        Confinement.hideThisProcess();
    }

    /// @param threads that serve one connection each
    static boolean run(Path folder, String lab, Limits limits, ThreadFactory threads)
            throws IOException, InterruptedException {
        DaemonFiles files = new DaemonFiles(folder);
        try {
            return new Daemon(files, lab, limits, threads).live(List.of());
        } finally {
            files.deleteEmptyFolder();
        }
    }

    /// @param inheritance switches, then their ports, to begin with
    private boolean live(List<Resource> inheritance) throws IOException, InterruptedException {
        Optional<FileLock> free = takeLock();
        if (free.isEmpty()) {
            rack.close();
            return false;
        }
        try (FileLock lock = free.get()) {
            Failpoint.pass("daemon.locked");
            if (!files.areOfLab()) {
                Files.deleteIfExists(files.lock());
                throw new UserSwitchException("there is no lab here any more");
            }
            DaemonFiles.sign(lock);
            Files.deleteIfExists(files.socket());
            inheritance.forEach(this::inherit);
            Failpoint.pass("daemon.listen");
            Optional<Object> socket = serve(lock);
            Failpoint.pass("daemon.gone");
            if (files.socketKey().equals(socket)) {
                Files.deleteIfExists(files.socket());
            }
            lock.unsign();
        }
        return true;
    }

    /// Who only looks whether there is a daemon has the lock for a moment, and signs nothing.
    private Optional<FileLock> takeLock() {
        long end = System.nanoTime() + LOCK.toNanos();
        while (true) {
            Optional<FileLock> lock = FileLock.tryLock(files.lock());
            if (lock.isPresent() || files.owner().isPresent() || System.nanoTime() > end) {
                return lock;
            }
            DaemonSwitches.pause();
        }
    }

    /// One that cannot be had any more is left out: plan misses it, and apply makes it again.
    private void inherit(Resource resource) {
        try {
            rack.put(resource);
        } catch (RuntimeException failure) {
            complaints.say(resource.id() + " could not be taken over: " + failure.getMessage());
        }
    }

    /// @param lock where it is not in place any more, the lab went, and another of its name may have come
    /// @return what tells its socket from that of another daemon
    private Optional<Object> serve(FileLock lock) throws IOException, InterruptedException {
        try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            server.bind(UnixDomainSocketAddress.of(files.socket()));
            Files.setPosixFilePermissions(files.socket(), PosixFilePermissions.fromString("rw-------"));
            UserPrincipal self = Files.getOwner(files.socket());
            Optional<Object> own = files.socketKey();
            Thread.ofPlatform().daemon().name("netyard-accept").start(() -> accept(server, self));
            while (!end.await(WATCH.toMillis(), TimeUnit.MILLISECONDS)
                    && own.isPresent()
                    && own.equals(files.socketKey())
                    && lock.isInPlace()) {
                connections.closeOverdue();
            }
            return own;
        } finally {
            synchronized (rack) {
                rack.close();
            }
        }
    }

    private void accept(ServerSocketChannel server, UserPrincipal self) {
        while (server.isOpen()) {
            connections.awaitPlace();
            try {
                takeOn(server.accept(), self);
            } catch (ClosedChannelException _) {
                return;
            } catch (IOException failure) {
                // Most likely there are no descriptors or threads left; those who hold them give some back.
                connections.leavePlace();
                complaints.say("a connection was not taken: " + failure);
                DaemonSwitches.pause();
            }
        }
    }

    private void takeOn(SocketChannel channel, UserPrincipal self) throws IOException {
        Thread thread = threads.newThread(() -> {
            try {
                answer(channel, self);
            } finally {
                connections.leavePlace();
            }
        });
        try {
            thread.start();
        } catch (OutOfMemoryError noThread) {
            channel.close();
            throw new IOException(noThread);
        }
    }

    private void answer(SocketChannel channel, UserPrincipal self) {
        boolean stops = false;
        try (channel) {
            UserPrincipal peer =
                    channel.getOption(ExtendedSocketOptions.SO_PEERCRED).user();
            if (!peer.equals(self)) {
                throw new IOException("it came from the user " + peer);
            }
            Reply reply;
            try {
                Request request = Request.read(connections.receive(channel));
                stops = request.verb() == Message.Verb.STOP;
                reply = reply(request);
                Failpoint.pass("daemon.reply");
            } catch (RuntimeException failure) {
                reply = Reply.error(shortened(String.valueOf(failure.getMessage())));
            }
            connections.send(channel, reply.write());
        } catch (IOException failure) {
            complaints.say("a request was not answered: " + failure);
        }
        if (stops) {
            end.countDown();
        }
    }

    private static String shortened(String text) {
        return text.length() <= LONGEST_ERROR ? text : text.substring(0, LONGEST_ERROR) + " ...";
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
                    return Reply.of(List.of());
                }
            }
            return Reply.of(rack.running());
        }
    }
}
