package io.netyard.vxlan;

import io.netyard.vlan.VlanTag;
import io.netyard.vlan.frame.EthernetHeader;
import io.netyard.vlan.frame.InternetChecksum;
import io.netyard.vlan.frame.Memory;

/// What a tunnel looks at in the packet within a frame: traffic class, hop limit, flow. At most one tag is
/// looked behind.
public final class InnerPacket {
    /// The result of [#trafficClass] and [#hopLimit] for a frame without an IP packet.
    public static final int NO_IP = -1;

    private static final int IPV4_HEADER = 20;
    private static final int IPV6_HEADER = 40;
    private static final int IPV4_TOS = 1;
    private static final int IPV4_FRAGMENT = 6;
    private static final int IPV4_TTL = 8;
    private static final int IPV4_CHECKSUM = 10;
    private static final int IPV4_SOURCE = 12;
    private static final int IPV6_HOP_LIMIT = 7;
    private static final int IPV6_SOURCE = 8;
    private static final int FRAGMENT_MASK = 0x3fff;
    private static final int CLASS_SHIFT_IPV6 = 4;
    private static final long MIX = 0x9e37_79b9_7f4a_7c15L;

    private InnerPacket() {}

    /// DSCP and ECN (RFC 2474, RFC 3168), 0 to 255, or [#NO_IP].
    public static int trafficClass(long frame, int length) {
        int at = packet(frame, length);
        return at < 0
                ? NO_IP
                : isIpv4(frame + at)
                        ? Memory.getByte(frame + at + IPV4_TOS)
                        : Memory.getShort(frame + at) >>> CLASS_SHIFT_IPV6 & 0xff;
    }

    /// Time to live or hop limit, 0 to 255, or [#NO_IP].
    public static int hopLimit(long frame, int length) {
        int at = packet(frame, length);
        return at < 0 ? NO_IP : Memory.getByte(frame + at + (isIpv4(frame + at) ? IPV4_TTL : IPV6_HOP_LIMIT));
    }

    /// Sets the ECN field of a frame with an IP packet, and corrects the checksum of an IPv4 header (RFC
    /// 1624).
    public static void setEcn(long frame, int length, int ecn) {
        int at = packet(frame, length);
        if (at < 0) {
            return;
        }
        long ip = frame + at;
        if (isIpv4(ip)) {
            int before = Memory.getShort(ip);
            int after = before & ~Ecn.MASK | ecn;
            int checksum = Memory.getShort(ip + IPV4_CHECKSUM);
            Memory.putShort(ip, after);
            Memory.putShort(
                    ip + IPV4_CHECKSUM, InternetChecksum.of((~checksum & 0xffffL) + (~before & 0xffffL) + after));
        } else {
            int first = Memory.getShort(ip);
            Memory.putShort(ip, first & ~(Ecn.MASK << CLASS_SHIFT_IPV6) | ecn << CLASS_SHIFT_IPV6);
        }
    }

    /// A number that is the same for all frames of a flow and differs for most others (RFC 7348 section 5,
    /// source port): from the addresses of frame and packet and, if it is no fragment, the ports.
    public static int flow(long frame, int length) {
        long hash = Memory.getLong(frame) * MIX ^ Memory.getInt(frame + 8);
        int at = packet(frame, length);
        if (at >= 0 && isIpv4(frame + at)) {
            long ip = frame + at;
            hash = hash * MIX ^ Memory.getLong(ip + IPV4_SOURCE);
            if (at + IPV4_HEADER + 4 <= length
                    && (Memory.getByte(ip) & 0xf) == 5
                    && (Memory.getShort(ip + IPV4_FRAGMENT) & FRAGMENT_MASK) == 0) {
                hash = hash * MIX ^ Memory.getInt(ip + IPV4_HEADER);
            }
        } else if (at >= 0) {
            long ip = frame + at;
            for (int word = 0; word < 4; word++) {
                hash = hash * MIX ^ Memory.getLong(ip + IPV6_SOURCE + 8L * word);
            }
            int next = Memory.getByte(ip + 6);
            if ((next == 6 || next == 17) && at + IPV6_HEADER + 4 <= length) {
                hash = hash * MIX ^ Memory.getInt(ip + IPV6_HEADER);
            }
        }
        hash *= MIX;
        return (int) (hash >>> 32);
    }

    /// The UDP source port for a [#flow]: 49,152 to 65,535 (RFC 7348 section 5).
    public static int sourcePort(int flow) {
        return 0xc000 | flow >>> 18;
    }

    /// Where the IP packet begins, or -1.
    private static int packet(long frame, int length) {
        if (length < EthernetHeader.LENGTH + IPV4_HEADER) {
            return -1;
        }
        int at = EthernetHeader.LENGTH;
        int type = Memory.getShort(frame + EthernetHeader.TYPE);
        if (VlanTag.isTpid(type)) {
            at += VlanTag.LENGTH;
            type = Memory.getShort(frame + EthernetHeader.TYPE + VlanTag.LENGTH);
        }
        boolean fits = type == EthernetHeader.IPV4 && at + IPV4_HEADER <= length && isIpv4(frame + at)
                || type == EthernetHeader.IPV6 && at + IPV6_HEADER <= length && Memory.getByte(frame + at) >>> 4 == 6;
        return fits ? at : -1;
    }

    private static boolean isIpv4(long packet) {
        return Memory.getByte(packet) >>> 4 == 4;
    }
}
