package io.netyard.netlink;

import io.netyard.linux.Errno;
import io.netyard.linux.LinuxException;
import io.netyard.linux.Socket;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/// Options of netlink sockets.
final class SocketOptions {
    /// The level of options of `linux/netlink.h`.
    static final int SOL_NETLINK = 270;

    private static final int SOL_SOCKET = 1;
    private static final int SO_RCVBUF = 8;
    private static final int SO_RCVBUFFORCE = 33;

    /// Octets of `struct sockaddr_nl`.
    private static final int ADDRESS = 12;

    private SocketOptions() {}

    /// Takes a port id that the kernel chooses. A socket that sends gets one by that; one that listens
    /// alone has to ask: the kernel tells its news to all but port 0.
    static void bind(Socket socket) {
        byte[] address = new byte[ADDRESS];
        ByteBuffer.wrap(address).order(ByteOrder.nativeOrder()).putShort((short) Socket.AF_NETLINK);
        socket.bind(address);
    }

    /// Sets how many octets of messages wait to be read before more are dropped. Without `CAP_NET_ADMIN`
    /// over the first user namespace `net.core.rmem_max` is the limit.
    static void receiveBuffer(Socket socket, int octets) {
        try {
            socket.setOption(SOL_SOCKET, SO_RCVBUFFORCE, octets);
        } catch (LinuxException failure) {
            if (failure.errno() != Errno.EPERM) {
                throw failure;
            }
            socket.setOption(SOL_SOCKET, SO_RCVBUF, octets);
        }
    }
}
