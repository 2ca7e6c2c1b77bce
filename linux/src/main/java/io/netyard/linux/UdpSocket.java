package io.netyard.linux;

import io.netyard.net.InterfaceName;
import io.netyard.net.IpAddress;
import io.netyard.net.Ipv4Address;
import io.netyard.net.Ipv6Address;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/// The two sockets of a tunnel's end: one receives the datagrams of a port in bursts (recvmmsg(2)), the
/// other sends bursts of datagrams (sendmmsg(2)), each with a source port of its own, so that equal-cost
/// paths and receive queues take different flows. The sender is a raw socket: the kernel makes the IP
/// header and looks the route up, the UDP header is ours. Datagrams are never fragmented.
///
/// Used by one thread at a time. Closing frees its memory: no address from it may be touched afterwards.
public final class UdpSocket implements AutoCloseable {
    /// Bytes before the payload that [#add] writes the UDP header to.
    public static final int UDP_HEADER = 8;

    private static final int IPPROTO_UDP = 17;
    private static final int SOL_SOCKET = 1;
    private static final int SO_ATTACH_FILTER = 26;
    private static final int SO_SNDBUFFORCE = 32;
    private static final int SO_RCVBUFFORCE = 33;
    private static final int BUFFER = 8 << 20;
    private static final int SOL_IP = 0;
    private static final int IP_TOS = 1;
    private static final int IP_TTL = 2;
    private static final int IP_MTU_DISCOVER = 10;
    private static final int IP_RECVTOS = 13;
    private static final int IP_MULTICAST_LOOP = 34;
    private static final int IP_ADD_MEMBERSHIP = 35;
    private static final int SOL_IPV6 = 41;
    private static final int IPV6_CHECKSUM = 7;
    private static final int IPV6_MULTICAST_LOOP = 19;
    private static final int IPV6_JOIN_GROUP = 20;
    private static final int IPV6_MTU_DISCOVER = 23;
    private static final int IPV6_V6ONLY = 26;
    private static final int IPV6_HOPLIMIT = 52;
    private static final int IPV6_RECVTCLASS = 66;
    private static final int IPV6_TCLASS = 67;
    private static final int PMTUDISC_DO = 2;
    private static final int UDP_CHECKSUM_OFFSET = 6;
    private static final int SOCKADDR_IN = 16;
    private static final int SOCKADDR_IN6 = 28;
    private static final int PLACE = 32;

    /// A control message with a number: header 16, number 4, padding 4.
    private static final int CONTROL = 24;

    private static final int CONTROL_HEADER = 16;
    private static final int MAPPED = 0xffff;

    private final Socket receiving;
    private final Socket sending;
    private final boolean isIpv6;
    private final int burst;
    private final int slot;
    private final int headRoom;
    private final NativeMemory memory;
    private final NativeMemory senders;
    private final NativeMemory targets;
    private final IpAddress local;
    private final int index;
    private final int mtu;
    private final MessageVector in;
    private final MessageVector out;

    private UdpSocket(Socket receiving, Socket sending, IpAddress local, int index, int mtu, Room room) {
        this.receiving = receiving;
        this.sending = sending;
        this.local = local;
        this.index = index;
        this.mtu = mtu;
        this.isIpv6 = local instanceof Ipv6Address;
        this.burst = room.burst;
        this.headRoom = room.headRoom;
        this.slot = room.headRoom + room.largest;
        this.memory = NativeMemory.allocate((long) burst * slot);
        this.senders = NativeMemory.allocate((long) burst * PLACE);
        this.targets = NativeMemory.allocate((long) burst * PLACE);
        this.in = new MessageVector(burst, CONTROL);
        this.out = new MessageVector(burst, 2 * CONTROL);
        in.prepareToReceive(memory.address() + headRoom, room.largest, slot, senders.address(), PLACE);
        for (int number = 0; number < burst; number++) {
            control(out.control(number), isIpv6 ? IPV6_HOPLIMIT : IP_TTL);
            control(out.control(number) + CONTROL, isIpv6 ? IPV6_TCLASS : IP_TOS);
            NativeMemory.putShort(target(number), isIpv6 ? Socket.AF_INET6 : Socket.AF_INET);
        }
    }

    private void control(long address, int type) {
        NativeMemory.putLong(address, CONTROL_HEADER + Integer.BYTES);
        NativeMemory.putInt(address + 8, isIpv6 ? SOL_IPV6 : SOL_IP);
        NativeMemory.putInt(address + 12, type);
    }

    private long target(int number) {
        return targets.address() + (long) number * PLACE;
    }

    private long sender(int number) {
        return senders.address() + (long) number * PLACE;
    }

    /// Memory for datagrams that come in.
    ///
    /// @param burst datagrams received or sent in a system call, 1 to 1024
    /// @param largest bytes of a payload; longer ones are cut off
    /// @param headRoom bytes that may be written before each payload
    public record Room(int burst, int largest, int headRoom) {}

    /// Opens both sockets in a namespace.
    ///
    /// @param device the interface that groups are joined on
    /// @param local the address to receive at and to send from
    /// @param port to receive at, 1 to 65,535
    /// @throws LinuxException `EADDRINUSE` if the port is taken, by the kernel's own VXLAN device too;
    ///     `EADDRNOTAVAIL` if the address is not of the namespace; `ENODEV` if there is no such interface
    public static UdpSocket open(
            NetworkNamespace namespace, InterfaceName device, IpAddress local, int port, Room room) {
        boolean isIpv6 = local instanceof Ipv6Address;
        int family = isIpv6 ? Socket.AF_INET6 : Socket.AF_INET;
        Socket receiving = namespace.socket(family, Socket.SOCK_DGRAM, IPPROTO_UDP);
        try {
            int index = Interface.index(receiving, device);
            prepareToReceive(receiving, isIpv6);
            // The wildcard: datagrams for groups have to arrive as well.
            receiving.bind(name(isIpv6 ? new Ipv6Address(0, 0) : new Ipv4Address(0), port));
            Socket sending = namespace.socket(family, Socket.SOCK_RAW, IPPROTO_UDP);
            try {
                prepareToSend(sending, isIpv6);
                sending.bind(name(local, 0));
                return new UdpSocket(receiving, sending, local, index, Interface.mtu(receiving, device), room);
            } catch (RuntimeException | Error failure) {
                sending.close();
                throw failure;
            }
        } catch (RuntimeException | Error failure) {
            receiving.close();
            throw failure;
        }
    }

    private static void prepareToReceive(Socket receiving, boolean isIpv6) {
        receiving.setOption(SOL_SOCKET, SO_RCVBUFFORCE, BUFFER);
        if (isIpv6) {
            receiving.setOption(SOL_IPV6, IPV6_V6ONLY, 1);
            receiving.setOption(SOL_IPV6, IPV6_RECVTCLASS, 1);
        } else {
            receiving.setOption(SOL_IP, IP_RECVTOS, 1);
        }
    }

    /// A raw socket would also get a copy of every datagram: a filter of one instruction, `return 0`, takes
    /// none.
    private static void prepareToSend(Socket sending, boolean isIpv6) {
        ByteBuffer filter = LibC.memory(8);
        filter.putShort(0, (short) 6);
        ByteBuffer program = ByteBuffer.allocate(16).order(ByteOrder.nativeOrder());
        program.putShort(0, (short) 1).putLong(8, LibC.address(filter));
        sending.setOption(SOL_SOCKET, SO_ATTACH_FILTER, program.array());
        sending.setOption(SOL_SOCKET, SO_SNDBUFFORCE, BUFFER);
        if (isIpv6) {
            sending.setOption(SOL_IPV6, IPV6_CHECKSUM, UDP_CHECKSUM_OFFSET);
            sending.setOption(SOL_IPV6, IPV6_MTU_DISCOVER, PMTUDISC_DO);
            sending.setOption(SOL_IPV6, IPV6_MULTICAST_LOOP, 0);
        } else {
            sending.setOption(SOL_IP, IP_MTU_DISCOVER, PMTUDISC_DO);
            sending.setOption(SOL_IP, IP_MULTICAST_LOOP, 0);
        }
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

    /// Receives what is sent to a group as well, on the interface that it was opened for.
    public void join(IpAddress group) {
        ByteBuffer request = ByteBuffer.allocate(isIpv6 ? 20 : 12).order(ByteOrder.nativeOrder());
        request.put(group.toBytes());
        if (!isIpv6) {
            request.put(local.toBytes());
        }
        receiving.setOption(
                isIpv6 ? SOL_IPV6 : SOL_IP,
                isIpv6 ? IPV6_JOIN_GROUP : IP_ADD_MEMBERSHIP,
                request.putInt(index).array());
    }

    /// Receives a burst over the one before.
    ///
    /// @return datagrams, 0 if there is none
    /// @throws LinuxException if the socket fails
    public int receive() {
        int result = in.receive(receiving.descriptor().number(), burst, PLACE);
        if (result >= 0) {
            return result;
        }
        if (result == -Errno.EAGAIN.number() || result == -Errno.EINTR.number()) {
            return 0;
        }
        throw new LinuxException("receive datagrams", -result);
    }

    /// Address of the payload of a datagram that was received.
    ///
    /// @param index 0 to what [#receive] gave - 1, here and below
    public long address(int index) {
        return memory.address() + (long) index * slot + headRoom;
    }

    /// Bytes of its payload.
    public int length(int index) {
        return in.length(index);
    }

    /// Whether it was longer than its place.
    public boolean isTruncated(int index) {
        return in.isTruncated(index);
    }

    /// The high half of its sender's address; 0 for IPv4, which is mapped to IPv6 (RFC 4291 section
    /// 2.5.5.2).
    public long remoteHigh(int index) {
        return isIpv6 ? networkOrder(NativeMemory.getLong(sender(index) + 8)) : 0;
    }

    /// The low half of its sender's address.
    public long remoteLow(int index) {
        return isIpv6
                ? networkOrder(NativeMemory.getLong(sender(index) + 16))
                : (long) MAPPED << Integer.SIZE
                        | Integer.toUnsignedLong(networkOrder(NativeMemory.getInt(sender(index) + 4)));
    }

    /// DSCP and ECN of its IP header, 0 to 255.
    public int trafficClass(int index) {
        return in.controlLength(index) <= CONTROL_HEADER
                ? 0
                : NativeMemory.getByte(in.control(index) + CONTROL_HEADER + lowestByte());
    }

    /// IPv6 gives a number of 4 bytes, IPv4 one byte.
    private int lowestByte() {
        return isIpv6 && ByteOrder.nativeOrder() == ByteOrder.BIG_ENDIAN ? 3 : 0;
    }

    /// Whether the burst to send has to be sent before another datagram fits.
    public boolean isFull() {
        return out.isFull();
    }

    /// Adds a datagram to the burst to send, and writes its UDP header before the payload.
    ///
    /// @param payload its address; it and the 8 bytes before it have to stay until it is sent
    public void add(long payload, int length, int sourcePort, int port) {
        long header = payload - UDP_HEADER;
        NativeMemory.putShort(header, networkOrder((short) sourcePort));
        NativeMemory.putShort(header + 2, networkOrder((short) port));
        NativeMemory.putShort(header + 4, networkOrder((short) (length + UDP_HEADER)));
        // No checksum in IPv4 (RFC 7348 section 4); in IPv6 the kernel fills it in.
        NativeMemory.putShort(header + UDP_CHECKSUM_OFFSET, 0);
        int nameLength = isIpv6 ? SOCKADDR_IN6 : SOCKADDR_IN;
        out.add(header, length + UDP_HEADER, target(out.count()), nameLength);
    }

    /// Says where the datagram that is added next goes, and with what header.
    ///
    /// @param high half of the address, see [#remoteHigh]
    /// @param low half of the address
    /// @param trafficClass DSCP and ECN, 0 to 255
    /// @param ttl hop limit, 1 to 255
    public void next(long high, long low, int trafficClass, int ttl) {
        long name = target(out.count());
        if (isIpv6) {
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

    /// The MTU of the interface when it was opened, in bytes.
    public int mtu() {
        return mtu;
    }

    /// The descriptor's number, to be watched by an event loop: readable when a datagram is there. The
    /// socket keeps it.
    public int descriptor() {
        return receiving.descriptor().number();
    }

    @Override
    public void close() {
        receiving.close();
        sending.close();
        memory.close();
        senders.close();
        targets.close();
        in.close();
        out.close();
    }
}
