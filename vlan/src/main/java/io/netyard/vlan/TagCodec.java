package io.netyard.vlan;

import io.netyard.vlan.frame.EthernetHeader;
import io.netyard.vlan.frame.Memory;

/// Reads, pushes, pops and rewrites the outer tag of a frame where it stands (IEEE 802.1Q clause 9.1: the
/// tag follows the source address). Pushing moves the 12 bytes of the addresses down into the head-room,
/// popping moves them up; the payload stays.
public final class TagCodec {
    /// Bytes of the shortest frame that can bear a tag: addresses, tag, EtherType.
    public static final int SHORTEST_TAGGED = EthernetHeader.LENGTH + VlanTag.LENGTH;

    private TagCodec() {}

    /// The outer tag of one type, or [VlanTag#NONE]. A tag of another type is payload (clause 6.9).
    ///
    /// @param length bytes of the frame
    /// @param tpid the type looked for
    public static int read(long frame, int length, int tpid) {
        if (length < SHORTEST_TAGGED || Memory.getShort(frame + EthernetHeader.TYPE) != tpid) {
            return VlanTag.NONE;
        }
        return Memory.getInt(frame + EthernetHeader.TYPE);
    }

    /// Puts a tag in front of all others.
    ///
    /// @param frame with at least 4 bytes of head-room
    /// @return where the frame now begins: 4 bytes lower
    public static long push(long frame, int tag) {
        return push(frame, Memory.getLong(frame), (long) Memory.getInt(frame + 8) << 32, tag);
    }

    /// The same, for a frame whose [EthernetHeader] is at hand.
    public static long push(long frame, long first, long second, int tag) {
        Memory.putLong(frame - 4, first);
        Memory.putLong(frame + 4, second & ~0xffff_ffffL | tag & 0xffff_ffffL);
        return frame - VlanTag.LENGTH;
    }

    /// Takes the outer tag out.
    ///
    /// @param frame a frame that bears a tag
    /// @return where the frame now begins: 4 bytes higher
    public static long pop(long frame) {
        return pop(frame, Memory.getLong(frame), (long) Memory.getInt(frame + 8) << 32);
    }

    /// The same, for a frame whose [EthernetHeader] is at hand.
    public static long pop(long frame, long first, long second) {
        Memory.putInt(frame + 12, (int) (second >>> 32));
        Memory.putLong(frame + 4, first);
        return frame + VlanTag.LENGTH;
    }

    /// Replaces the outer tag.
    ///
    /// @param frame a frame that bears a tag
    public static void rewrite(long frame, int tag) {
        Memory.putInt(frame + EthernetHeader.TYPE, tag);
    }
}
