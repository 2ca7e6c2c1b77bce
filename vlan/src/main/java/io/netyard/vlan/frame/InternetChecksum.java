package io.netyard.vlan.frame;

/// The checksum of IP, TCP, UDP and ICMP (RFC 1071): the ones' complement of the ones' complement sum of
/// 16-bit words. Sums are kept unfolded in a `long`, so that parts can be added in any order.
public final class InternetChecksum {
    private static final long LOW = 0xffff_ffffL;
    private static final int SHORT_MASK = 0xffff;

    private InternetChecksum() {}

    /// The sum of some bytes; an odd last byte counts as the upper half of a word.
    public static long sum(long address, int length) {
        long sum = 0;
        long at = address;
        long end = address + length;
        for (; at + 8 <= end; at += 8) {
            long word = Memory.getLong(at);
            sum += (word >>> 32) + (word & LOW);
        }
        if (at + 4 <= end) {
            sum += Memory.getInt(at) & LOW;
            at += 4;
        }
        if (at + 2 <= end) {
            sum += Memory.getShort(at);
            at += 2;
        }
        return at < end ? sum + ((long) Memory.getByte(at) << 8) : sum;
    }

    /// A sum in 16 bits, not complemented.
    public static int fold(long sum) {
        long folded = (sum >>> 32) + (sum & LOW);
        folded = (folded >>> 16) + (folded & SHORT_MASK);
        folded = (folded >>> 16) + (folded & SHORT_MASK);
        return (int) ((folded >>> 16) + (folded & SHORT_MASK));
    }

    /// The checksum that belongs to a sum, 16 bits.
    public static int of(long sum) {
        return ~fold(sum) & SHORT_MASK;
    }

    /// The checksum of a datagram of UDP: 0 would mean that there is none, so that 0xffff stands for it
    /// (RFC 768).
    public static int ofUdp(long sum) {
        int checksum = of(sum);
        return checksum == 0 ? SHORT_MASK : checksum;
    }
}
