package io.netyard.vswitch.pipeline;

import io.netyard.vlan.TagCodec;
import io.netyard.vlan.VlanTag;
import io.netyard.vlan.frame.EthernetHeader;
import io.netyard.vlan.frame.Memory;
import io.netyard.vswitch.port.Burst;
import io.netyard.vswitch.port.Offload;
import org.jspecify.annotations.Nullable;

/// The frame that a pipeline has in hand, taken apart. One object, refilled for each frame.
final class FrameInHand {
    /// Bytes of the longest frame: an IP packet of 64 KiB, its Ethernet header and some tags.
    static final int LONGEST = 65_535 + EthernetHeader.LENGTH + 4 * VlanTag.LENGTH;

    /// Bytes of the longest frame of a control protocol, which a tag may be part of: a frame of Ethernet.
    private static final int LONGEST_CONTROL = 1518;

    long address;
    int length;
    long offload;
    int peer;

    /// How many frames it stands for: more than one if it is to be cut.
    int frames;

    /// The first and second eight bytes.
    long first;

    long second;

    /// The outer tag of the type that the ingress port knows, in the bytes or beside them.
    int tag;

    /// The same if it stands in the bytes, else [VlanTag#NONE].
    int tagInBytes;

    /// Whether addresses, outer tag and peer are those of the frame before.
    boolean follows;

    /// PCP, DEI and VLAN after classification.
    int tci;

    /// Takes a frame out of a burst (stage 1, parse).
    ///
    /// @param tpid the type of tag that the port knows
    /// @return why it cannot be taken, or null
    @Nullable
    DropReason take(Burst burst, int index, int tpid) {
        long firstBefore = first;
        long secondBefore = second;
        int tagBefore = tag;
        int peerBefore = peer;
        address = burst.address(index);
        length = burst.length(index);
        offload = burst.offload(index);
        peer = burst.peer(index);
        tag = VlanTag.NONE;
        tagInBytes = VlanTag.NONE;
        if (length < EthernetHeader.LENGTH) {
            return DropReason.RUNT;
        }
        if (length > LONGEST) {
            return DropReason.TOO_LONG;
        }
        first = EthernetHeader.first(address);
        second = EthernetHeader.second(address, length);
        if (!takeTag(burst.tag(index), tpid)) {
            return DropReason.TRUNCATED_TAG;
        }
        follows =
                first == firstBefore && second >>> 32 == secondBefore >>> 32 && tag == tagBefore && peer == peerBefore;
        return null;
    }

    /// @param takenOut the tag that the device took out
    /// @return false if the frame ends within its tag
    private boolean takeTag(int takenOut, int tpid) {
        if (takenOut != VlanTag.NONE) {
            if (VlanTag.tpid(takenOut) == tpid) {
                tag = takenOut;
            } else {
                putBack(takenOut);
            }
        } else if (EthernetHeader.type(second) == tpid) {
            if (length < TagCodec.SHORTEST_TAGGED) {
                return false;
            }
            tag = (int) second;
            tagInBytes = tag;
        }
        return true;
    }

    /// A tag that the device took out, but that is payload to the port.
    private void putBack(int takenOut) {
        address = TagCodec.push(address, first, second, takenOut);
        length += VlanTag.LENGTH;
        offload = Offload.moved(offload, VlanTag.LENGTH);
        second = second & ~0xffff_ffffL | takenOut & 0xffff_ffffL;
    }

    /// Bytes of the frame in the form without its outer tag.
    int untaggedLength() {
        return tagInBytes == VlanTag.NONE ? length : length - VlanTag.LENGTH;
    }

    /// Where its packet begins, behind an outer tag that the port knows.
    int network() {
        return tagInBytes == VlanTag.NONE ? EthernetHeader.LENGTH : EthernetHeader.LENGTH + VlanTag.LENGTH;
    }

    /// A copy without the outer tag, of the beginning of a frame that is longer than those of control
    /// protocols.
    byte[] untagged() {
        byte[] bytes = Memory.toBytes(address, Math.min(length, LONGEST_CONTROL));
        if (tagInBytes == VlanTag.NONE) {
            return bytes;
        }
        byte[] shorter = new byte[bytes.length - VlanTag.LENGTH];
        int rest = EthernetHeader.ADDRESSES;
        System.arraycopy(bytes, 0, shorter, 0, rest);
        System.arraycopy(bytes, rest + VlanTag.LENGTH, shorter, rest, shorter.length - rest);
        return shorter;
    }

    long destination() {
        return EthernetHeader.destination(first);
    }

    long source() {
        return EthernetHeader.source(first, second);
    }

    int vid() {
        return VlanTag.vid(tci);
    }
}
