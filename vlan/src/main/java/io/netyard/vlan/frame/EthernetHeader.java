package io.netyard.vlan.frame;

/// The first 16 bytes of a frame as two numbers, each loaded at once (IEEE 802.3 clause 3.1.1):
///
/// ```text
///         63                              16 15       0
///        +----------------------------------+----------+
/// first  |       destination address        |  source  |
///        +---------------------+------------+----------+
/// second |  source address     | type/length|  next 2  |
///        +---------------------+------------+----------+
/// ```
public final class EthernetHeader {
    /// Bytes before the payload.
    public static final int LENGTH = 14;

    /// Bytes of both addresses.
    public static final int ADDRESSES = 12;

    /// Where the EtherType stands.
    public static final int TYPE = 12;

    /// Bytes of the shortest frame, without its FCS (IEEE 802.3 clause 4.2.3.3).
    public static final int SHORTEST_FRAME = 60;

    /// The address of everybody.
    public static final long BROADCAST = 0xffff_ffff_ffffL;

    /// EtherType of IPv4.
    public static final int IPV4 = 0x0800;

    /// EtherType of IPv6.
    public static final int IPV6 = 0x86dd;

    private static final int BOTH_WORDS = 16;
    private static final long GROUP_BIT = 1L << 40;
    private static final long RESERVED = 0x0180_c200_0000L;
    private static final long RESERVED_MASK = ~0xfL;

    private EthernetHeader() {}

    /// The first number.
    public static long first(long frame) {
        return Memory.getLong(frame);
    }

    /// The second number. Of a frame of 14 or 15 bytes, nothing behind its end is read.
    ///
    /// @param length bytes of the frame, at least [#LENGTH]
    public static long second(long frame, int length) {
        return length >= BOTH_WORDS
                ? Memory.getLong(frame + 8)
                : (long) Memory.getInt(frame + 8) << 32 | (long) Memory.getShort(frame + TYPE) << 16;
    }

    /// The destination address, 48 bits.
    public static long destination(long first) {
        return first >>> 16;
    }

    /// The source address, 48 bits.
    public static long source(long first, long second) {
        return (first & 0xffff) << 32 | second >>> 32;
    }

    /// The EtherType, or the length of an LLC frame.
    public static int type(long second) {
        return (int) (second >>> 16) & 0xffff;
    }

    /// The two bytes after the EtherType: of a tagged frame, its tag control information.
    public static int next(long second) {
        return (int) second & 0xffff;
    }

    /// Whether an address names a group, broadcast included (IEEE 802-2014 clause 8.2.2).
    public static boolean isGroup(long address) {
        return (address & GROUP_BIT) != 0;
    }

    /// Whether a station can send from an address: one that is neither a group's nor zero.
    public static boolean isStation(long address) {
        return address != 0 && (address & GROUP_BIT) == 0;
    }

    /// Whether an address is one of 01-80-C2-00-00-00 to 0F, which bridges do not forward (IEEE 802.1Q
    /// table 8-1).
    public static boolean isReserved(long address) {
        return (address & RESERVED_MASK) == RESERVED;
    }
}
