package io.netyard.vswitch.pipeline;

import io.netyard.vlan.IngressDiscard;
import io.netyard.vlan.PortVlans;
import io.netyard.vlan.TagCodec;
import io.netyard.vlan.VlanTable;
import io.netyard.vlan.VlanTag;
import io.netyard.vlan.frame.EthernetHeader;
import io.netyard.vlan.frame.Memory;
import io.netyard.vswitch.mac.Learning;
import io.netyard.vswitch.mac.MacTable;
import io.netyard.vswitch.port.Burst;
import io.netyard.vswitch.port.Offload;
import io.netyard.vswitch.snooping.MulticastSnooping;
import org.jspecify.annotations.Nullable;

/// The way of a frame through a switch (IEEE 802.1Q clause 8.6):
///
/// 1. parse: addresses and outer tag, by two loads
/// 2. ingress VLAN: classify by tag or port, filter
/// 3. learn: the source is behind the port
/// 4. look up: the port of the destination, or all
/// 5. egress VLAN: with which tag, if any ([Egress])
/// 6. transmit or drop ([Transmission])
final class Pipeline implements AutoCloseable {
    private static final long NANOS = 1_000_000_000L;
    private static final int VIDS = 4096;

    private final Ports ports;
    private final MacTable macs;
    private final Transmission transmission;
    private final Egress egress;
    private final DecisionLog decisions;
    private final FrameInHand frame = new FrameInHand();
    /// Frames and bytes of each VLAN.
    private final long[] vlans = new long[2 * VIDS];

    private @Nullable MulticastSnooping snooping;
    private @Nullable ControlFrames control;
    private boolean isHub;
    private int forwardedReserved;
    private boolean deciding;
    private long now;
    private int second;

    /// The port of the one station that the frame in hand, or until then the one before it, is for; null if
    /// there is none. With the tag and the remote end point that it goes with.
    private @Nullable SwitchPort station;

    private int stationTag;
    private int stationPeer;

    Pipeline(Ports ports, MacTable macs, Transmission transmission, DecisionLog decisions) {
        this.ports = ports;
        this.macs = macs;
        this.transmission = transmission;
        this.egress = new Egress(transmission);
        this.decisions = decisions;
    }

    /// @param hub whether every frame goes to all other ports, unlooked at
    /// @param reserved the reserved addresses that are forwarded nevertheless: bit n for 01-80-C2-00-00-0n
    void configure(boolean hub, int reserved) {
        isHub = hub;
        forwardedReserved = reserved;
    }

    /// @param with who wants which group, or null if groups are flooded
    void snoop(@Nullable MulticastSnooping with) {
        snooping = with;
    }

    /// @param taker gets frames that are meant for the switch; null for none
    void control(@Nullable ControlFrames taker) {
        control = taker;
    }

    /// Sends a frame that the switch itself made, whatever the state of the port.
    ///
    /// @param tag the tag to bear, or [VlanTag#NONE]
    void send(SwitchPort to, byte[] bytes, int tag) {
        Scratch scratch = transmission.scratch();
        long address = scratch.copy(bytes.length + VlanTag.LENGTH) + VlanTag.LENGTH;
        Memory.copy(bytes, address);
        int length = bytes.length;
        if (tag != VlanTag.NONE) {
            address =
                    TagCodec.push(address, EthernetHeader.first(address), EthernetHeader.second(address, length), tag);
            length += VlanTag.LENGTH;
        }
        transmission.send(to, address, length, Offload.NONE, 0, true);
        transmission.finish();
    }

    /// Passes a burst on.
    ///
    /// @param nanos a clock that does not go back
    void receive(SwitchPort from, Burst burst, long nanos) {
        now = nanos;
        second = (int) (nanos / NANOS);
        deciding = decisions.isOn();
        int size = burst.size();
        from.receivedFrames += size;
        from.receivedBytes += burst.bytes();
        station = null;
        try {
            for (int at = 0; at < size; at++) {
                if (isHub) {
                    repeat(from, burst, at);
                } else {
                    forward(from, burst, at);
                }
            }
            if (deciding) {
                decisions.end();
            }
        } finally {
            // Whatever was thrown: frames must not stay in queues longer than in the memory of the burst.
            transmission.finish();
        }
    }

    private void forward(SwitchPort from, Burst burst, int at) {
        DropReason malformed = frame.take(burst, at, from.vlans.tpid());
        arrive(from);
        if (malformed != null) {
            station = null;
            drop(from, malformed);
            return;
        }
        if (isOfTrain()) {
            count(frame.vid());
        } else {
            station = null;
            decide(from);
        }
        SwitchPort to = station;
        if (to != null) {
            egress.sendOnly(to, frame, stationTag, stationPeer);
        }
    }

    /// Whether a frame goes the way of the one before, because it comes by the same port with the same
    /// addresses and tag, in the same burst: nothing was learned or configured since.
    private boolean isOfTrain() {
        SwitchPort before = station;
        return before != null && frame.follows && before.forwards && !deciding;
    }

    /// Stages 2 to 4, and what comes after unless the frame is for one [#station].
    private void decide(SwitchPort from) {
        if (from.ingressMirror != null) {
            egress.beginShared();
            egress.sendShared(from.ingressMirror, frame, frame.tag, 0);
        }
        if (!isForSwitch(from) && classify(from) && learn(from)) {
            lookUp(from);
        }
    }

    /// Whether a protocol of the switch took the frame. What the rules of the port say comes after.
    private boolean isForSwitch(SwitchPort from) {
        long destination = frame.destination();
        ControlFrames taker = control;
        if (taker == null || !EthernetHeader.isGroup(destination) || !taker.wants(destination)) {
            return false;
        }
        int tci = from.isMirror ? -1 : from.vlans.ingress(frame.tag);
        if (!taker.take(from.port.name(), tci < 0 ? -1 : VlanTag.vid(tci), frame.untagged())) {
            return false;
        }
        if (deciding) {
            decisions.lookedUp(Destination.THE_SWITCH);
        }
        return true;
    }

    /// Stage 2.
    private boolean classify(SwitchPort from) {
        int tci = from.vlans.ingress(frame.tag);
        if (tci < 0) {
            return drop(from, DropReason.of(IngressDiscard.of(tci)));
        }
        frame.tci = tci;
        int vid = VlanTag.vid(tci);
        count(vid);
        if (deciding) {
            decisions.classified(vid);
        }
        return true;
    }

    private void count(int vid) {
        vlans[2 * vid] += frame.frames;
        vlans[2 * vid + 1] += frame.length;
    }

    /// Stage 3.
    private boolean learn(SwitchPort from) {
        long source = frame.source();
        if (!EthernetHeader.isStation(source)) {
            return drop(from, DropReason.INVALID_SOURCE);
        }
        if (!from.learns || from.isMirror) {
            return drop(from, from.isMirror ? DropReason.MIRROR_PORT : DropReason.NOT_FORWARDING);
        }
        Learning learned = macs.learn(frame.vid(), source, from.index, frame.peer, second);
        if (deciding) {
            decisions.learned(learned);
        }
        return from.forwards || drop(from, DropReason.NOT_FORWARDING);
    }

    /// Stage 4.
    private void lookUp(SwitchPort from) {
        long destination = frame.destination();
        if (EthernetHeader.isGroup(destination)) {
            sendToGroup(from, destination);
            return;
        }
        long found = macs.find(frame.vid(), destination, second);
        if (found != MacTable.MISS) {
            sendToOne(from, ports.at(MacTable.port(found)), MacTable.peer(found));
        } else if (from.unknown.take(frame.frames, now)) {
            flood(from, Destination.UNKNOWN);
        } else {
            drop(from, DropReason.UNKNOWN_STORM);
        }
    }

    private void sendToGroup(SwitchPort from, long destination) {
        if (EthernetHeader.isReserved(destination) && (forwardedReserved >>> ((int) destination & 0xf) & 1) == 0) {
            drop(from, DropReason.RESERVED_ADDRESS);
        } else if (destination == EthernetHeader.BROADCAST) {
            if (from.broadcast.take(frame.frames, now)) {
                flood(from, Destination.BROADCAST);
            } else {
                drop(from, DropReason.BROADCAST_STORM);
            }
        } else if (!from.multicast.take(frame.frames, now)) {
            drop(from, DropReason.MULTICAST_STORM);
        } else if (snooping == null) {
            flood(from, Destination.GROUP);
        } else {
            snoop(from, snooping);
        }
    }

    private void snoop(SwitchPort from, MulticastSnooping groups) {
        switch (groups.receive(frame.vid(), from.index, frame.address, frame.length, frame.network(), now)) {
            case FLOOD -> flood(from, Destination.GROUP);
            case QUERY -> flood(from, Destination.QUERY);
            case DAMAGED -> drop(from, DropReason.BAD_GROUP_MESSAGE);
            case REPORT -> sendToAudience(from, groups, Destination.REPORT);
            case MEMBERS -> sendToAudience(from, groups, Destination.MEMBERS);
            case UNREGISTERED -> sendToAudience(from, groups, Destination.UNREGISTERED);
        }
    }

    /// Stages 5 and 6 for a known station.
    private void sendToOne(SwitchPort from, SwitchPort to, int peer) {
        if (deciding) {
            decisions.lookedUp(Destination.KNOWN);
        }
        int tag = to.vlans.egress(frame.tci);
        DropReason kept = keptFrom(from, to, tag);
        if (kept != null) {
            drop(from, kept);
            return;
        }
        if (deciding) {
            decisions.sent(to, tag);
        }
        if (from.ingressMirror == null) {
            station = to;
            stationTag = tag;
            stationPeer = peer;
        } else {
            egress.sendShared(to, frame, tag, peer);
        }
    }

    /// Stages 5 and 6 for all.
    private void flood(SwitchPort from, Destination destination) {
        if (deciding) {
            decisions.lookedUp(destination);
        }
        egress.beginShared();
        boolean sent = false;
        for (int at = 0; at < ports.size(); at++) {
            sent |= sendCopy(from, ports.active(at));
        }
        if (!sent) {
            drop(from, DropReason.NO_OTHER_PORT);
        }
    }

    /// Stages 5 and 6 for a group. Reports end here where there is no router: the switch has read them.
    private void sendToAudience(SwitchPort from, MulticastSnooping groups, Destination destination) {
        if (deciding) {
            decisions.lookedUp(destination);
        }
        egress.beginShared();
        boolean sent = false;
        for (int at = 0; at < groups.audienceSize(); at++) {
            sent |= sendCopy(from, ports.at(groups.audience(at)));
        }
        if (!sent && destination != Destination.REPORT) {
            drop(from, DropReason.NO_MEMBER);
        }
    }

    private boolean sendCopy(SwitchPort from, SwitchPort to) {
        int tag = to.vlans.egress(frame.tci);
        if (keptFrom(from, to, tag) != null) {
            return false;
        }
        if (deciding) {
            decisions.sent(to, tag);
        }
        egress.sendShared(to, frame, tag, 0);
        return true;
    }

    private static @Nullable DropReason keptFrom(SwitchPort from, SwitchPort to, int tag) {
        return to.forwards || to == from || to.isMirror ? keptApart(from, to, tag) : DropReason.NOT_FORWARDING;
    }

    /// Why frames of one port never leave by another, whatever their states.
    static @Nullable DropReason keptApart(SwitchPort from, SwitchPort to, int tag) {
        if (to == from) {
            return DropReason.SAME_PORT;
        }
        if (to.isMirror) {
            return DropReason.MIRROR_PORT;
        }
        if (tag == VlanTable.NOT_A_MEMBER) {
            return DropReason.EGRESS_NOT_A_MEMBER;
        }
        if (from.isolated && to.isolated) {
            return DropReason.ISOLATED;
        }
        return from.splitHorizon != 0 && from.splitHorizon == to.splitHorizon ? DropReason.SPLIT_HORIZON : null;
    }

    /// What a hub does.
    private void repeat(SwitchPort from, Burst burst, int at) {
        DropReason malformed = frame.take(burst, at, PortVlans.NO_TPID);
        arrive(from);
        if (malformed != null) {
            drop(from, malformed);
            return;
        }
        if (!from.forwards) {
            drop(from, DropReason.NOT_FORWARDING);
            return;
        }
        if (deciding) {
            decisions.lookedUp(Destination.HUB);
        }
        egress.beginShared();
        for (int next = 0; next < ports.size(); next++) {
            SwitchPort to = ports.active(next);
            if (to != from && to.forwards) {
                if (deciding) {
                    decisions.sent(to, VlanTag.NONE);
                }
                egress.sendShared(to, frame, VlanTag.NONE, 0);
            }
        }
    }

    private void arrive(SwitchPort from) {
        frame.frames = 1;
        if (Offload.isSegmented(frame.offload)) {
            frame.frames = transmission.segments(frame);
            from.receivedFrames += frame.frames - 1;
        }
        if (deciding) {
            decisions.begin(from, frame);
        }
    }

    /// Counts a frame as dropped, and its segments one by one.
    private boolean drop(SwitchPort from, DropReason reason) {
        from.drop(reason, frame.frames);
        if (deciding) {
            decisions.dropped(reason);
        }
        return false;
    }

    /// Frames that were classified to a VLAN.
    long vlanFrames(int vid) {
        return vlans[2 * vid];
    }

    /// Bytes of those.
    long vlanBytes(int vid) {
        return vlans[2 * vid + 1];
    }

    @Override
    public void close() {
        transmission.close();
    }
}
