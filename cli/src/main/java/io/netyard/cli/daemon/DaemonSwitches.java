package io.netyard.cli.daemon;

import io.netyard.cli.daemon.Message.Reply;
import io.netyard.cli.daemon.Message.Request;
import io.netyard.cli.daemon.Message.Verb;
import io.netyard.linux.Failpoint;
import io.netyard.linux.Pause;
import io.netyard.linux.Processes;
import io.netyard.topology.observe.UserSwitchException;
import io.netyard.topology.observe.UserSwitches;
import io.netyard.topology.state.Resource;
import io.netyard.topology.state.TreeState;
import java.io.EOFException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// The switches of a lab that run in its daemon. Starts one when there is something to run.
public final class DaemonSwitches implements UserSwitches {
    private static final Duration ANSWER = Duration.ofSeconds(30);
    private static final Duration END = Duration.ofSeconds(10);
    private static final Duration DEATH = Duration.ofSeconds(2);
    private static final Duration POLL = Duration.ofMillis(10);

    private final String lab;
    private final DaemonFiles files;

    /// @param lab the lab's name
    /// @param folder its folder under `/run/netyard`
    public DaemonSwitches(String lab, Path folder) {
        this.lab = lab;
        this.files = new DaemonFiles(folder);
    }

    @Override
    public List<Resource> read() {
        return ask(Request.of(Verb.READ)).map(Reply::resources).orElse(List.of());
    }

    /// What its daemon runs, for another one that is to take its place.
    ///
    /// @throws UserSwitchException if there is none
    List<Resource> inheritance() {
        return ask(Request.of(Verb.READ))
                .map(Reply::resources)
                .orElseThrow(() -> new UserSwitchException(
                        "the daemon of " + lab + " ended before its place was taken; netyard apply starts another"));
    }

    @Override
    public void put(Collection<Resource> resources) {
        Request request = new Request(Verb.PUT, List.copyOf(resources));
        if (ask(request).isEmpty()) {
            new DaemonStart(lab, files).run(() -> ask(Request.of(Verb.READ)).isPresent());
            if (ask(request).isEmpty()) {
                throw new UserSwitchException("the daemon of " + lab + " ended at once" + seeLog());
            }
        }
    }

    @Override
    public void remove(Collection<Resource> resources) {
        ask(new Request(Verb.REMOVE, List.copyOf(resources)));
    }

    /// What the switches know and have counted; empty if no daemon runs.
    public List<SwitchReport> reports() {
        return ask(Request.of(Verb.SHOW)).map(Reply::switches).orElse(List.of());
    }

    @Override
    public List<TreeState> trees() {
        return reports().stream().flatMap(report -> report.tree().stream()).toList();
    }

    @Override
    public boolean replace() {
        if (holder().isEmpty()) {
            return false;
        }
        new DaemonStart(lab, files)
                .replace(process -> holder().filter(process.toHandle()::equals).isPresent()
                        && ask(Request.of(Verb.READ)).isPresent());
        return true;
    }

    /// One that ends as it should takes its socket away.
    @Override
    public boolean haveDied() {
        return Files.exists(files.socket()) && !files.isLocked();
    }

    @Override
    public void stop() {
        if (!Files.exists(files.lock())) {
            return;
        }
        Optional<ProcessHandle> daemon = holder();
        try {
            ask(Request.of(Verb.STOP));
        } catch (UserSwitchException _) {
            // One that does not answer is ended below.
        }
        Failpoint.pass("daemon.end");
        if (daemon.isPresent() && !Processes.awaitEnd(daemon.get().pid(), END)) {
            kill(daemon.get());
        }
        try {
            // It was told to end, whether or not it came that far.
            Files.deleteIfExists(files.socket());
        } catch (IOException failure) {
            throw new UserSwitchException("remove " + files.socket() + ": " + failure.getMessage(), failure);
        }
    }

    /// Kills the daemon, as a fault would, and waits until it is gone with its lock.
    ///
    /// @return whether there was one
    public boolean kill() {
        Optional<ProcessHandle> daemon = holder();
        daemon.ifPresent(this::kill);
        return daemon.isPresent();
    }

    private void kill(ProcessHandle daemon) {
        daemon.destroyForcibly();
        if (!Processes.awaitEnd(daemon.pid(), END) || !isPutAway()) {
            throw new UserSwitchException("the daemon of " + lab + " does not end" + seeLog());
        }
    }

    /// The daemon: the process that has the lock, and has signed it. Empty if none has.
    private Optional<ProcessHandle> holder() {
        long end = System.nanoTime() + END.toNanos();
        while (files.isLocked()) {
            Optional<ProcessHandle> owner = files.owner();
            if (owner.isPresent()) {
                return owner;
            }
            if (System.nanoTime() > end) {
                throw new UserSwitchException(
                        "the daemon of " + lab + " cannot be found: it has not signed " + files.lock());
            }
            // It starts, and has taken the lock only; or it ends; or somebody else looks, too.
            pause();
        }
        return Optional.empty();
    }

    static void pause() {
        if (!Pause.of(POLL)) {
            throw new UserSwitchException("interrupted while waiting for a daemon");
        }
    }

    private String seeLog() {
        return "; see " + files.log();
    }

    /// Sends a request; empty if no daemon runs.
    private Optional<Reply> ask(Request request) {
        if (!Files.exists(files.socket())) {
            return Optional.empty();
        }
        FutureTask<Optional<Reply>> exchange = new FutureTask<>(() -> exchange(request));
        Thread thread =
                Thread.ofPlatform().daemon().name("netyard-daemon-request").start(exchange);
        try {
            Optional<Reply> reply = exchange.get(ANSWER.toMillis(), TimeUnit.MILLISECONDS);
            reply.flatMap(Reply::error).ifPresent(error -> {
                throw new UserSwitchException(error);
            });
            return reply;
        } catch (TimeoutException _) {
            thread.interrupt();
            throw new UserSwitchException("the daemon of " + lab + " does not answer" + seeLog());
        } catch (ExecutionException failure) {
            throw new UserSwitchException("the daemon of " + lab + " cannot be asked: " + failure.getCause(), failure);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            throw new UserSwitchException("interrupted while waiting for a daemon");
        }
    }

    private Optional<Reply> exchange(Request request) throws IOException {
        try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            try {
                channel.connect(UnixDomainSocketAddress.of(files.socket()));
            } catch (SocketException failure) {
                // The socket of one that died, which one that starts takes away.
                if (failure instanceof ConnectException || !Files.exists(files.socket())) {
                    return Optional.empty();
                }
                throw failure;
            }
            return answer(channel, request.write()).map(Reply::read);
        }
    }

    /// What it answers; empty if it died instead.
    private Optional<byte[]> answer(SocketChannel channel, byte[] request) throws IOException {
        try {
            Failpoint.pass("daemon.ask");
            Exchange.writeAll(channel, request);
            Failpoint.pass("daemon.asked");
            byte[] reply = Exchange.readAll(channel);
            if (reply.length == 0) {
                throw new EOFException("it hung up");
            }
            return Optional.of(reply);
        } catch (IOException failure) {
            if (!isPutAway()) {
                throw failure;
            }
            return Optional.empty();
        }
    }

    /// The kernel lets go of a dead process's lock and socket after its memory: until then one that was
    /// killed takes connections.
    private boolean isPutAway() {
        long end = System.nanoTime() + DEATH.toNanos();
        while (files.isLocked()) {
            if (System.nanoTime() > end) {
                return false;
            }
            pause();
        }
        return true;
    }
}
