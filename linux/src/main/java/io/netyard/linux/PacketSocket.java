package io.netyard.linux;

import io.netyard.net.InterfaceName;

/// A socket that sees every frame which an interface receives, and sends frames out of it (`AF_PACKET`,
/// packet(7)), with a receive ring in shared memory. What it sends itself it does not see again
/// (`PACKET_IGNORE_OUTGOING`, from Linux 4.20 on); the interface is promiscuous as long as it is open.
///
/// The frames also go on into the namespace that the interface is in: give it no address.
///
/// Two sockets of the kernel, one to receive and one to send: while somebody polls a socket, the kernel
/// wakes him for each frame of it that has been sent, which takes a fifteenth of the time of a small frame.
///
/// Used by one thread at a time. Closing unmaps the ring: no address from it may be touched afterwards.
public final class PacketSocket implements AutoCloseable {
    /// Bytes of the `virtio_net_hdr` before each frame of a socket with offloads.
    public static final int VIRTIO_HEADER = 10;

    static final int TP_STATUS_USER = 1;
    static final int TP_STATUS_VLAN_VALID = 0x10;
    private static final int TP_STATUS_VLAN_TPID_VALID = 0x40;
    private static final int ETHERTYPE_8021Q = 0x8100;

    private static final int SOL_SOCKET = 1;
    private static final int SO_SNDBUFFORCE = 32;
    private static final int SEND_BUFFER = 8 << 20;
    private static final int SOL_PACKET = 263;
    private static final int PACKET_VNET_HDR = 15;
    private static final int PACKET_QDISC_BYPASS = 20;

    private final PacketReceiver receiver;
    private final Socket sender;
    private final PacketOptions options;
    private final InterfaceName name;

    private PacketSocket(PacketReceiver receiver, Socket sender, InterfaceName name, PacketOptions options) {
        this.receiver = receiver;
        this.sender = sender;
        this.name = name;
        this.options = options;
    }

    /// Opens a socket on an interface of a namespace.
    ///
    /// @throws LinuxException `ENODEV` if there is no such interface, `EPERM` without `CAP_NET_RAW`
    public static PacketSocket open(NetworkNamespace namespace, InterfaceName name, PacketOptions options) {
        PacketReceiver receiver = PacketReceiver.ofInterface(namespace, name, options);
        try {
            return new PacketSocket(receiver, sender(namespace, receiver.index(), options), name, options);
        } catch (RuntimeException | Error failure) {
            receiver.close();
            throw failure;
        }
    }

    private static Socket sender(NetworkNamespace namespace, int index, PacketOptions options) {
        Socket socket = namespace.socket(Socket.AF_PACKET, Socket.SOCK_RAW, 0);
        try {
            if (options.offloads()) {
                socket.setOption(SOL_PACKET, PACKET_VNET_HDR, 1);
            }
            if (options.bypass()) {
                socket.setOption(SOL_PACKET, PACKET_QDISC_BYPASS, 1);
            }
            socket.setOption(SOL_SOCKET, SO_SNDBUFFORCE, SEND_BUFFER);
            socket.bind(PacketReceiver.address(index, 0));
            return socket;
        } catch (RuntimeException | Error failure) {
            socket.close();
            throw failure;
        }
    }

    /// The tag of a frame from the fields of its ring header.
    static int tag(int status, int tpid, int tci) {
        int protocol = (status & TP_STATUS_VLAN_TPID_VALID) == 0 ? ETHERTYPE_8021Q : tpid;
        return protocol << 16 | tci & 0xffff;
    }

    /// The frames that came in.
    public PacketRing ring() {
        return receiver.ring();
    }

    /// How it was opened.
    public PacketOptions options() {
        return options;
    }

    /// The MTU of the interface in bytes, asked anew.
    ///
    /// @throws LinuxException if it is gone
    public int mtu() {
        return Interface.mtu(sender, name);
    }

    /// Sends frames, each with a `virtio_net_hdr` before it if the socket has offloads.
    ///
    /// @return frames sent; the vector tells of the others
    public int send(MessageVector frames) {
        return frames.send(sender.descriptor().number());
    }

    /// The descriptor's number, to be watched by an event loop: readable when a frame is there. The socket
    /// keeps it.
    public int descriptor() {
        return receiver.descriptor();
    }

    /// Takes the error that the socket reports to whoever polls it: `ENETDOWN` when the interface went down
    /// or away.
    ///
    /// @return 0 if there is none
    public int takeError() {
        return receiver.takeError();
    }

    /// Whether the interface that it was opened on is still there.
    public boolean isAttached() {
        return receiver.index() > 0;
    }

    /// Whether the interface is up and its other end can hear it, asked anew.
    public boolean isRunning() {
        return Interface.isRunning(sender, name);
    }

    /// The speed of the interface as its driver tells it now, in 10^6 bits a second; 0 if it tells none.
    public int megabits() {
        return Interface.megabits(sender, name);
    }

    /// Counts since it was opened.
    ///
    /// @param received frames that came in, those missed included
    /// @param missed frames that found the ring full
    public record Statistics(long received, long missed) {}

    /// Counts since it was opened.
    public Statistics statistics() {
        return receiver.statistics();
    }

    @Override
    public void close() {
        receiver.close();
        sender.close();
    }
}
