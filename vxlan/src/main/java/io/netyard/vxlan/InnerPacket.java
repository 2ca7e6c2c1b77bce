package io.netyard.vxlan;

import io.netyard.vlan.VlanTag;
import io.netyard.vlan.frame.EthernetHeader;
import io.netyard.vlan.frame.InternetChecksum;
import io.netyard.vlan.frame.Memory;

/// What a tunnel looks at in the packet within a frame: traffic class, hop limit, flow. At most one tag is
/// looked behind.
public final class InnerPacket {
    /// The result of [#find] for a frame without an IP packet.
    public static final long NONE = 0;

    /// The result of [#trafficClass] and [#hopLimit] for a frame without an IP packet.
    public static final int NO_IP = -1;

    private static final int IPV4_HEADER = 20;
    private static final int IPV6_HEADER = 40;
    private static final int IPV4_TOS = 1;
    private static final int IPV4_FRAGMENT = 6;
    private static final int IPV4_TTL = 8;
    private static final int IPV4_CHECKSUM = 10;
    private static final int IPV4_SOURCE = 12;
    private static final int IPV6_NEXT = 6;
    private static final int IPV6_HOP_LIMIT = 7;
    private static final int IPV6_SOURCE = 8;
    private static final int PORTS = 4;
    private static final int TCP = 6;
    private static final int UDP = 17;
    private static final int FRAGMENT_MASK = 0x3fff;
    private static final int CLASS_SHIFT_IPV6 = 4;
    private static final long MIX = 0x9e37_79b9_7f4a_7c15L;

    private InnerPacket() {}

    /// Where the IP packet of a frame begins, or [#NONE].
    public static long find(long frame, int length) {
        if (length < EthernetHeader.LENGTH + IPV4_HEADER) {
            return NONE;
        }
        int at = EthernetHeader.LENGTH;
        int type = Memory.getShort(frame + EthernetHeader.TYPE);
        if (type != EthernetHeader.IPV4 && VlanTag.isTpid(type)) {
            at += VlanTag.LENGTH;
            type = Memory.getShort(frame + EthernetHeader.TYPE + VlanTag.LENGTH);
        }
        long packet = frame + at;
        boolean fits = type == EthernetHeader.IPV4 && at + IPV4_HEADER <= length && isIpv4(packet)
                || type == EthernetHeader.IPV6 && at + IPV6_HEADER <= length && Memory.getByte(packet) >>> 4 == 6;
        return fits ? packet : NONE;
    }

    /// DSCP and ECN (RFC 2474, RFC 3168), 0 to 255, or [#NO_IP].
    ///
    /// @param packet what [#find] gave, here and below
    public static int trafficClass(long packet) {
        return packet == NONE
                ? NO_IP
                : isIpv4(packet)
                        ? Memory.getByte(packet + IPV4_TOS)
                        : Memory.getShort(packet) >>> CLASS_SHIFT_IPV6 & 0xff;
    }

    /// Time to live or hop limit, 0 to 255, or [#NO_IP].
    public static int hopLimit(long packet) {
        return packet == NONE ? NO_IP : Memory.getByte(packet + (isIpv4(packet) ? IPV4_TTL : IPV6_HOP_LIMIT));
    }

    /// Sets the ECN field, and corrects the checksum of an IPv4 header (RFC 1624).
    ///
    /// @param packet not [#NONE]
    public static void setEcn(long packet, int ecn) {
        int before = Memory.getShort(packet);
        if (isIpv4(packet)) {
            int after = before & ~Ecn.MASK | ecn;
            int checksum = Memory.getShort(packet + IPV4_CHECKSUM);
            Memory.putShort(packet, after);
            Memory.putShort(
                    packet + IPV4_CHECKSUM, InternetChecksum.of((~checksum & 0xffffL) + (~before & 0xffffL) + after));
        } else {
            Memory.putShort(packet, before & ~(Ecn.MASK << CLASS_SHIFT_IPV6) | ecn << CLASS_SHIFT_IPV6);
        }
    }

    /// A number that is the same for all frames of a flow and differs for most others (RFC 7348 section 5,
    /// source port): from the addresses of frame and packet and, if it is no fragment, the ports.
    public static int flow(long frame, int length, long packet) {
        long hash = Memory.getLong(frame) * MIX ^ Memory.getInt(frame + 8);
        if (packet != NONE) {
            long end = frame + length;
            hash = isIpv4(packet) ? mixIpv4(hash, packet, end) : mixIpv6(hash, packet, end);
        }
        return (int) (hash * MIX >>> 32);
    }

    private static long mixIpv4(long hash, long packet, long end) {
        long mixed = hash * MIX ^ Memory.getLong(packet + IPV4_SOURCE);
        boolean hasPorts = packet + IPV4_HEADER + PORTS <= end
                && (Memory.getByte(packet) & 0xf) == 5
                && (Memory.getShort(packet + IPV4_FRAGMENT) & FRAGMENT_MASK) == 0;
        return hasPorts ? mixed * MIX ^ Memory.getInt(packet + IPV4_HEADER) : mixed;
    }

    private static long mixIpv6(long hash, long packet, long end) {
        long mixed = hash;
        for (int word = 0; word < 4; word++) {
            mixed = mixed * MIX ^ Memory.getLong(packet + IPV6_SOURCE + 8L * word);
        }
        int next = Memory.getByte(packet + IPV6_NEXT);
        boolean hasPorts = (next == TCP || next == UDP) && packet + IPV6_HEADER + PORTS <= end;
        return hasPorts ? mixed * MIX ^ Memory.getInt(packet + IPV6_HEADER) : mixed;
    }

    /// The UDP source port for a [#flow]: 49,152 to 65,535 (RFC 7348 section 5).
    public static int sourcePort(int flow) {
        return 0xc000 | flow >>> 18;
    }

    private static boolean isIpv4(long packet) {
        return Memory.getByte(packet) >>> 4 == 4;
    }
}
