package io.netyard.vswitch.pipeline;

import io.netyard.vlan.frame.Memory;

/// The checksum of SCTP, which is a CRC of 32 bits unlike those of TCP and UDP (RFC 9260 section 6.8). The
/// kernel leaves it undone as it does those, and says nothing of the difference but where it lies.
final class SctpChecksum {
    /// Where it lies in an SCTP packet.
    static final int OFFSET = 8;

    /// The protocol of IP.
    static final int PROTOCOL = 132;

    /// The polynomial of CRC32c, mirrored (RFC 9260 appendix A).
    private static final int POLYNOMIAL = 0x82f6_3b78;

    private static final int[] TABLE = table();

    private SctpChecksum() {}

    private static int[] table() {
        int[] table = new int[256];
        for (int index = 0; index < table.length; index++) {
            int rest = index;
            for (int bit = 0; bit < Byte.SIZE; bit++) {
                rest = rest >>> 1 ^ ((rest & 1) == 0 ? 0 : POLYNOMIAL);
            }
            table[index] = rest;
        }
        return table;
    }

    /// Stores it; its lowest byte comes first.
    ///
    /// @param length bytes of the packet, at least 12
    static void store(long packet, int length) {
        Memory.putInt(packet + OFFSET, 0);
        int rest = ~0;
        for (int at = 0; at < length; at++) {
            rest = rest >>> Byte.SIZE ^ TABLE[(rest ^ Memory.getByte(packet + at)) & 0xff];
        }
        Memory.putInt(packet + OFFSET, Integer.reverseBytes(~rest));
    }
}
