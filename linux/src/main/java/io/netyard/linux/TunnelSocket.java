package io.netyard.linux;

import io.netyard.net.InterfaceName;
import io.netyard.net.IpAddress;
import io.netyard.net.Ipv4Address;
import io.netyard.net.Ipv6Address;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// The sockets of a tunnel's end in a namespace.
///
/// - A packet socket receives: it alone tells of segments that are not cut yet and of checksums that are
///   not complete, which packets from the same machine have within a tunnel too.
/// - A raw socket sends bursts (sendmmsg(2)): the kernel makes the IP header and looks the route up. The
///   UDP header is ours, so that each datagram can have a source port of its own. Packets are never
///   fragmented.
/// - A socket that takes nothing has the UDP port, so that the kernel does not refuse what comes in for it.
///   Where the port is taken, by the kernel's own VXLAN for example, both see what comes in.
///
/// Used by one thread at a time. Closing frees its memory: no address from it may be touched afterwards.
public final class TunnelSocket implements AutoCloseable {
    /// IP protocol of UDP.
    public static final int UDP = 17;

    /// IP protocol of GRE.
    public static final int GRE = 47;

    /// Bytes before the payload that [#add] writes the UDP header to.
    public static final int UDP_HEADER = 8;

    private static final int SOL_SOCKET = 1;
    private static final int SO_BINDTODEVICE = 25;
    private static final int SO_SNDBUFFORCE = 32;
    private static final int BUFFER = 8 << 20;
    private static final int SOL_IP = 0;
    private static final int IP_TOS = 1;
    private static final int IP_TTL = 2;
    private static final int IP_MTU_DISCOVER = 10;
    private static final int IP_MULTICAST_LOOP = 34;
    private static final int IP_ADD_MEMBERSHIP = 35;
    private static final int IP_DROP_MEMBERSHIP = 36;
    private static final int SOL_IPV6 = 41;
    private static final int IPV6_CHECKSUM = 7;
    private static final int IPV6_MULTICAST_LOOP = 19;
    private static final int IPV6_JOIN_GROUP = 20;
    private static final int IPV6_LEAVE_GROUP = 21;
    private static final int IPV6_MTU_DISCOVER = 23;
    private static final int IPV6_V6ONLY = 26;
    private static final int IPV6_HOPLIMIT = 52;
    private static final int IPV6_TCLASS = 67;
    private static final int PMTUDISC_DO = 2;
    private static final int UDP_CHECKSUM_OFFSET = 6;
    private static final int SOCKADDR_IN = 16;
    private static final int SOCKADDR_IN6 = 28;
    private static final int PLACE = 32;

    /// A control message with a number: header 16, number 4, padding 4.
    private static final int CONTROL = 24;

    private static final int CONTROL_HEADER = 16;
    private static final int MOST_MTU = 65_535;

    private final Settings settings;
    private final Socket sending;
    private final Optional<Socket> guarding;
    private final PacketReceiver receiving;
    private final int index;
    private final int mtu;
    private final NativeMemory targets;
    private final MessageVector out;

    private TunnelSocket(
            Settings settings, Socket sending, Optional<Socket> guarding, PacketReceiver receiving, int burst) {
        this.settings = settings;
        this.sending = sending;
        this.guarding = guarding;
        this.receiving = receiving;
        this.index =
                settings.device.map(device -> Interface.index(sending, device)).orElse(0);
        this.mtu = settings.device.map(device -> Interface.mtu(sending, device)).orElse(MOST_MTU);
        this.targets = NativeMemory.allocate((long) burst * PLACE);
        this.out = vector(burst, targets);
        for (int number = 0; number < burst; number++) {
            control(out.control(number), settings.isIpv6 ? IPV6_HOPLIMIT : IP_TTL);
            control(out.control(number) + CONTROL, settings.isIpv6 ? IPV6_TCLASS : IP_TOS);
            NativeMemory.putShort(target(number), settings.family());
        }
    }

    private static MessageVector vector(int burst, NativeMemory targets) {
        try {
            return new MessageVector(burst, 2 * CONTROL);
        } catch (RuntimeException | Error failure) {
            targets.close();
            throw failure;
        }
    }

    /// What it sends and receives.
    ///
    /// @param isIpv6 whether packets of IPv6, else those of IPv4
    /// @param device the interface that packets leave by and groups are joined on; empty to leave it to the
    ///     route
    /// @param local the address to send from; empty to leave it to the route
    /// @param protocol [#UDP] or [#GRE]
    /// @param port of UDP, at both ends, 1 to 65,535; 0 for GRE
    public record Settings(
            boolean isIpv6, Optional<InterfaceName> device, Optional<IpAddress> local, int protocol, int port) {
        private int family() {
            return isIpv6 ? Socket.AF_INET6 : Socket.AF_INET;
        }

        private IpAddress localOrAny() {
            return local.orElse(isIpv6 ? new Ipv6Address(0, 0) : new Ipv4Address(0));
        }
    }

    private void control(long address, int type) {
        NativeMemory.putLong(address, CONTROL_HEADER + Integer.BYTES);
        NativeMemory.putInt(address + 8, settings.isIpv6 ? SOL_IPV6 : SOL_IP);
        NativeMemory.putInt(address + 12, type);
    }

    private long target(int number) {
        return targets.address() + (long) number * PLACE;
    }

    /// Opens the sockets in a namespace.
    ///
    /// @param burst datagrams sent in a system call, 1 to 1024
    /// @param options of receiving
    /// @throws LinuxException `EADDRNOTAVAIL` if the address is not of the namespace; `ENODEV` if there is
    ///     no such interface
    public static TunnelSocket open(NetworkNamespace namespace, Settings settings, int burst, PacketOptions options) {
        Socket sending = namespace.socket(settings.family(), Socket.SOCK_RAW, settings.protocol);
        try {
            prepareToSend(sending, settings);
            return open(namespace, settings, sending, burst, options);
        } catch (RuntimeException | Error failure) {
            sending.close();
            throw failure;
        }
    }

    private static TunnelSocket open(
            NetworkNamespace namespace, Settings settings, Socket sending, int burst, PacketOptions options) {
        Optional<Socket> guarding = settings.protocol == UDP ? guard(namespace, settings) : Optional.empty();
        try {
            PacketReceiver receiving =
                    PacketReceiver.ofHost(namespace, settings.isIpv6, settings.protocol, settings.port, options);
            try {
                return new TunnelSocket(settings, sending, guarding, receiving, burst);
            } catch (RuntimeException | Error failure) {
                receiving.close();
                throw failure;
            }
        } catch (RuntimeException | Error failure) {
            guarding.ifPresent(Socket::close);
            throw failure;
        }
    }

    private static Optional<Socket> guard(NetworkNamespace namespace, Settings settings) {
        Socket guarding = namespace.socket(settings.family(), Socket.SOCK_DGRAM, UDP);
        try {
            SocketFilter.none().attachTo(guarding);
            if (settings.isIpv6) {
                guarding.setOption(SOL_IPV6, IPV6_V6ONLY, 1);
            }
            guarding.bind(name(settings.localOrAny(), settings.port));
            return Optional.of(guarding);
        } catch (LinuxException failure) {
            guarding.close();
            if (failure.errno() == Errno.EADDRINUSE) {
                return Optional.empty();
            }
            throw failure;
        } catch (RuntimeException | Error failure) {
            guarding.close();
            throw failure;
        }
    }

    private static void prepareToSend(Socket sending, Settings settings) {
        // It would also get a copy of every packet of its protocol.
        SocketFilter.none().attachTo(sending);
        sending.setOption(SOL_SOCKET, SO_SNDBUFFORCE, BUFFER);
        if (settings.isIpv6) {
            if (settings.protocol == UDP) {
                sending.setOption(SOL_IPV6, IPV6_CHECKSUM, UDP_CHECKSUM_OFFSET);
            }
            sending.setOption(SOL_IPV6, IPV6_MTU_DISCOVER, PMTUDISC_DO);
            sending.setOption(SOL_IPV6, IPV6_MULTICAST_LOOP, 0);
        } else {
            sending.setOption(SOL_IP, IP_MTU_DISCOVER, PMTUDISC_DO);
            sending.setOption(SOL_IP, IP_MULTICAST_LOOP, 0);
        }
        settings.device.ifPresent(device ->
                sending.setOption(SOL_SOCKET, SO_BINDTODEVICE, device.value().getBytes(StandardCharsets.UTF_8)));
        sending.bind(name(settings.localOrAny(), 0));
    }

    /// The `sockaddr` of an address and a port.
    private static byte[] name(IpAddress address, int port) {
        boolean isIpv6 = address instanceof Ipv6Address;
        ByteBuffer name = ByteBuffer.allocate(isIpv6 ? SOCKADDR_IN6 : SOCKADDR_IN)
                .order(ByteOrder.nativeOrder())
                .putShort((short) (isIpv6 ? Socket.AF_INET6 : Socket.AF_INET))
                .order(ByteOrder.BIG_ENDIAN)
                .putShort((short) port);
        name.position(isIpv6 ? 8 : 4);
        return name.put(address.toBytes()).array();
    }

    /// Receives what is sent to a group as well, on its device or on the one that the route says.
    public void join(IpAddress group) {
        changeMembership(group, settings.isIpv6 ? IPV6_JOIN_GROUP : IP_ADD_MEMBERSHIP);
    }

    /// Takes [#join] back.
    public void leave(IpAddress group) {
        changeMembership(group, settings.isIpv6 ? IPV6_LEAVE_GROUP : IP_DROP_MEMBERSHIP);
    }

    private void changeMembership(IpAddress group, int option) {
        ByteBuffer request = ByteBuffer.allocate(settings.isIpv6 ? 20 : 12).order(ByteOrder.nativeOrder());
        request.put(group.toBytes());
        if (!settings.isIpv6) {
            request.put(settings.localOrAny().toBytes());
        }
        sending.setOption(
                settings.isIpv6 ? SOL_IPV6 : SOL_IP,
                option,
                request.putInt(index).array());
    }

    /// The packets that came in. They begin with the header of their link.
    public PacketRing ring() {
        return receiving.ring();
    }

    /// Counts of what came in, see [PacketSocket#statistics].
    public PacketSocket.Statistics statistics() {
        return receiving.statistics();
    }

    /// Takes the error that the receiving socket reports to whoever polls it; 0 if there is none.
    public int takeError() {
        return receiving.takeError();
    }

    /// Whether the burst to send has to be sent before another datagram fits.
    public boolean isFull() {
        return out.isFull();
    }

    /// Adds a payload to the burst to send. Over UDP it writes the UDP header before it.
    ///
    /// @param payload its address; it and the 8 bytes before it have to stay until it is sent
    /// @param sourcePort of UDP
    public void add(long payload, int length, int sourcePort) {
        int header = settings.protocol == UDP ? UDP_HEADER : 0;
        if (header != 0) {
            long at = payload - header;
            NativeMemory.putShort(at, networkOrder((short) sourcePort));
            NativeMemory.putShort(at + 2, networkOrder((short) settings.port));
            NativeMemory.putShort(at + 4, networkOrder((short) (length + header)));
            // No checksum in IPv4 (RFC 7348 section 4); in IPv6 the kernel fills it in.
            NativeMemory.putShort(at + UDP_CHECKSUM_OFFSET, 0);
        }
        int nameLength = settings.isIpv6 ? SOCKADDR_IN6 : SOCKADDR_IN;
        out.add(payload - header, length + header, target(out.count()), nameLength);
    }

    /// Says where the datagram that is added next goes, and with what header.
    ///
    /// @param high half of the address; of IPv4 it is of no matter
    /// @param low half of the address; of IPv4 the address is in its lower half
    /// @param trafficClass DSCP and ECN, 0 to 255
    /// @param ttl hop limit, 1 to 255
    public void next(long high, long low, int trafficClass, int ttl) {
        long name = target(out.count());
        if (settings.isIpv6) {
            NativeMemory.putLong(name + 8, networkOrder(high));
            NativeMemory.putLong(name + 16, networkOrder(low));
        } else {
            NativeMemory.putInt(name + 4, networkOrder((int) low));
        }
        long control = out.control(out.count());
        NativeMemory.putInt(control + CONTROL_HEADER, ttl);
        NativeMemory.putInt(control + CONTROL + CONTROL_HEADER, trafficClass);
    }

    private static long networkOrder(long value) {
        return ByteOrder.nativeOrder() == ByteOrder.BIG_ENDIAN ? value : Long.reverseBytes(value);
    }

    private static int networkOrder(int value) {
        return ByteOrder.nativeOrder() == ByteOrder.BIG_ENDIAN ? value : Integer.reverseBytes(value);
    }

    private static short networkOrder(short value) {
        return ByteOrder.nativeOrder() == ByteOrder.BIG_ENDIAN ? value : Short.reverseBytes(value);
    }

    /// Sends the burst.
    ///
    /// @return datagrams sent
    public int send() {
        return out.send(sending.descriptor().number());
    }

    /// Datagrams that the kernel refused at the last sending: too long for the path, or without a route.
    public int refused() {
        return out.refused();
    }

    /// Why it refused the last of them; 0 if it refused none.
    public int errno() {
        return out.errno();
    }

    /// The MTU of its device when it was opened, in bytes; 65,535 without a device.
    public int mtu() {
        return mtu;
    }

    /// Whether its device is still there.
    public boolean isAttached() {
        try {
            return settings.device.isEmpty() || Interface.index(sending, settings.device.get()) == index;
        } catch (LinuxException _) {
            return false;
        }
    }

    /// The descriptor's number, to be watched by an event loop: readable when a packet is there. The socket
    /// keeps it.
    public int descriptor() {
        return receiving.descriptor();
    }

    @Override
    public void close() {
        receiving.close();
        guarding.ifPresent(Socket::close);
        sending.close();
        targets.close();
        out.close();
    }
}
