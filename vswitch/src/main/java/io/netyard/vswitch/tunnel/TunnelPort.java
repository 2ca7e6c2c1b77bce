package io.netyard.vswitch.tunnel;

import io.netyard.net.IpAddress;
import io.netyard.vlan.VlanTag;
import io.netyard.vlan.frame.EthernetHeader;
import io.netyard.vlan.frame.Memory;
import io.netyard.vswitch.port.Burst;
import io.netyard.vswitch.port.Port;
import io.netyard.vswitch.port.PortCapabilities;
import io.netyard.vswitch.port.PortContext;
import io.netyard.vswitch.port.PortCounters;
import io.netyard.vxlan.Ecn;
import io.netyard.vxlan.InnerPacket;
import io.netyard.vxlan.OuterFields;
import io.netyard.vxlan.TunnelHeader;
import io.netyard.vxlan.VtepTable;
import java.util.Collection;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A tunnel as a port of a switch. The switch learns behind which remote end point a station is, see
/// [Burst#peer]; a frame for a station behind one goes there alone, other frames go to all on the flood
/// list. A frame that came in never leaves by the same tunnel (split horizon), as by no port.
///
/// Which VLAN it carries, and that frames with a tag within are discarded (RFC 7348 section 6.1), is up to
/// the port's VLAN settings: those of an access port.
public final class TunnelPort implements Port {
    private static final int SHORTEST = TunnelHeader.LENGTH + EthernetHeader.LENGTH;

    private final TunnelEndpoint endpoint;
    private final TunnelHeader header;
    private final Underlay underlay;
    private final String name;
    private final int identifier;
    private final VtepTable remotes;
    private final OuterFields outer;
    private final PortCapabilities capabilities;
    private final PortCounters counters = new PortCounters();
    private final TunnelCounters tunnelCounters = new TunnelCounters();
    private final Burst received = new Burst();
    private final Datagrams sending = new Datagrams();
    private final boolean tellsFlows;
    private boolean learning;
    private @Nullable PortContext context;

    /// What can be chosen at a port.
    ///
    /// @param mtu bytes of the longest packet that it carries in a frame, 68 to 65,535
    /// @param learning whether the switch learns which station is behind which end point; if not, frames
    ///     for a station behind the tunnel go to all of them
    /// @param tellsFlows whether the header of NVGRE has a FlowID
    public record Options(int mtu, boolean learning, boolean tellsFlows) {
        static Options of(TunnelEndpoint endpoint) {
            return new Options(endpoint.mtu(), true, true);
        }
    }

    TunnelPort(
            TunnelEndpoint endpoint,
            String name,
            int identifier,
            VtepTable remotes,
            OuterFields outer,
            Options options) {
        this.endpoint = endpoint;
        this.header = endpoint.header();
        this.underlay = endpoint.underlay();
        this.name = name;
        this.identifier = identifier;
        this.remotes = remotes;
        this.outer = outer;
        this.learning = options.learning();
        this.tellsFlows = options.tellsFlows();
        this.capabilities = new PortCapabilities(0, false, options.mtu());
    }

    /// Its VNI or VSID.
    public int identifier() {
        return identifier;
    }

    /// Its remote end points. To be changed on the loop's thread alone.
    public VtepTable remotes() {
        return remotes;
    }

    /// Changes the remote end points and what is learned while frames flow. To be called on the loop's
    /// thread. Multicast groups have to stay the same.
    ///
    /// @param others whether frames of others are taken as well
    public void change(Collection<? extends IpAddress> ends, boolean others, boolean learns) {
        remotes.relist(ends, others);
        learning = learns;
    }

    /// The multicast groups that it floods to.
    Stream<IpAddress> groups() {
        return IntStream.range(0, remotes.floodSize())
                .mapToObj(at -> remotes.address(remotes.flood(at)))
                .filter(IpAddress::isMulticast);
    }

    /// Datagrams that it did not take.
    public TunnelCounters tunnelCounters() {
        return tunnelCounters;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public PortCapabilities capabilities() {
        return capabilities;
    }

    @Override
    public PortCounters counters() {
        return counters;
    }

    @Override
    public void attach(PortContext to) {
        endpoint.attach(this, to);
        context = to;
    }

    @Override
    public void detach() {
        context = null;
        endpoint.detach(this);
    }

    void failed(Throwable cause) {
        PortContext receiver = context;
        if (receiver != null) {
            receiver.failed(cause);
        }
    }

    /// Takes the frame out of a datagram.
    void take(Datagrams datagrams, int index) {
        int length = datagrams.length(index);
        if (length < SHORTEST) {
            tunnelCounters.countBadHeader();
            return;
        }
        int peer = remotes.admit(datagrams.remoteHigh(index), datagrams.remoteLow(index));
        if (peer == VtepTable.NONE) {
            tunnelCounters.countRefusedPeer();
            return;
        }
        long frame = datagrams.address(index) + TunnelHeader.LENGTH;
        int frameLength = length - TunnelHeader.LENGTH;
        if (header == TunnelHeader.NVGRE && isTagged(frame)) {
            tunnelCounters.countTagged();
            return;
        }
        int outerClass = datagrams.trafficClass(index);
        if ((outerClass & Ecn.CE) != Ecn.NOT_ECT && !passCongestion(frame, frameLength, outerClass)) {
            tunnelCounters.countCongested();
            return;
        }
        received.add(frame, frameLength, datagrams.offload(index), VlanTag.NONE, learning ? peer : VtepTable.NONE);
        if (received.isFull()) {
            deliver();
        }
    }

    private static boolean passCongestion(long frame, int length, int outerClass) {
        long packet = InnerPacket.find(frame, length);
        int inner = InnerPacket.trafficClass(packet);
        int ecn = Ecn.decapsulate(Math.max(0, inner), outerClass);
        if (packet != InnerPacket.NONE && ecn != Ecn.DROP) {
            InnerPacket.setEcn(packet, ecn);
        }
        return ecn != Ecn.DROP;
    }

    /// Gives the frames taken to the switch.
    void deliver() {
        PortContext receiver = context;
        if (receiver != null && !received.isEmpty()) {
            receiver.receive(received);
        }
        received.clear();
    }

    @Override
    public int transmit(Burst burst) {
        int sent = burst.size();
        for (int at = 0; at < burst.size(); at++) {
            long frame = burst.address(at);
            int length = burst.length(at);
            if (header == TunnelHeader.NVGRE && isTagged(frame)) {
                tunnelCounters.countTagged();
                sent--;
                continue;
            }
            long packet = InnerPacket.find(frame, length);
            int flow = InnerPacket.flow(frame, length, packet);
            header.write(frame - TunnelHeader.LENGTH, identifier, tellsFlows ? flow : 0);
            int peer = burst.peer(at);
            if (peer != VtepTable.NONE && remotes.isKnown(peer)) {
                add(frame, length, packet, flow, peer);
            } else if (remotes.floodSize() == 0) {
                tunnelCounters.countNoPeer();
                sent--;
            } else {
                flood(frame, length, packet, flow);
            }
        }
        send();
        return sent;
    }

    private static boolean isTagged(long frame) {
        return VlanTag.isTpid(Memory.getShort(frame + EthernetHeader.TYPE));
    }

    private void flood(long frame, int length, long packet, int flow) {
        for (int copy = 0; copy < remotes.floodSize(); copy++) {
            add(frame, length, packet, flow, remotes.flood(copy));
        }
    }

    private void add(long frame, int length, long packet, int flow, int peer) {
        sending.add(
                frame - TunnelHeader.LENGTH,
                length + TunnelHeader.LENGTH,
                remotes.high(peer),
                remotes.low(peer),
                header == TunnelHeader.VXLAN ? InnerPacket.sourcePort(flow) : 0,
                outer.trafficClass(packet),
                outer.ttl(packet));
        if (sending.isFull()) {
            send();
        }
    }

    private void send() {
        if (sending.size() != 0) {
            counters.addTransmitErrors(sending.size() - underlay.send(sending));
            sending.clear();
        }
    }
}
