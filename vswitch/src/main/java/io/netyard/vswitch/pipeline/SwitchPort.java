package io.netyard.vswitch.pipeline;

import io.netyard.vlan.VlanTable;
import io.netyard.vlan.frame.EthernetHeader;
import io.netyard.vswitch.port.Burst;
import io.netyard.vswitch.port.Port;
import org.jspecify.annotations.Nullable;

/// A port as the pipeline has it: its rules in the form that frames need, its queue, its counts.
final class SwitchPort {
    final int index;
    final Port port;
    final Burst queue = new Burst();
    final int offloads;
    final boolean pads;
    int mtu;

    PortSettings settings;
    VlanTable vlans;
    boolean learns;
    boolean forwards;
    private PortState held = PortState.FORWARDING;
    boolean isolated;
    int splitHorizon;
    TokenBucket broadcast;
    TokenBucket multicast;
    TokenBucket unknown;

    /// Where what comes in and what goes out is shown as well.
    @Nullable
    SwitchPort ingressMirror;

    @Nullable
    SwitchPort egressMirror;

    boolean isMirror;

    boolean isQueued;
    /// How many frames more than there are in the queue it stands for, because some are to be cut.
    int queuedSegments;

    long receivedFrames;
    long receivedBytes;
    long sentFrames;
    long sentBytes;
    final long[] drops = new long[DropReason.count()];

    SwitchPort(int index, Port port, PortSettings settings, long now) {
        this.index = index;
        this.port = port;
        this.offloads = port.capabilities().offloads();
        this.mtu = port.capabilities().mtu();
        this.pads = port.capabilities().pads();
        this.settings = settings;
        this.vlans = new VlanTable(settings.vlans());
        this.broadcast = new TokenBucket(settings.storm().broadcast(), now);
        this.multicast = new TokenBucket(settings.storm().multicast(), now);
        this.unknown = new TokenBucket(settings.storm().unknown(), now);
        takeFlags(settings);
    }

    /// Changes what differs.
    void configure(PortSettings changed, long now) {
        if (!changed.vlans().equals(settings.vlans())) {
            vlans = new VlanTable(changed.vlans());
        }
        if (!changed.storm().equals(settings.storm())) {
            broadcast = new TokenBucket(changed.storm().broadcast(), now);
            multicast = new TokenBucket(changed.storm().multicast(), now);
            unknown = new TokenBucket(changed.storm().unknown(), now);
        }
        takeFlags(changed);
        settings = changed;
    }

    /// Lets the port do no more than a state allows, whatever its settings are.
    void hold(PortState most) {
        held = most;
        takeFlags(settings);
    }

    private void takeFlags(PortSettings from) {
        learns = from.state() != PortState.DISCARDING && held != PortState.DISCARDING;
        forwards = from.state() == PortState.FORWARDING && held == PortState.FORWARDING;
        isolated = from.isolated();
        splitHorizon = from.splitHorizon();
    }

    /// Takes over what the device behind the port is now.
    void refresh() {
        mtu = port.capabilities().mtu();
    }

    /// Whether a frame is neither too long, its tags counted, nor to be padded.
    boolean takesAsItIs(int length) {
        return length - EthernetHeader.LENGTH <= mtu && (length >= EthernetHeader.SHORTEST_FRAME || !pads);
    }

    void drop(DropReason reason, int frames) {
        drops[reason.index()] += frames;
    }

    @Override
    public String toString() {
        return port.name();
    }
}
