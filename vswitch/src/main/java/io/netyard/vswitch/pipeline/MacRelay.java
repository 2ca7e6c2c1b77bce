package io.netyard.vswitch.pipeline;

import io.netyard.net.MacAddress;
import io.netyard.net.VlanId;
import io.netyard.vlan.PortVlans;
import io.netyard.vlan.VlanTable;
import io.netyard.vlan.VlanTag;
import io.netyard.vswitch.mac.MacTable;
import io.netyard.vswitch.pipeline.RelaySettings.Mirror;
import io.netyard.vswitch.pipeline.RelaySettings.Station;
import io.netyard.vswitch.port.Burst;
import io.netyard.vswitch.port.Port;
import io.netyard.vswitch.snooping.MulticastSnooping;
import io.netyard.vswitch.snooping.SnoopingSettings;
import io.netyard.vswitch.snooping.SnoopingSnapshot;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The MAC relay entity of a switch (IEEE 802.1Q clause 8.2): ports, table and pipeline, without a thread
/// of its own. Changing one port leaves the others, their queues and what was learned on them alone. For
/// one thread.
public final class MacRelay implements AutoCloseable {
    private final Ports ports = new Ports();
    private final Map<String, SwitchPort> byName = new LinkedHashMap<>();
    private final DecisionLog decisions = new DecisionLog();
    private final MacTable macs;
    private final Pipeline pipeline;
    private final Origin origin;
    private final long seed;
    private @Nullable MulticastSnooping snooping;
    private RelaySettings settings = RelaySettings.DEFAULT;

    /// Makes a switch without ports.
    ///
    /// @param capacity addresses that it can know
    /// @param seed makes the hash of addresses unpredictable
    /// @param failed told the name of a port that threw while it transmitted, which is not sent to any
    ///     more. It must not change the relay before the call that it came from has returned
    public MacRelay(int capacity, long seed, BiConsumer<String, RuntimeException> failed) {
        this.macs = new MacTable(capacity, settings.ageing(), seed);
        Transmission transmission = new Transmission((port, cause) -> failed.accept(port.port.name(), cause));
        this.pipeline = new Pipeline(ports, macs, transmission, decisions);
        this.origin = new Origin(ports, transmission);
        this.seed = seed;
    }

    /// Adds a port; attaching it is up to the caller.
    ///
    /// @param now nanoseconds of a clock that does not go back, here and below
    /// @throws IllegalArgumentException if there is a port of this name
    public void add(Port port, PortSettings with, long now) {
        if (byName.containsKey(port.name())) {
            throw new IllegalArgumentException("there is a port " + port.name() + " already");
        }
        SwitchPort added = new SwitchPort(ports.freeIndex(), port, with, now);
        ports.add(added);
        byName.put(port.name(), added);
        if (snooping != null) {
            snooping.portAdded();
        }
        addStations();
        connectMirrors();
    }

    /// Changes what differs in the settings of a port. What was learned on it in VLANs that it is no longer
    /// a member of is forgotten.
    ///
    /// @throws IllegalArgumentException if there is no such port, here and below
    public void configure(String name, PortSettings with, long now) {
        SwitchPort port = port(name);
        PortVlans vlans = with.vlans();
        boolean rejoins = !vlans.equals(port.settings.vlans());
        port.configure(with, now);
        if (rejoins) {
            macs.forgetLearned(
                    (vid, at, peer) -> at == port.index && !vlans.members().contains(vid));
            if (snooping != null) {
                snooping.forgetPort(port.index, vlans.members()::contains);
                snooping.portAdded();
            }
        }
    }

    /// Changes what differs in the settings of the switch.
    public void configure(RelaySettings with) {
        macs.ageAfter(with.ageing());
        pipeline.configure(with.hub(), with.forwardedReserved());
        if (!with.stations().equals(settings.stations())) {
            for (Station station : settings.stations()) {
                macs.remove(station.vlan().value(), station.address().value());
            }
        }
        snoop(with.snooping());
        settings = with;
        addStations();
        connectMirrors();
    }

    private void snoop(SnoopingSettings with) {
        if (!with.equals(settings.snooping())) {
            MulticastSnooping before = snooping;
            snooping = with.snoops() ? new MulticastSnooping(MulticastSnooping.DEFAULT_MEMBERSHIPS, with, seed) : null;
            pipeline.snoop(snooping);
            if (before != null) {
                before.close();
            }
        }
    }

    /// Gives frames that are meant for the switch to a taker from now on.
    public void control(ControlFrames taker) {
        pipeline.control(taker);
    }

    /// Gives them to nobody any more.
    public void stopControl() {
        pipeline.control(null);
    }

    /// Lets a port do no more than a state allows, whatever its settings say, until it is told otherwise.
    public void hold(String name, PortState most) {
        port(name).hold(most);
    }

    /// Sends a frame that the switch itself made by a port, in whatever state that is, without a tag.
    ///
    /// @param frame from its destination address on
    public void send(String name, byte[] frame) {
        pipeline.send(port(name), frame, VlanTag.NONE);
    }

    /// The same in a VLAN. Nothing is sent if the port is no member.
    ///
    /// @param frame without a tag
    public void send(String name, int vlan, byte[] frame) {
        SwitchPort to = port(name);
        int tag = to.vlans.egress(vlan);
        if (tag != VlanTable.NOT_A_MEMBER && !to.isMirror) {
            pipeline.send(to, frame, tag);
        }
    }

    /// Whether frames of a VLAN that come by one port may leave by another when both forward.
    public boolean passes(String from, String to, int vlan) {
        SwitchPort leaving = port(to);
        SwitchPort coming = port(from);
        return !coming.isMirror && Pipeline.keptApart(coming, leaving, leaving.vlans.egress(vlan)) == null;
    }

    /// Whether other ports are mirrored to a port.
    public boolean isMirror(String name) {
        return port(name).isMirror;
    }

    /// The next few VLANs that a port is a member of, in ascending order.
    ///
    /// @param after the VLAN after which to begin; 0 for the first
    /// @param most how many
    public List<Integer> vlans(String name, int after, int most) {
        VlanTable table = port(name).vlans;
        List<Integer> found = new ArrayList<>();
        for (int vid = after + 1; vid <= VlanId.MAX && found.size() < most; vid++) {
            if (table.egress(vid) != VlanTable.NOT_A_MEMBER) {
                found.add(vid);
            }
        }
        return found;
    }

    /// Forgets what was learned on a port.
    public void forgetLearned(String name) {
        macs.forgetPort(port(name).index, false);
    }

    /// The network around the switch changed: members of groups may be elsewhere now.
    public void topologyChanged() {
        if (snooping != null) {
            snooping.topologyChanged();
        }
    }

    /// How often a known address was seen somewhere else.
    public long moves() {
        return macs.moves();
    }

    /// Takes a port out; detaching it is up to the caller. What was learned on it is forgotten.
    public void remove(String name) {
        SwitchPort port = port(name);
        byName.remove(name);
        ports.remove(port);
        macs.forgetPort(port.index, true);
        if (snooping != null) {
            snooping.forgetPort(port.index, _ -> false);
        }
        connectMirrors();
    }

    /// Passes frames on that came in by a port, see [io.netyard.vswitch.port.PortContext#receive].
    public void receive(String name, Burst burst, long now) {
        pipeline.receive(port(name), burst, now);
    }

    /// The same by a port that is looked up once.
    public Ingress ingress(String name) {
        return new Ingress(pipeline, port(name));
    }

    /// Takes over what the devices behind the ports are now: their MTUs.
    public void refresh() {
        byName.values().forEach(SwitchPort::refresh);
    }

    /// Does [#refresh]. Forgets addresses that have aged in a part of the table, all of which is looked at
    /// in 16 calls, and memberships of groups that have ended; sends what the switch has to say by itself.
    /// To be called once a second.
    public void sweep(long now) {
        refresh();
        macs.sweep(second(now), (macs.slots() + 15) / 16);
        if (snooping != null) {
            snooping.tick(now, origin);
        }
    }

    /// Forgets all that was learned.
    public void forgetLearned() {
        macs.forgetLearned();
    }

    /// Tells a listener of every decision from now on. It must not change the relay.
    public void logDecisions(Consumer<Decision> listener) {
        decisions.on(listener);
    }

    /// Tells no more.
    public void stopLogging() {
        decisions.off();
    }

    /// Everything that can be shown.
    public RelaySnapshot snapshot(long now) {
        Map<Integer, String> names = new LinkedHashMap<>();
        List<RelaySnapshot.PortSnapshot> portSnapshots = new ArrayList<>();
        for (SwitchPort port : byName.values()) {
            names.put(port.index, port.port.name());
            portSnapshots.add(snapshot(port));
        }
        List<RelaySnapshot.Address> addresses = new ArrayList<>();
        macs.forEach(
                second(now),
                (vid, mac, port, peer, isStatic, age) -> addresses.add(new RelaySnapshot.Address(
                        new VlanId(vid), new MacAddress(mac), names.getOrDefault(port, ""), peer, isStatic, age)));
        List<RelaySnapshot.VlanSnapshot> vlans = new ArrayList<>();
        for (int vid = VlanId.MIN; vid <= VlanId.MAX; vid++) {
            if (pipeline.vlanFrames(vid) != 0) {
                vlans.add(new RelaySnapshot.VlanSnapshot(
                        new VlanId(vid), pipeline.vlanFrames(vid), pipeline.vlanBytes(vid)));
            }
        }
        SnoopingSnapshot groups = snooping == null
                ? SnoopingSnapshot.EMPTY
                : snooping.snapshot(now, index -> names.getOrDefault(index, ""));
        return new RelaySnapshot(portSnapshots, vlans, addresses, macs.moves(), macs.evictions(), groups);
    }

    private static RelaySnapshot.PortSnapshot snapshot(SwitchPort port) {
        Map<DropReason, Long> drops = new EnumMap<>(DropReason.class);
        for (DropReason reason : DropReason.values()) {
            if (port.drops[reason.index()] != 0) {
                drops.put(reason, port.drops[reason.index()]);
            }
        }
        return new RelaySnapshot.PortSnapshot(
                port.port.name(),
                port.settings,
                port.port.line().up(),
                port.receivedFrames,
                port.receivedBytes,
                port.sentFrames,
                port.sentBytes,
                drops,
                RelaySnapshot.Lost.of(port.port.counters()));
    }

    private void addStations() {
        for (Station station : settings.stations()) {
            SwitchPort port = byName.get(station.port());
            if (port != null) {
                macs.addStatic(station.vlan().value(), station.address().value(), port.index, station.peer());
            }
        }
    }

    private void connectMirrors() {
        for (SwitchPort port : byName.values()) {
            port.ingressMirror = null;
            port.egressMirror = null;
            port.isMirror = false;
        }
        for (Mirror mirror : settings.mirrors()) {
            SwitchPort to = byName.get(mirror.to());
            if (to != null) {
                to.isMirror = true;
                mirror.received().forEach(name -> ifPresent(name, port -> port.ingressMirror = to));
                mirror.sent().forEach(name -> ifPresent(name, port -> port.egressMirror = to));
            }
        }
    }

    private void ifPresent(String name, Consumer<SwitchPort> action) {
        SwitchPort port = byName.get(name);
        if (port != null) {
            action.accept(port);
        }
    }

    private SwitchPort port(String name) {
        SwitchPort port = byName.get(name);
        if (port == null) {
            throw new IllegalArgumentException("there is no port " + name);
        }
        return port;
    }

    private static int second(long now) {
        return (int) (now / 1_000_000_000L);
    }

    @Override
    public void close() {
        if (snooping != null) {
            snooping.close();
        }
        pipeline.close();
    }

    /// The way in by one port. Not to be used after the port was removed.
    public static final class Ingress {
        private final Pipeline pipeline;
        private final SwitchPort port;

        private Ingress(Pipeline pipeline, SwitchPort port) {
            this.pipeline = pipeline;
            this.port = port;
        }

        /// Passes frames on that came in.
        public void receive(Burst burst, long now) {
            pipeline.receive(port, burst, now);
        }
    }
}
