package io.netyard.topology.check;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;

/// Echo requests and what comes back: ICMP (RFC 792) and ICMPv6 (RFC 4443).
///
/// ```text
/// 0 type u8   1 code u8   2 checksum u16   4 identifier u16   6 sequence u16   8 data      (network byte
/// order)
/// ```
final class Echo {
    static final int HEADER = 8;

    private static final int IPV4_REQUEST = 8;
    private static final int IPV4_REPLY = 0;
    private static final int IPV4_UNREACHABLE = 3;
    private static final int IPV4_TIME_EXCEEDED = 11;
    private static final int IPV6_UNREACHABLE = 1;
    private static final int IPV6_TOO_BIG = 2;
    private static final int IPV6_TIME_EXCEEDED = 3;
    private static final int IPV6_REQUEST = 128;
    private static final int IPV6_REPLY = 129;
    private static final int LEAST_IPV4_HEADER = 20;
    private static final int IPV6_HEADER = 40;
    private static final int ICMP_PROTOCOL = 1;
    private static final int ICMPV6_PROTOCOL = 58;

    private Echo() {}

    /// What came back for one of our requests.
    sealed interface Answer {
        /// The sequence number of the request.
        int sequence();
    }

    /// The echo.
    record Reply(int sequence) implements Answer {}

    /// Somebody on the way says why it cannot be.
    ///
    /// @param reason in words
    record Refusal(int sequence, String reason) implements Answer {}

    /// Writes a request into the buffer and flips it. The checksum of ICMPv6 is left to the kernel, which
    /// knows the addresses that it covers.
    static void writeRequest(ByteBuffer buffer, boolean ipv4, int identifier, int sequence, int size) {
        buffer.clear().order(ByteOrder.BIG_ENDIAN);
        buffer.put((byte) (ipv4 ? IPV4_REQUEST : IPV6_REQUEST)).put((byte) 0).putShort((short) 0);
        buffer.putShort((short) identifier).putShort((short) sequence);
        for (int at = 0; at < size; at++) {
            buffer.put((byte) at);
        }
        buffer.flip();
        if (ipv4) {
            buffer.putShort(2, checksum(buffer));
        }
    }

    /// The internet checksum (RFC 1071) of what lies before the limit.
    static short checksum(ByteBuffer buffer) {
        int sum = 0;
        for (int at = 0; at + 1 < buffer.limit(); at += 2) {
            sum += buffer.getShort(at) & 0xffff;
            sum = (sum & 0xffff) + (sum >>> 16);
        }
        if (buffer.limit() % 2 == 1) {
            sum += (buffer.get(buffer.limit() - 1) & 0xff) << 8;
            sum = (sum & 0xffff) + (sum >>> 16);
        }
        return (short) ~sum;
    }

    /// Reads what an ICMP socket received: an IPv4 header and the message. Empty if it is none of ours.
    static Optional<Answer> readIpv4(ByteBuffer packet, int length, int identifier) {
        ByteBuffer buffer = packet.order(ByteOrder.BIG_ENDIAN);
        if (length < LEAST_IPV4_HEADER) {
            return Optional.empty();
        }
        int at = (buffer.get(0) & 0xf) * 4;
        if (at < LEAST_IPV4_HEADER || length < at + HEADER) {
            return Optional.empty();
        }
        int type = buffer.get(at) & 0xff;
        if (type == IPV4_REPLY) {
            return reply(buffer, at, identifier);
        }
        if (type != IPV4_UNREACHABLE && type != IPV4_TIME_EXCEEDED) {
            return Optional.empty();
        }
        int quoted = at + HEADER;
        if (length < quoted + LEAST_IPV4_HEADER || buffer.get(quoted + 9) != ICMP_PROTOCOL) {
            return Optional.empty();
        }
        int request = quoted + (buffer.get(quoted) & 0xf) * 4;
        int code = buffer.get(at + 1) & 0xff;
        String reason = type == IPV4_TIME_EXCEEDED
                ? "time to live exceeded"
                : ipv4Reason(code, buffer.getShort(at + 6) & 0xffff);
        return refusal(buffer, request, length, identifier, reason);
    }

    /// Reads what an ICMPv6 socket received: the message without a header. Empty if it is none of ours.
    static Optional<Answer> readIpv6(ByteBuffer packet, int length, int identifier) {
        ByteBuffer buffer = packet.order(ByteOrder.BIG_ENDIAN);
        if (length < HEADER) {
            return Optional.empty();
        }
        int type = buffer.get(0) & 0xff;
        if (type == IPV6_REPLY) {
            return reply(buffer, 0, identifier);
        }
        boolean isError = type == IPV6_UNREACHABLE || type == IPV6_TOO_BIG || type == IPV6_TIME_EXCEEDED;
        if (!isError || length < HEADER + IPV6_HEADER || buffer.get(HEADER + 6) != ICMPV6_PROTOCOL) {
            return Optional.empty();
        }
        String reason = switch (type) {
            case IPV6_TOO_BIG -> "packet too big, the next hop carries " + buffer.getInt(4);
            case IPV6_TIME_EXCEEDED -> "hop limit exceeded";
            default -> ipv6Reason(buffer.get(1) & 0xff);
        };
        return refusal(buffer, HEADER + IPV6_HEADER, length, identifier, reason);
    }

    private static Optional<Answer> reply(ByteBuffer buffer, int at, int identifier) {
        return (buffer.getShort(at + 4) & 0xffff) == identifier
                ? Optional.of(new Reply(buffer.getShort(at + 6) & 0xffff))
                : Optional.empty();
    }

    private static Optional<Answer> refusal(ByteBuffer buffer, int request, int length, int identifier, String reason) {
        boolean isOurs = length >= request + HEADER && (buffer.getShort(request + 4) & 0xffff) == identifier;
        return isOurs ? Optional.of(new Refusal(buffer.getShort(request + 6) & 0xffff, reason)) : Optional.empty();
    }

    private static String ipv4Reason(int code, int mtu) {
        return switch (code) {
            case 0 -> "network unreachable";
            case 1 -> "host unreachable";
            case 4 -> "fragmentation needed, the next hop carries " + mtu;
            case 9, 10, 13 -> "prohibited";
            default -> "destination unreachable, code " + code;
        };
    }

    private static String ipv6Reason(int code) {
        return switch (code) {
            case 0 -> "no route";
            case 1 -> "prohibited";
            case 3 -> "address unreachable";
            case 5, 6 -> "rejected";
            default -> "destination unreachable, code " + code;
        };
    }
}
