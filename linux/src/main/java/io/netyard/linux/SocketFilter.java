package io.netyard.linux;

import java.lang.ref.Reference;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/// A program that the kernel runs for each packet that a socket would receive, to leave out those that
/// nobody wants (classic BPF, linux/filter.h).
final class SocketFilter {
    private static final int SOL_SOCKET = 1;
    private static final int SO_ATTACH_FILTER = 26;
    private static final int INSTRUCTION = 8;

    private static final int LOAD_WORD = 0x20;
    private static final int LOAD_HALF = 0x28;
    private static final int LOAD_BYTE = 0x30;
    private static final int LOAD_HALF_AT_X = 0x48;
    private static final int AND = 0x54;
    private static final int SHIFT_LEFT = 0x64;
    private static final int A_TO_X = 0x07;
    private static final int JUMP_EQUAL = 0x15;
    private static final int JUMP_ANY_BIT = 0x45;
    private static final int RETURN = 0x06;

    /// Offsets from here count from the network header (`SKF_NET_OFF`).
    private static final int NETWORK = -0x10_0000;

    /// How the packet came (`SKF_AD_OFF` + `SKF_AD_PKTTYPE`).
    private static final int PACKET_TYPE = -0x1000 + 4;

    private static final int PACKET_HOST = 0;
    private static final int PACKET_MULTICAST = 2;
    private static final int IPV4_FRAGMENT = 6;
    private static final int IPV4_PROTOCOL = 9;
    private static final int FRAGMENT_BITS = 0x3fff;
    private static final int IPV6_NEXT = 6;
    private static final int IPV6_HEADER = 40;
    private static final int IPV6_OPTIONS = 60;
    private static final int TARGET_PORT = 2;
    private static final int ALL = 0x4_0000;

    private final ByteBuffer program = LibC.memory(32 * INSTRUCTION);

    private SocketFilter() {}

    /// Takes no packet at all.
    static SocketFilter none() {
        return new SocketFilter().add(RETURN, 0);
    }

    /// Of a packet socket: takes whole packets of a protocol that are for this host or for a group.
    ///
    /// @param protocol of IP, such as 17. Of IPv6, packets with options for the destination before it are
    ///     taken too, whatever comes after them
    /// @param port of UDP; 0 for all, and for other protocols
    static SocketFilter arriving(boolean isIpv6, int protocol, int port) {
        SocketFilter filter = new SocketFilter()
                .add(LOAD_WORD, PACKET_TYPE)
                .skipIf(JUMP_EQUAL, PACKET_HOST, 2)
                .skipIf(JUMP_EQUAL, PACKET_MULTICAST, 1)
                .add(RETURN, 0);
        return isIpv6 ? filter.ipv6(protocol, port) : filter.ipv4(protocol, port);
    }

    private SocketFilter ipv4(int protocol, int port) {
        add(LOAD_BYTE, NETWORK + IPV4_PROTOCOL).orReturn(protocol);
        add(LOAD_HALF, NETWORK + IPV4_FRAGMENT)
                .add(JUMP_ANY_BIT, 0, 1, FRAGMENT_BITS)
                .add(RETURN, 0);
        if (port != 0) {
            add(LOAD_BYTE, NETWORK).add(AND, 0xf).add(SHIFT_LEFT, 2).add(A_TO_X, 0);
            add(LOAD_HALF_AT_X, NETWORK + TARGET_PORT).orReturn(port);
        }
        return add(RETURN, ALL);
    }

    private SocketFilter ipv6(int protocol, int port) {
        add(LOAD_BYTE, NETWORK + IPV6_NEXT);
        if (port == 0) {
            skipIf(JUMP_EQUAL, IPV6_OPTIONS, 2).orReturn(protocol);
        } else {
            orReturn(protocol);
            add(LOAD_HALF, NETWORK + IPV6_HEADER + TARGET_PORT).orReturn(port);
        }
        return add(RETURN, ALL);
    }

    private SocketFilter orReturn(int value) {
        return skipIf(JUMP_EQUAL, value, 1).add(RETURN, 0);
    }

    private SocketFilter skipIf(int jump, int value, int instructions) {
        return add(jump, instructions, 0, value);
    }

    private SocketFilter add(int code, int value) {
        return add(code, 0, 0, value);
    }

    private SocketFilter add(int code, int ifTrue, int ifFalse, int value) {
        program.putShort((short) code).put((byte) ifTrue).put((byte) ifFalse).putInt(value);
        return this;
    }

    /// Has the kernel run it for a socket from now on.
    void attachTo(Socket socket) {
        try {
            byte[] description = ByteBuffer.allocate(16)
                    .order(ByteOrder.nativeOrder())
                    .putShort((short) (program.position() / INSTRUCTION))
                    .putLong(8, LibC.address(program))
                    .array();
            socket.setOption(SOL_SOCKET, SO_ATTACH_FILTER, description);
        } finally {
            Reference.reachabilityFence(program);
        }
    }
}
