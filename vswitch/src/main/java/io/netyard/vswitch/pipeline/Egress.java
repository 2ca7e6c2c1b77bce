package io.netyard.vswitch.pipeline;

import io.netyard.vlan.TagCodec;
import io.netyard.vlan.VlanTag;
import io.netyard.vlan.frame.EthernetHeader;
import io.netyard.vlan.frame.Memory;
import io.netyard.vswitch.port.Offload;

/// Stage 5, egress VLAN: gives a frame the tag that a port wants it with. A frame for one port is changed
/// where it stands. One for several stays as it came in, and is copied once for each further form.
final class Egress {
    private static final int FORMS = 4;

    private final Transmission transmission;
    private final Scratch scratch;
    private final int[] tags = new int[FORMS];
    private final long[] addresses = new long[FORMS];
    private int forms;
    private int generation;

    Egress(Transmission transmission) {
        this.transmission = transmission;
        this.scratch = transmission.scratch();
    }

    /// Sends a frame that nobody else gets.
    ///
    /// @param tag the outer tag to bear, or [VlanTag#NONE]
    void sendOnly(SwitchPort to, FrameInHand frame, int tag, int peer) {
        long address = frame.address;
        int length = frame.length;
        if (tag != frame.tagInBytes) {
            if (frame.tagInBytes == VlanTag.NONE) {
                address = TagCodec.push(address, frame.first, frame.second, tag);
                length += VlanTag.LENGTH;
            } else if (tag == VlanTag.NONE) {
                address = TagCodec.pop(address, frame.first, frame.second);
                length -= VlanTag.LENGTH;
            } else {
                TagCodec.rewrite(address, tag);
            }
        }
        long offload = Offload.moved(frame.offload, length - frame.length);
        transmission.send(to, address, length, offload, peer, false);
    }

    /// Begins a frame for several ports.
    void beginShared() {
        forms = 0;
    }

    /// Sends a frame that others may get as well.
    void sendShared(SwitchPort to, FrameInHand frame, int tag, int peer) {
        if (tag == frame.tagInBytes) {
            transmission.send(to, frame.address, frame.length, frame.offload, peer, true);
            return;
        }
        int untagged = frame.untaggedLength();
        int length = tag == VlanTag.NONE ? untagged : untagged + VlanTag.LENGTH;
        long offload = Offload.moved(frame.offload, length - frame.length);
        transmission.send(to, form(frame, tag, length), length, offload, peer, true);
    }

    private long form(FrameInHand frame, int tag, int length) {
        if (generation != scratch.generation()) {
            forms = 0;
        }
        for (int at = 0; at < forms; at++) {
            if (tags[at] == tag) {
                return addresses[at];
            }
        }
        long copy = scratch.copy(length);
        if (generation != scratch.generation()) {
            generation = scratch.generation();
            forms = 0;
        }
        write(frame, tag, copy);
        if (forms < FORMS) {
            tags[forms] = tag;
            addresses[forms] = copy;
            forms++;
        }
        return copy;
    }

    private static void write(FrameInHand frame, int tag, long copy) {
        int from =
                frame.tagInBytes == VlanTag.NONE ? EthernetHeader.ADDRESSES : EthernetHeader.ADDRESSES + VlanTag.LENGTH;
        long to = copy + EthernetHeader.ADDRESSES;
        Memory.copy(frame.address, copy, EthernetHeader.ADDRESSES);
        if (tag != VlanTag.NONE) {
            Memory.putInt(to, tag);
            to += VlanTag.LENGTH;
        }
        Memory.copy(frame.address + from, to, frame.length - from);
    }
}
