package io.netyard.vswitch.device;

import io.netty.channel.IoEventLoop;
import io.netyard.linux.Errno;
import io.netyard.linux.LinuxException;
import io.netyard.linux.NetworkNamespace;
import io.netyard.linux.PacketOptions;
import io.netyard.linux.PacketRing;
import io.netyard.linux.TunnelSocket;
import io.netyard.net.InterfaceName;
import io.netyard.net.IpAddress;
import io.netyard.vlan.frame.Memory;
import io.netyard.vswitch.port.Burst;
import io.netyard.vswitch.port.Offload;
import io.netyard.vswitch.port.Port;
import io.netyard.vswitch.port.PortContext;
import io.netyard.vswitch.port.PortCounters;
import io.netyard.vswitch.tunnel.Datagrams;
import io.netyard.vswitch.tunnel.Underlay;
import io.netyard.vxlan.TunnelHeader;
import io.netyard.vxlan.VtepTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Carries the datagrams of VXLAN or NVGRE through IP of a namespace, in bursts. When sending, the kernel
/// does what it does for all its packets: routes, neighbours, path MTUs. What comes in is met before the
/// kernel's UDP or GRE, with what is known of it there: a TCP segment of 64 KiB that the sender's kernel
/// left uncut within the tunnel goes on uncut through the switch, and one without a checksum gets it where
/// it leaves.
public final class IpUnderlay implements Underlay {
    /// The port of VXLAN (RFC 7348 section 5).
    public static final int VXLAN_PORT = TunnelHeader.VXLAN_PORT;

    private static final int BURSTS_PER_TURN = 8;
    private static final int RING = 2 << 20;

    /// `VIRTIO_NET_HDR_F_DATA_VALID`: the device has verified the checksum.
    private static final int VERIFIED = 2;

    private static final PacketOptions PACKETS =
            new PacketOptions(PacketOptions.Delivery.IMMEDIATE, true, false, Port.HEAD_ROOM, RING);

    private final TunnelSocket socket;
    private final Place place;
    private final OuterPacket packet;
    private final PortCounters counters = new PortCounters();
    private final TransmitErrors errors = new TransmitErrors(counters);
    private final Datagrams received = new Datagrams();
    private final List<IpAddress> groups = new ArrayList<>();
    private final long localHigh;
    private final long localLow;
    private final DeviceWatch watch = new DeviceWatch();

    private IpUnderlay(TunnelSocket socket, Place place) {
        this.socket = socket;
        this.place = place;
        this.packet = new OuterPacket(place.header, place.isIpv6, place.port);
        this.localHigh = place.local.map(VtepTable::high).orElse(0L);
        this.localLow = place.local.map(VtepTable::low).orElse(0L);
    }

    /// Where datagrams are sent from and received.
    ///
    /// @param header which protocol
    /// @param isIpv6 whether in packets of IPv6
    /// @param device the interface that packets leave by: groups are joined on it, and its MTU counts;
    ///     empty to leave it to the route
    /// @param local the address to send from and to receive at; empty to send from what the route says and
    ///     receive at all
    /// @param port of UDP, at both ends; 0 for NVGRE
    public record Place(
            TunnelHeader header, boolean isIpv6, Optional<InterfaceName> device, Optional<IpAddress> local, int port) {
        /// VXLAN on its assigned port.
        public static Place vxlan(InterfaceName device, IpAddress local) {
            return new Place(TunnelHeader.VXLAN, !local.isV4(), Optional.of(device), Optional.of(local), VXLAN_PORT);
        }

        /// NVGRE.
        public static Place nvgre(InterfaceName device, IpAddress local) {
            return new Place(TunnelHeader.NVGRE, !local.isV4(), Optional.of(device), Optional.of(local), 0);
        }

        private TunnelSocket.Settings settings() {
            int protocol = header == TunnelHeader.VXLAN ? TunnelSocket.UDP : TunnelSocket.GRE;
            return new TunnelSocket.Settings(isIpv6, device, local, protocol, port);
        }
    }

    /// Opens the sockets. The underlay owns them until it is closed, opened or not.
    ///
    /// @param namespace of the underlay; not needed any more afterwards
    /// @throws LinuxException if address or interface are not there
    public static IpUnderlay open(NetworkNamespace namespace, Place place) {
        return new IpUnderlay(TunnelSocket.open(namespace, place.settings(), Burst.CAPACITY, PACKETS), place);
    }

    @Override
    public boolean isIpv6() {
        return place.isIpv6;
    }

    @Override
    public int mtu() {
        return socket.mtu();
    }

    @Override
    public PortCounters counters() {
        return counters;
    }

    @Override
    public void open(Context context) {
        try {
            watch.start(socket.descriptor(), new Watching(context), () -> read(context), () -> check(context));
        } catch (RuntimeException failure) {
            close();
            throw failure;
        }
    }

    private void check(Context context) {
        counters.receiveDropsAre(socket.statistics().missed());
        if (!isAttached()) {
            watch.close();
            context.failed(new LinuxException("the underlay of tunnels, " + device() + ", went away", Errno.ENODEV));
        }
    }

    private String device() {
        return place.device.map(InterfaceName::value).orElse("any interface");
    }

    /// Whether its device is still there.
    public boolean isAttached() {
        return socket.isAttached();
    }

    private void read(Context context) {
        PacketRing ring = socket.ring();
        boolean found = false;
        for (int turn = 0; turn < BURSTS_PER_TURN && fill(ring); turn++) {
            found = true;
            if (received.size() != 0) {
                context.receive(received);
                received.clear();
            }
            if (!watch.isOpen()) {
                return;
            }
            ring.release();
        }
        if (!found) {
            socket.takeError();
        }
    }

    /// Collects a burst.
    ///
    /// @return whether there was a packet, good or bad
    private boolean fill(PacketRing ring) {
        boolean found = false;
        while (!received.isFull() && ring.next()) {
            found = true;
            long frame = ring.address();
            int network = ring.networkOffset();
            if (ring.isTruncated() || !packet.open(frame + network, ring.length() - network)) {
                counters.addReceiveErrors(1);
            } else if (isForUs()) {
                take(frame);
            }
        }
        return found;
    }

    private boolean isForUs() {
        if (packet.isToGroup()) {
            for (int at = 0; at < groups.size(); at++) {
                IpAddress group = groups.get(at);
                if (VtepTable.low(group) == packet.targetLow() && VtepTable.high(group) == packet.targetHigh()) {
                    return true;
                }
            }
            return false;
        }
        return place.local.isEmpty() || packet.targetLow() == localLow && packet.targetHigh() == localHigh;
    }

    private void take(long frame) {
        long virtio = frame - Offload.VIRTIO_LENGTH;
        long offload = Offload.readVirtio(virtio);
        boolean isWhole = offload == Offload.NONE && (Memory.getByte(virtio) & VERIFIED) == 0;
        if (offload == Offload.UNKNOWN
                || (Offload.kinds(offload) & Offload.UDP) != 0
                || isWhole && !packet.isIntact()) {
            counters.addReceiveErrors(1);
            return;
        }
        received.addReceived(
                packet.datagram(),
                packet.length(),
                packet.sourceHigh(),
                packet.sourceLow(),
                packet.trafficClass(),
                within(offload, (int) (packet.datagram() - frame) + TunnelHeader.LENGTH));
    }

    /// What of a packet's undone work concerns the frame within.
    ///
    /// @param start where that begins
    private static long within(long offload, int start) {
        boolean isWithin = Offload.isSegmented(offload) || Offload.checksumStart(offload) > start;
        return isWithin ? Offload.moved(offload, -start) : Offload.NONE;
    }

    @Override
    public void join(IpAddress group) {
        socket.join(group);
        groups.add(group);
    }

    @Override
    public void leave(IpAddress group) {
        groups.remove(group);
        socket.leave(group);
    }

    @Override
    public int send(Datagrams datagrams) {
        if (!watch.isOpen()) {
            return 0;
        }
        int sent = 0;
        for (int at = 0; at < datagrams.size(); at++) {
            socket.next(
                    datagrams.remoteHigh(at), datagrams.remoteLow(at), datagrams.trafficClass(at), datagrams.ttl(at));
            socket.add(datagrams.address(at), datagrams.length(at), datagrams.sourcePort(at));
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
        watch.close();
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
