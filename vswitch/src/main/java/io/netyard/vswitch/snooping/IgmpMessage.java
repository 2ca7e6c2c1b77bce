package io.netyard.vswitch.snooping;

import io.netyard.vlan.frame.InternetChecksum;
import io.netyard.vlan.frame.Memory;

/// A message of IGMP (RFC 1112 appendix I, RFC 2236 section 2, RFC 3376 section 4):
///
/// ```text
///  0      1      2             4               8      9      10
/// +------+------+-------------+---------------+------+------+----------+
/// | type | code |  checksum   |     group     |S QRV | QQIC | sources  |   query (up to 8: v1 and v2)
/// +------+------+-------------+-------+-------+------+------+----------+
/// | 0x22 |   0  |  checksum   |   0   |records| records, 8 bytes and more
/// +------+------+-------------+-------+-------+
/// ```
///
/// A record is its type, words of auxiliary data (1 byte each), sources (2), group, sources, data.
final class IgmpMessage extends GroupMessage {
    /// The protocol number in an IPv4 header.
    static final int PROTOCOL = 2;

    /// The high half of an IPv4 group.
    static final long HIGH = 0;

    private static final int QUERY = 0x11;
    private static final int V1_REPORT = 0x12;
    private static final int V2_REPORT = 0x16;
    private static final int V2_LEAVE = 0x17;
    private static final int V3_REPORT = 0x22;

    private static final int IPV4_TOTAL_LENGTH = 2;
    private static final int IPV4_FRAGMENT = 6;
    private static final int FRAGMENT_MASK = 0x3fff;
    private static final int IPV4_SOURCE = 12;
    private static final int IPV4_DESTINATION = 16;
    private static final int IPV4_HEADER = 20;
    private static final int LENGTH = 8;
    private static final int V3_QUERY_LENGTH = 12;
    private static final int V3_SUPPRESS = 8;
    private static final int MANTISSA_BITS = 4;
    private static final int TENTHS = 100;
    private static final int V1_RESPONSE_TIME = 10_000;
    private static final int ALL_HOSTS = 0xe000_0001;
    private static final int RECORD_HEADER = 8;
    private static final int SOURCE_LENGTH = 4;

    IgmpMessage() {
        super(RECORD_HEADER, SOURCE_LENGTH);
    }

    @Override
    Kind read(long ip, int length) {
        int header = (Memory.getByte(ip) & 0xf) * 4;
        int total = Memory.getShort(ip + IPV4_TOTAL_LENGTH);
        if ((Memory.getShort(ip + IPV4_FRAGMENT) & FRAGMENT_MASK) != 0) {
            return Kind.UNKNOWN;
        }
        if (header < IPV4_HEADER || total > length || header + LENGTH > total) {
            return Kind.DAMAGED;
        }
        long igmp = ip + header;
        int igmpLength = total - header;
        if (!isGood(InternetChecksum.sum(ip, header)) || !isGood(InternetChecksum.sum(igmp, igmpLength))) {
            return Kind.DAMAGED;
        }
        return switch (Memory.getByte(igmp)) {
            case QUERY -> readQuery(ip, igmp, igmpLength);
            case V1_REPORT, V2_REPORT -> {
                readGroup(igmp + 4);
                yield single(Wish.JOIN);
            }
            case V2_LEAVE -> {
                readGroup(igmp + 4);
                yield single(Wish.LEAVE);
            }
            case V3_REPORT -> list(igmp + LENGTH, Memory.getShort(igmp + 6), igmp + igmpLength);
            default -> Kind.UNKNOWN;
        };
    }

    private Kind readQuery(long ip, long igmp, int length) {
        boolean isV3 = length != LENGTH;
        int sources = length < V3_QUERY_LENGTH ? 0 : Memory.getShort(igmp + 10);
        if (isV3 && V3_QUERY_LENGTH + SOURCE_LENGTH * sources > length) {
            return Kind.DAMAGED;
        }
        int group = Memory.getInt(igmp + 4);
        isGeneral = group == 0;
        if (isGeneral ? Memory.getInt(ip + IPV4_DESTINATION) != ALL_HOSTS : !isGroup(group)) {
            return Kind.DAMAGED;
        }
        readGroup(igmp + 4);
        int code = Memory.getByte(igmp + 1);
        responseTime = code == 0 ? V1_RESPONSE_TIME : (isV3 ? value(code, MANTISSA_BITS) : code) * TENTHS;
        endsMemberships = !isGeneral && sources == 0 && !(isV3 && (Memory.getByte(igmp + 8) & V3_SUPPRESS) != 0);
        senderHigh = HIGH;
        int sender = Memory.getInt(ip + IPV4_SOURCE);
        senderLow = sender == 0 ? 0 : mapped(sender);
        return Kind.QUERY;
    }

    @Override
    void readGroup(long address) {
        high = HIGH;
        low = mapped(Memory.getInt(address));
    }

    /// The low half of an IPv4 address as one of IPv6 (RFC 4291 section 2.5.5.2).
    static long mapped(int ipv4) {
        return 0xffffL << 32 | ipv4 & 0xffff_ffffL;
    }

    static boolean isGroup(int address) {
        return address >>> 28 == 0xe;
    }

    /// Whether an address is one of 224.0.0.0 to 224.0.0.255, which are for the link alone and always
    /// flooded (RFC 4541 section 2.1.2, point 2).
    static boolean isLinkLocal(int group) {
        return group >>> 8 == 0xe0_0000;
    }
}
