package io.netyard.vswitch.device;

import io.netty.channel.IoEventLoop;
import io.netyard.linux.NetworkNamespace;
import io.netyard.linux.UdpSocket;
import io.netyard.net.InterfaceName;
import io.netyard.net.IpAddress;
import io.netyard.vswitch.port.Burst;
import io.netyard.vswitch.port.Port;
import io.netyard.vswitch.port.PortContext;
import io.netyard.vswitch.port.PortCounters;
import io.netyard.vswitch.port.ReadableDescriptor;
import io.netyard.vswitch.tunnel.Datagrams;
import io.netyard.vswitch.tunnel.Underlay;
import org.jspecify.annotations.Nullable;

/// Carries the datagrams of VXLAN through UDP of a namespace, in bursts. The kernel does what it does for
/// all its packets: routes, neighbours, path MTUs.
public final class UdpUnderlay implements Underlay {
    /// The port of VXLAN (RFC 7348 section 5).
    public static final int VXLAN_PORT = 4789;

    private static final int BURSTS_PER_TURN = 8;
    private static final int LARGEST = 9216;

    private final UdpSocket socket;
    private final int port;
    private final int mtu;
    private final boolean isIpv6;
    private final PortCounters counters = new PortCounters();
    private final TransmitErrors errors = new TransmitErrors(counters);
    private final Datagrams received = new Datagrams();
    private @Nullable ReadableDescriptor readable;

    private UdpUnderlay(UdpSocket socket, IpAddress local, int port, int mtu) {
        this.socket = socket;
        this.isIpv6 = !local.isV4();
        this.port = port;
        this.mtu = mtu;
    }

    /// Opens the sockets. The underlay owns them until it is closed, opened or not.
    ///
    /// @param namespace of the underlay; not needed any more afterwards
    /// @param device the interface of the underlay: groups are joined on it, and its MTU counts
    /// @param local the address to send from
    /// @param port of UDP, at both ends
    public static UdpUnderlay open(NetworkNamespace namespace, InterfaceName device, IpAddress local, int port) {
        UdpSocket.Room room = new UdpSocket.Room(Burst.CAPACITY, LARGEST, Port.HEAD_ROOM);
        UdpSocket socket = UdpSocket.open(namespace, device, local, port, room);
        return new UdpUnderlay(socket, local, port, Math.min(socket.mtu(), LARGEST));
    }

    @Override
    public boolean isIpv6() {
        return isIpv6;
    }

    @Override
    public int mtu() {
        return mtu;
    }

    @Override
    public PortCounters counters() {
        return counters;
    }

    @Override
    public void open(Context context) {
        try {
            readable = ReadableDescriptor.watch(socket.descriptor(), new Watching(context), () -> read(context));
        } catch (RuntimeException failure) {
            close();
            throw failure;
        }
    }

    private void read(Context context) {
        for (int turn = 0; turn < BURSTS_PER_TURN && readable != null; turn++) {
            int count = socket.receive();
            if (count == 0) {
                return;
            }
            for (int at = 0; at < count; at++) {
                if (socket.isTruncated(at)) {
                    counters.addReceiveErrors(1);
                } else {
                    received.add(
                            socket.address(at),
                            socket.length(at),
                            socket.remoteHigh(at),
                            socket.remoteLow(at),
                            socket.trafficClass(at));
                }
            }
            context.receive(received);
            received.clear();
        }
    }

    @Override
    public void join(IpAddress group) {
        socket.join(group);
    }

    @Override
    public int send(Datagrams datagrams) {
        if (readable == null) {
            return 0;
        }
        int sent = 0;
        for (int at = 0; at < datagrams.size(); at++) {
            socket.next(
                    datagrams.remoteHigh(at), datagrams.remoteLow(at), datagrams.trafficClass(at), datagrams.ttl(at));
            socket.add(datagrams.address(at), datagrams.length(at), datagrams.sourcePort(at), port);
            if (socket.isFull()) {
                sent += flush();
            }
        }
        return sent + flush();
    }

    private int flush() {
        int sent = socket.send();
        if (socket.refused() > 0) {
            errors.count(socket.refused(), socket.errno());
        }
        return sent;
    }

    @Override
    public void close() {
        ReadableDescriptor closing = readable;
        readable = null;
        if (closing != null) {
            closing.close();
        }
        socket.close();
    }

    /// Tells the tunnels of a failure of the descriptor.
    private record Watching(Context tunnels) implements PortContext {
        @Override
        public IoEventLoop loop() {
            return tunnels.loop();
        }

        @Override
        public void receive(Burst burst) {
            throw new IllegalStateException("an underlay receives datagrams");
        }

        @Override
        public void failed(Throwable cause) {
            tunnels.failed(cause);
        }
    }
}
