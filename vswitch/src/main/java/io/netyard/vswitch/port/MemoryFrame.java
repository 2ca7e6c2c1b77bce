package io.netyard.vswitch.port;

import io.netyard.vlan.VlanTag;
import java.util.Arrays;
import java.util.HexFormat;

/// A frame of a [MemoryPort] with what a [Burst] says about a frame.
///
/// @param bytes the frame from its destination address, without FCS
/// @param offload work left to do, see [Offload]
/// @param tag a tag taken out of the bytes, or [VlanTag#NONE]
/// @param peer remote end point of a tunnel, 0 for none or all
@SuppressWarnings("ArrayRecordComponent") // copied on the way in and out
public record MemoryFrame(byte[] bytes, long offload, int tag, int peer) {
    public MemoryFrame {
        bytes = bytes.clone();
    }

    /// A complete frame that bears its tags in its bytes.
    public MemoryFrame(byte[] bytes) {
        this(bytes, Offload.NONE, VlanTag.NONE, 0);
    }

    @Override
    public byte[] bytes() {
        return bytes.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof MemoryFrame that
                && Arrays.equals(bytes, that.bytes)
                && offload == that.offload
                && tag == that.tag
                && peer == that.peer;
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    @Override
    public String toString() {
        return HexFormat.of().formatHex(bytes)
                + (tag == VlanTag.NONE ? "" : " tag " + VlanTag.toString(tag))
                + (offload == Offload.NONE ? "" : " offload 0x" + Long.toHexString(offload))
                + (peer == 0 ? "" : " peer " + peer);
    }
}
