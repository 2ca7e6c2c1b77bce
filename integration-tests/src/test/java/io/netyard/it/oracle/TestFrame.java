package io.netyard.it.oracle;

import io.netyard.vlan.VlanTag;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.OptionalInt;

/// A frame that is sent into the same port of two switches. Behind its EtherType stands its number, by
/// which it is known again where it comes out.
///
/// @param number counted from 1
/// @param port index of the port that it is sent into
/// @param bytes from the destination address, without FCS
@SuppressWarnings("ArrayRecordComponent") // nobody changes it
record TestFrame(int number, int port, byte[] bytes) {
    /// Bytes of mark and number.
    static final int MARK = 10;

    private static final long MAGIC = 0x4e65_7479_6172L;
    private static final int ADDRESSES = 12;

    /// Writes the mark of a frame.
    static void mark(ByteBuffer frame, int number) {
        frame.putShort((short) (MAGIC >>> 32)).putInt((int) MAGIC).putInt(number);
    }

    /// The number in a frame that came out of a switch; empty if it is none of ours.
    static OptionalInt numberIn(byte[] frame) {
        ByteBuffer bytes = ByteBuffer.wrap(frame);
        for (int at = ADDRESSES + 2; at + MARK <= frame.length; at += VlanTag.LENGTH) {
            long first = bytes.getLong(at);
            if (first >>> 16 == MAGIC) {
                return OptionalInt.of(bytes.getInt(at + 6));
            }
        }
        return OptionalInt.empty();
    }

    long destination() {
        return ByteBuffer.wrap(bytes).getLong(0) >>> 16;
    }

    long source() {
        return ByteBuffer.wrap(bytes).getLong(4) & 0xffff_ffff_ffffL;
    }

    /// Its tags, the outer first.
    List<Integer> tags() {
        List<Integer> tags = new ArrayList<>();
        ByteBuffer frame = ByteBuffer.wrap(bytes);
        for (int at = ADDRESSES; VlanTag.isTpid(frame.getShort(at) & 0xffff); at += VlanTag.LENGTH) {
            tags.add(frame.getInt(at));
        }
        return tags;
    }

    /// Its outer tag of whatever type, or [VlanTag#NONE].
    int outerTag() {
        List<Integer> tags = tags();
        return tags.isEmpty() ? VlanTag.NONE : tags.getFirst();
    }

    /// Bytes behind the last tag and the EtherType.
    int payload() {
        return bytes.length - ADDRESSES - 2 - tags().size() * VlanTag.LENGTH;
    }

    @Override
    public String toString() {
        HexFormat hex = HexFormat.of();
        String head = hex.formatHex(bytes, 0, Math.min(bytes.length, 32));
        return "frame " + number + " of " + bytes.length + " octets into port " + port + ": " + head;
    }
}
