package io.netyard.vswitch.snooping;

import io.netyard.vlan.frame.InternetChecksum;
import io.netyard.vlan.frame.Memory;

/// A message of MLD (RFC 2710 section 3, RFC 3810 section 5), which is ICMPv6 behind a hop-by-hop header
/// with a router alert:
///
/// ```text
///            0    1    2         4      6       8         24    25     26
///          +------+---+----------+-------+-------+---------+-----+------+---------+
///  query   | type | 0 | checksum | delay |   0   |  group  | QRV | QQIC | sources |
///          +------+---+----------+-------+-------+---------+-----+------+---------+
///  report  | 143  | 0 | checksum |   0   | count | records, 20 bytes and more
///          +------+---+----------+-------+-------+---------
/// ```
///
/// Of version 1, a query ends at 24, and reports and leaves look like it.
final class MldMessage extends GroupMessage {
    private static final int QUERY = 130;
    private static final int V1_REPORT = 131;
    private static final int V1_DONE = 132;
    private static final int V2_REPORT = 143;

    private static final int IPV6_PAYLOAD_LENGTH = 4;
    private static final int IPV6_HOP_LIMIT = 7;
    private static final int IPV6_SOURCE = 8;
    private static final int IPV6_DESTINATION = 24;
    private static final int IPV6_HEADER = 40;
    private static final int ICMPV6 = 58;
    private static final int PAD1 = 0;
    private static final int ROUTER_ALERT = 5;
    private static final int LIST_HEADER = 8;
    private static final int V1_LENGTH = 24;
    private static final int V2_QUERY_LENGTH = 28;
    private static final int V2_SUPPRESS = 8;
    private static final int MANTISSA_BITS = 12;
    private static final int RECORD_HEADER = 20;
    private static final int SOURCE_LENGTH = 16;
    private static final long ALL_NODES_HIGH = 0xff02L << 48;
    private static final long ALL_NODES_LOW = 1;

    MldMessage() {
        super(RECORD_HEADER, SOURCE_LENGTH);
    }

    /// @param ip a packet whose first extension header is the hop-by-hop header
    @Override
    Kind read(long ip, int length) {
        int end = IPV6_HEADER + Memory.getShort(ip + IPV6_PAYLOAD_LENGTH);
        if (end > length || IPV6_HEADER + 8 > end) {
            return Kind.NONE;
        }
        int options = 8 + 8 * Memory.getByte(ip + IPV6_HEADER + 1);
        int start = IPV6_HEADER + options;
        if (Memory.getByte(ip + IPV6_HEADER) != ICMPV6 || start + LIST_HEADER > end) {
            return Kind.NONE;
        }
        int type = Memory.getByte(ip + start);
        if (type != QUERY && type != V1_REPORT && type != V1_DONE && type != V2_REPORT) {
            return Kind.NONE;
        }
        boolean isValid = Memory.getByte(ip + IPV6_HOP_LIMIT) == 1
                && isSender(ip, type)
                && alertsRouters(ip + IPV6_HEADER, options)
                && isGood(sum(ip, ip + start, end - start));
        return isValid ? readMessage(ip, ip + start, end - start, type) : Kind.DAMAGED;
    }

    /// RFC 3810 sections 5.1.14 and 5.2.13: a link-local address, or for a report none at all.
    private static boolean isSender(long ip, int type) {
        long high = Memory.getLong(ip + IPV6_SOURCE);
        boolean isNone = high == 0 && Memory.getLong(ip + IPV6_SOURCE + 8) == 0;
        return high >>> 54 == 0xfe80 >>> 6 || isNone && type != QUERY;
    }

    private static boolean alertsRouters(long header, int length) {
        int at = 2;
        while (at + 4 <= length) {
            int option = Memory.getByte(header + at);
            if (option == ROUTER_ALERT) {
                return Memory.getByte(header + at + 1) == 2 && Memory.getShort(header + at + 2) == 0;
            }
            at += option == PAD1 ? 1 : 2 + Memory.getByte(header + at + 1);
        }
        return false;
    }

    /// With the pseudo header (RFC 8200 section 8.1).
    static long sum(long ip, long icmp, int length) {
        return InternetChecksum.sum(ip + IPV6_SOURCE, 32) + length + ICMPV6 + InternetChecksum.sum(icmp, length);
    }

    private Kind readMessage(long ip, long icmp, int length, int type) {
        if (type == V2_REPORT) {
            return list(icmp + LIST_HEADER, Memory.getShort(icmp + 6), icmp + length);
        }
        if (length < V1_LENGTH) {
            return Kind.DAMAGED;
        }
        readGroup(icmp + 8);
        return switch (type) {
            case V1_REPORT -> single(Wish.JOIN);
            case V1_DONE -> single(Wish.LEAVE);
            default -> readQuery(ip, icmp, length);
        };
    }

    private Kind readQuery(long ip, long icmp, int length) {
        boolean isV2 = length != V1_LENGTH;
        int sources = length < V2_QUERY_LENGTH ? 0 : Memory.getShort(icmp + 26);
        if (isV2 && V2_QUERY_LENGTH + SOURCE_LENGTH * sources > length) {
            return Kind.DAMAGED;
        }
        isGeneral = high == 0 && low == 0;
        long to = ip + IPV6_DESTINATION;
        boolean isToAll = Memory.getLong(to) == ALL_NODES_HIGH && Memory.getLong(to + 8) == ALL_NODES_LOW;
        if (isGeneral ? !isToAll : !isGroup(high)) {
            return Kind.DAMAGED;
        }
        int code = Memory.getShort(icmp + 4);
        responseTime = isV2 ? value(code, MANTISSA_BITS) : code;
        endsMemberships = !isGeneral && sources == 0 && !(isV2 && (Memory.getByte(icmp + 24) & V2_SUPPRESS) != 0);
        senderHigh = Memory.getLong(ip + IPV6_SOURCE);
        senderLow = Memory.getLong(ip + IPV6_SOURCE + 8);
        return Kind.QUERY;
    }

    @Override
    void readGroup(long address) {
        high = Memory.getLong(address);
        low = Memory.getLong(address + 8);
    }

    static boolean isGroup(long high) {
        return high >>> 56 == 0xff;
    }

    /// Whether groups of this scope stay on the link, or on the node, and are always flooded (RFC 4541
    /// section 3, RFC 4291 section 2.7).
    static boolean isLinkLocal(long high) {
        return (high >>> 48 & 0xf) <= 2;
    }
}
