package io.netyard.vswitch.snooping;

import io.netyard.vlan.frame.InternetChecksum;
import io.netyard.vlan.frame.Memory;

/// Tells a hello of PIM version 2 (RFC 7761 section 4.9.2), by which routers are known.
final class PimHello {
    /// The protocol number of PIM.
    static final int PROTOCOL = 103;

    private static final int ALL_ROUTERS = 0xe000_000d;
    private static final long ALL_ROUTERS_HIGH = 0xff02L << 48;
    private static final long ALL_ROUTERS_LOW = 0xd;
    private static final int VERSION_2_HELLO = 0x20;
    private static final int SHORTEST = 4;

    private PimHello() {}

    /// Whether a packet of IPv4 is one.
    ///
    /// @param length bytes from its beginning to the end of the frame, at least those of the header
    static boolean isIn4(long ip, int length) {
        int header = (Memory.getByte(ip) & 0xf) * 4;
        int total = Memory.getShort(ip + 2);
        return Memory.getInt(ip + 16) == ALL_ROUTERS
                && header >= 20
                && total <= length
                && header + SHORTEST <= total
                && (Memory.getShort(ip + 6) & 0x3fff) == 0
                && Memory.getByte(ip + header) == VERSION_2_HELLO
                && GroupMessage.isGood(InternetChecksum.sum(ip, header))
                && GroupMessage.isGood(InternetChecksum.sum(ip + header, total - header));
    }

    /// The same of IPv6, with no extension header.
    static boolean isIn6(long ip, int length) {
        int payload = Memory.getShort(ip + 4);
        return Memory.getLong(ip + 24) == ALL_ROUTERS_HIGH
                && Memory.getLong(ip + 32) == ALL_ROUTERS_LOW
                && 40 + payload <= length
                && payload >= SHORTEST
                && Memory.getByte(ip + 40) == VERSION_2_HELLO
                && GroupMessage.isGood(
                        InternetChecksum.sum(ip + 8, 32) + payload + PROTOCOL + InternetChecksum.sum(ip + 40, payload));
    }
}
