package io.netyard.topology.check;

import io.netyard.linux.Errno;
import io.netyard.linux.LinuxException;
import io.netyard.linux.NetworkNamespace;
import io.netyard.linux.Pause;
import io.netyard.linux.Socket;
import io.netyard.net.IpAddress;
import io.netyard.netlink.route.Neighbor;
import io.netyard.netlink.route.RouteClient;
import io.netyard.topology.model.Check;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.BitSet;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

/// Echo requests from one namespace to one address. Used once, by one thread.
final class Probe implements AutoCloseable {
    private static final int ICMP = 1;
    private static final int ICMPV6 = 58;
    private static final int SOL_IP = 0;
    private static final int IP_MTU_DISCOVER = 10;
    private static final int SOL_IPV6 = 41;
    private static final int IPV6_MTU_DISCOVER = 23;
    private static final int IPV6_DONTFRAG = 62;
    private static final int PMTUDISC_DO = 2;
    private static final int LARGEST = 66_000;

    private final NetworkNamespace namespace;
    private final IpAddress target;
    private final Socket socket;
    private final int identifier = ThreadLocalRandom.current().nextInt(1 << 16);
    private final ByteBuffer request = Socket.buffer(LARGEST);
    private final ByteBuffer received = Socket.buffer(LARGEST);
    private final BitSet unanswered = new BitSet();
    private Optional<String> refusal = Optional.empty();

    Probe(NetworkNamespace namespace, IpAddress target, boolean dontFragment) {
        this.namespace = namespace;
        this.target = target;
        boolean ipv4 = target.isV4();
        this.socket = namespace.socket(ipv4 ? Socket.AF_INET : Socket.AF_INET6, Socket.SOCK_RAW, ipv4 ? ICMP : ICMPV6);
        if (dontFragment && ipv4) {
            socket.setOption(SOL_IP, IP_MTU_DISCOVER, PMTUDISC_DO);
        } else if (dontFragment) {
            socket.setOption(SOL_IPV6, IPV6_MTU_DISCOVER, PMTUDISC_DO);
            socket.setOption(SOL_IPV6, IPV6_DONTFRAG, 1);
        }
    }

    /// Sends requests until `check.count()` were answered, or the time is over. Those that are lost are
    /// sent again.
    ///
    /// @return empty if all were answered, or why not
    Optional<String> reach(Check check, Duration limit, Duration each) {
        long end = System.nanoTime() + limit.toNanos();
        int answered = 0;
        int sent = 0;
        while (answered < check.count() && System.nanoTime() < end) {
            Optional<String> failure = send(++sent, check);
            if (failure.isPresent()) {
                refusal = failure;
                Pause.of(each);
            } else {
                unanswered.set(sent & 0xffff);
                answered += awaitReply(each) ? 1 : 0;
            }
        }
        return answered == check.count()
                ? Optional.empty()
                : Optional.of(answered + " of " + check.count()
                        + (check.count() == 1 ? " echo request to " : " echo requests to ") + target
                        + (check.count() == 1 ? " was" : " were") + " answered"
                        + refusal.or(this::silence).map(why -> "; " + why).orElse(""));
    }

    private Optional<String> send(int sequence, Check check) {
        Echo.writeRequest(request, target.isV4(), identifier, sequence, check.size());
        try {
            socket.sendTo(request, address());
            return Optional.empty();
        } catch (LinuxException failure) {
            return Optional.of(
                    switch (failure.errno()) {
                        case ENETUNREACH -> check.from() + " has no route to " + target;
                        case EMSGSIZE -> "the packet is larger than the path carries, as " + check.from() + " knows it";
                        default -> failure.errno().text();
                    });
        }
    }

    /// `struct sockaddr_in`, `struct sockaddr_in6`.
    private byte[] address() {
        ByteBuffer address = ByteBuffer.allocate(target.isV4() ? 16 : 28).order(ByteOrder.nativeOrder());
        address.putShort((short) (target.isV4() ? Socket.AF_INET : Socket.AF_INET6));
        address.put(target.isV4() ? 4 : 8, target.toBytes());
        return address.array();
    }

    /// A late answer to an earlier request counts as well.
    private boolean awaitReply(Duration limit) {
        long end = System.nanoTime() + limit.toNanos();
        while (socket.await(Duration.ofNanos(Math.max(0, end - System.nanoTime())))) {
            int length = receive();
            Optional<Echo.Answer> answer = length < 0
                    ? Optional.empty()
                    : target.isV4()
                            ? Echo.readIpv4(received, length, identifier)
                            : Echo.readIpv6(received, length, identifier);
            if (answer.isPresent()) {
                switch (answer.get()) {
                    case Echo.Reply reply -> {
                        if (unanswered.get(reply.sequence())) {
                            unanswered.clear(reply.sequence());
                            return true;
                        }
                    }
                    case Echo.Refusal refused -> refusal = Optional.of(sender() + " says: " + refused.reason());
                }
            }
        }
        return false;
    }

    /// Who sent what was received last.
    private IpAddress sender() {
        byte[] address = new byte[target.isV4() ? 4 : 16];
        socket.sender().get(target.isV4() ? 4 : 8, address);
        return IpAddress.ofBytes(address);
    }

    /// Errors of earlier requests come out of the next system call.
    private int receive() {
        try {
            return Math.min(socket.receive(received), received.capacity());
        } catch (LinuxException failure) {
            if (failure.errno() == Errno.EHOSTUNREACH || failure.errno() == Errno.ENETUNREACH) {
                return -1;
            }
            throw failure;
        }
    }

    /// Why nothing came back, as far as the neighbour table tells.
    private Optional<String> silence() {
        try (RouteClient client = RouteClient.in(namespace)) {
            return client.neighbors().stream()
                    .filter(neighbor -> neighbor.destination().equals(Optional.of(target)))
                    .filter(neighbor -> neighbor.mac().isEmpty() || (neighbor.state() & Neighbor.FAILED) != 0)
                    .findFirst()
                    .map(_ -> target + " does not answer " + (target.isV4() ? "ARP" : "neighbour discovery"));
        }
    }

    @Override
    public void close() {
        socket.close();
    }
}
