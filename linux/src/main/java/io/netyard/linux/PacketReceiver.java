package io.netyard.linux;

import io.netyard.net.InterfaceName;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/// The receiving half of a packet socket: a ring that the kernel fills.
final class PacketReceiver implements AutoCloseable {
    private static final int SOL_SOCKET = 1;
    private static final int SO_ERROR = 4;
    private static final int SO_RCVBUFFORCE = 33;
    private static final int RECEIVE_BUFFER = 32 << 20;
    private static final int SOL_PACKET = 263;
    private static final int PACKET_ADD_MEMBERSHIP = 1;
    private static final int PACKET_RX_RING = 5;
    private static final int PACKET_STATISTICS = 6;
    private static final int PACKET_COPY_THRESH = 7;
    private static final int PACKET_VERSION = 10;
    private static final int PACKET_RESERVE = 12;
    private static final int PACKET_VNET_HDR = 15;
    private static final int PACKET_IGNORE_OUTGOING = 23;
    private static final int PACKET_MR_PROMISC = 1;
    private static final int TPACKET_V2 = 1;
    private static final int TPACKET_V3 = 2;
    private static final int ETH_P_ALL = 3;
    private static final int ETH_P_IP = 0x0800;
    private static final int ETH_P_IPV6 = 0x86dd;
    private static final int SOCKADDR_LL = 20;
    private static final int SOCKADDR_LL_INDEX = 4;

    private final Socket socket;
    private final PacketRing ring;
    private long received;
    private long missed;

    private PacketReceiver(Socket socket, PacketRing ring) {
        this.socket = socket;
        this.ring = ring;
    }

    /// All that comes in on an interface, for whomever.
    static PacketReceiver ofInterface(NetworkNamespace namespace, InterfaceName name, PacketOptions options) {
        return open(namespace, socket -> {
            int index = Interface.index(socket, name);
            PacketRing ring = ring(socket, options);
            try {
                socket.bind(address(index, ETH_P_ALL));
                socket.setOption(SOL_PACKET, PACKET_ADD_MEMBERSHIP, promiscuous(index));
                return ring;
            } catch (RuntimeException | Error failure) {
                ring.close();
                throw failure;
            }
        });
    }

    /// What comes in for the host itself, or for a group, on any interface of a namespace, and goes on into
    /// its protocols. It is told of as it travels through the kernel: segments that are not cut yet,
    /// checksums that are not complete.
    ///
    /// @param isIpv6 whether packets of IPv6 are wanted, else those of IPv4
    /// @param protocol of IP
    /// @param port of UDP; 0 for other protocols
    static PacketReceiver ofHost(
            NetworkNamespace namespace, boolean isIpv6, int protocol, int port, PacketOptions options) {
        return open(namespace, socket -> {
            SocketFilter.arriving(isIpv6, protocol, port).attachTo(socket);
            PacketRing ring = ring(socket, options);
            try {
                socket.bind(address(0, isIpv6 ? ETH_P_IPV6 : ETH_P_IP));
                return ring;
            } catch (RuntimeException | Error failure) {
                ring.close();
                throw failure;
            }
        });
    }

    private interface Preparation {
        PacketRing apply(Socket socket);
    }

    private static PacketReceiver open(NetworkNamespace namespace, Preparation preparation) {
        Socket socket = namespace.socket(Socket.AF_PACKET, Socket.SOCK_RAW, 0);
        try {
            return new PacketReceiver(socket, preparation.apply(socket));
        } catch (RuntimeException | Error failure) {
            socket.close();
            throw failure;
        }
    }

    private static PacketRing ring(Socket socket, PacketOptions options) {
        boolean immediate = options.delivery() == PacketOptions.Delivery.IMMEDIATE;
        socket.setOption(SOL_PACKET, PACKET_VERSION, immediate ? TPACKET_V2 : TPACKET_V3);
        socket.setOption(SOL_PACKET, PACKET_IGNORE_OUTGOING, 1);
        socket.setOption(SOL_PACKET, PACKET_RESERVE, options.headRoom());
        if (options.offloads()) {
            socket.setOption(SOL_PACKET, PACKET_VNET_HDR, 1);
        }
        if (immediate) {
            socket.setOption(SOL_PACKET, PACKET_COPY_THRESH, 1);
            socket.setOption(SOL_SOCKET, SO_RCVBUFFORCE, RECEIVE_BUFFER);
        }
        byte[] request = immediate ? SlotRing.request(options.ringSize()) : BlockRing.request(options.ringSize());
        socket.setOption(SOL_PACKET, PACKET_RX_RING, request);
        int descriptor = socket.descriptor().number();
        NativeMemory memory = NativeMemory.map(descriptor, 0, options.ringSize());
        try {
            return immediate ? new SlotRing(memory, descriptor, options) : new BlockRing(memory);
        } catch (RuntimeException | Error failure) {
            memory.close();
            throw failure;
        }
    }

    /// `sockaddr_ll`.
    ///
    /// @param index of the interface, 0 for all
    /// @param protocol of the frames to receive, 0 for none
    static byte[] address(int index, int protocol) {
        ByteBuffer address = ByteBuffer.allocate(SOCKADDR_LL).order(ByteOrder.nativeOrder());
        address.putShort((short) Socket.AF_PACKET);
        address.order(ByteOrder.BIG_ENDIAN).putShort((short) protocol);
        address.order(ByteOrder.nativeOrder()).putInt(index);
        return address.array();
    }

    /// `packet_mreq`.
    private static byte[] promiscuous(int index) {
        return ByteBuffer.allocate(16)
                .order(ByteOrder.nativeOrder())
                .putInt(index)
                .putShort((short) PACKET_MR_PROMISC)
                .array();
    }

    PacketRing ring() {
        return ring;
    }

    int descriptor() {
        return socket.descriptor().number();
    }

    /// The index of its interface; 0 for all, and negative when it is gone.
    int index() {
        return socket.name().getInt(SOCKADDR_LL_INDEX);
    }

    int takeError() {
        return socket.option(SOL_SOCKET, SO_ERROR, Integer.BYTES).getInt(0);
    }

    PacketSocket.Statistics statistics() {
        ByteBuffer counts = socket.option(SOL_PACKET, PACKET_STATISTICS, 12);
        received += Integer.toUnsignedLong(counts.getInt(0));
        missed += Integer.toUnsignedLong(counts.getInt(4));
        return new PacketSocket.Statistics(received, missed);
    }

    @Override
    public void close() {
        ring.close();
        socket.close();
    }
}
