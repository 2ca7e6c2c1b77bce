package io.netyard.cli.daemon;

import io.netty.channel.IoEventLoop;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.util.concurrent.Future;
import io.netyard.linux.Failpoint;
import io.netyard.linux.FileIdentity;
import io.netyard.linux.LinuxException;
import io.netyard.linux.NetworkNamespace;
import io.netyard.linux.PacketOptions;
import io.netyard.net.InterfaceName;
import io.netyard.net.VlanId;
import io.netyard.topology.state.Resource;
import io.netyard.topology.state.Resource.UserPort;
import io.netyard.topology.state.Resource.UserSwitch;
import io.netyard.topology.state.ResourceId;
import io.netyard.topology.state.Tunnel;
import io.netyard.vlan.FrameTypes;
import io.netyard.vlan.PortVlans;
import io.netyard.vlan.VlanSet;
import io.netyard.vswitch.ProtectionStatus;
import io.netyard.vswitch.VirtualSwitch;
import io.netyard.vswitch.device.PacketPort;
import io.netyard.vswitch.device.TapPort;
import io.netyard.vswitch.pipeline.PortSettings;
import io.netyard.vswitch.pipeline.RelaySettings;
import io.netyard.vswitch.pipeline.RelaySnapshot;
import io.netyard.vswitch.port.Port;
import io.netyard.vswitch.snooping.SnoopingSettings;
import io.netyard.vswitch.stp.TreeStatus;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/// The switches that run in one daemon. Used by one thread at a time, under its lock; each switch runs on a
/// loop.
final class SwitchRack implements AutoCloseable {
    private static final long DEADLINE_SECONDS = 10;

    /// Each frame at once, with offloads; a ring of 2 MiB, since a lab may have hundreds of ports.
    private static final PacketOptions PACKETS =
            new PacketOptions(PacketOptions.Delivery.IMMEDIATE, true, false, Port.HEAD_ROOM, 2 << 20);

    /// Of a TAP device whose MTU may be changed while its port is attached.
    private static final int MOST_MTU = 9000;

    private final Path namespaceFolder;
    private final String lab;
    private final MultiThreadIoEventLoopGroup loops = new MultiThreadIoEventLoopGroup(
            Math.max(1, Runtime.getRuntime().availableProcessors()), EpollIoHandler.newFactory());
    private final Map<ResourceId, Running> switches = new LinkedHashMap<>();

    /// @param namespaceFolder where namespaces have their names, `/run/netns`
    SwitchRack(Path namespaceFolder, String lab) {
        this.namespaceFolder = namespaceFolder;
        this.lab = lab;
    }

    /// A switch, in the namespace of which it was made: another one may take over the name.
    private record Running(
            UserSwitch resource,
            FileIdentity namespace,
            VirtualSwitch forwarder,
            Map<InterfaceName, UserPort> ports,
            TunnelRack tunnels) {
        /// The same with other settings.
        Running as(UserSwitch changed) {
            return new Running(changed, namespace, forwarder, ports, tunnels);
        }
    }

    /// What runs and works, with what the devices are now: whoever asks, as apply at its end, can rely on
    /// it.
    List<Resource> running() {
        List<Resource> running = new ArrayList<>();
        for (Running each : switches.values()) {
            if (isInPlace(each)) {
                await(each.forwarder().refresh(), each.resource().id());
                running.add(each.resource());
                List<InterfaceName> stranded = each.tunnels().isEmpty()
                        ? List.of()
                        : await(each.tunnels().stranded(), each.resource().id());
                each.ports().values().stream()
                        .filter(port -> !stranded.contains(port.port()))
                        .forEach(running::add);
            }
        }
        return running;
    }

    private boolean isInPlace(Running each) {
        try (NetworkNamespace namespace = open(each.resource().node())) {
            return namespace.identity().equals(each.namespace());
        } catch (LinuxException _) {
            return false;
        }
    }

    private NetworkNamespace open(String node) {
        return NetworkNamespace.open(namespaceFolder.resolve(lab + "." + node));
    }

    /// Makes or changes one.
    ///
    /// @throws IllegalStateException if it cannot be done, with the reason
    void put(Resource resource) {
        Failpoint.pass("rack.put");
        switch (resource) {
            case UserSwitch wanted -> put(wanted);
            case UserPort wanted -> put(wanted);
            default -> throw new IllegalStateException(resource.id() + " is not in user space");
        }
    }

    private void put(UserSwitch wanted) {
        Running present = switches.get(wanted.id());
        if (present != null && present.resource().equals(wanted) && isInPlace(present)) {
            return;
        }
        if (present != null && present.resource().becomes(wanted) && isInPlace(present)) {
            configure(present.forwarder(), wanted);
            switches.put(wanted.id(), present.as(wanted));
            return;
        }
        remove(wanted);
        try (NetworkNamespace namespace = open(wanted.node())) {
            Map<InterfaceName, UserPort> ports = new ConcurrentHashMap<>();
            IoEventLoop loop = loops.next();
            VirtualSwitch forwarder = new VirtualSwitch(loop, VirtualSwitch.DEFAULT_ADDRESSES, (port, cause) -> {
                ports.remove(new InterfaceName(port));
                System.err.println(wanted.id() + ": port " + port + " failed: " + cause);
            });
            configure(forwarder, wanted);
            switches.put(
                    wanted.id(), new Running(wanted, namespace.identity(), forwarder, ports, new TunnelRack(loop)));
        }
    }

    private static void configure(VirtualSwitch forwarder, UserSwitch wanted) {
        await(forwarder.configure(settings(wanted)), wanted.id());
        await(
                forwarder.protect(Loops.wanted(wanted.loops()), (port, blocked) -> Loops.tell(wanted, port, blocked)),
                wanted.id());
    }

    private static RelaySettings settings(UserSwitch wanted) {
        UserSwitch.Multicast multicast = wanted.multicast();
        return RelaySettings.DEFAULT
                .withHub(wanted.mode() == UserSwitch.Mode.HUB)
                .withForwardedReserved(Loops.forwardedReserved(wanted.loops()))
                .withSnooping(new SnoopingSettings(multicast.snooping(), multicast.querier()));
    }

    private void put(UserPort wanted) {
        Running owner = switches.get(switchOf(wanted));
        if (owner == null) {
            throw new IllegalStateException("there is no switch for " + wanted.id());
        }
        PortSettings settings = new PortSettings(vlans(owner.resource(), wanted.vlans()));
        UserPort present = owner.ports().get(wanted.port());
        if (present != null && becomesInPlace(present.device(), wanted.device())) {
            await(owner.forwarder().configure(wanted.port().value(), settings), wanted.id());
            if (wanted.device() instanceof Tunnel tunnel && !tunnel.equals(present.device())) {
                await(owner.tunnels().change(wanted.port(), tunnel), wanted.id());
            }
        } else {
            remove(wanted);
            attach(owner, wanted, settings);
            return;
        }
        // Not if it has failed meanwhile.
        owner.ports().replace(wanted.port(), wanted);
    }

    private static boolean becomesInPlace(UserPort.Device there, UserPort.Device wanted) {
        return there instanceof Tunnel before && wanted instanceof Tunnel after
                ? before.becomesInPlace(after)
                : there.equals(wanted);
    }

    /// It is in the map before it can fail, so that a failure takes it out. What is not known to be
    /// attached is detached: the loop may be late.
    private void attach(Running owner, UserPort wanted, PortSettings settings) {
        owner.ports().put(wanted.port(), wanted);
        try {
            await(owner.forwarder().attach(open(owner, wanted), settings), wanted.id());
        } catch (RuntimeException failure) {
            remove(wanted);
            throw failure;
        }
    }

    private Port open(Running owner, UserPort wanted) {
        try (NetworkNamespace namespace = open(wanted.node())) {
            String name = wanted.port().value();
            return switch (wanted.device()) {
                case UserPort.OnInterface.PACKET -> PacketPort.open(name, namespace, wanted.port(), PACKETS);
                case UserPort.OnInterface.TAP -> TapPort.attach(name, namespace, wanted.port(), true, MOST_MTU);
                case Tunnel tunnel -> owner.tunnels().open(namespace, wanted.port(), tunnel);
            };
        }
    }

    private static PortVlans vlans(UserSwitch owner, UserPort.Vlans vlans) {
        if (owner.mode() != UserSwitch.Mode.VLAN_AWARE) {
            return PortVlans.transparent();
        }
        boolean isAccess = vlans.tagged().isEmpty();
        VlanSet untagged = VlanSet.of(vlans.untagged());
        VlanSet members = untagged;
        for (VlanId vlan : vlans.tagged()) {
            members = members.with(vlan);
        }
        boolean tagsArePayload = vlans.tpid() == UserPort.Vlans.NO_TPID;
        FrameTypes types = tagsArePayload
                ? FrameTypes.ALL
                : isAccess ? FrameTypes.UNTAGGED : vlans.pvid().isPresent() ? FrameTypes.ALL : FrameTypes.TAGGED;
        int tpid = tagsArePayload ? PortVlans.NO_TPID : vlans.tpid();
        return new PortVlans(tpid, vlans.pvid(), members, untagged, types, true, Map.of());
    }

    /// Takes one away; absent is success.
    void remove(Resource resource) {
        Failpoint.pass("rack.remove");
        switch (resource) {
            case UserSwitch user -> {
                Running gone = switches.remove(user.id());
                if (gone != null) {
                    await(gone.forwarder().close(), user.id());
                }
            }
            case UserPort port -> {
                Running owner = switches.get(switchOf(port));
                if (owner != null) {
                    owner.ports().remove(port.port());
                    await(owner.forwarder().detach(port.port().value()), port.id());
                    await(owner.tunnels().forget(port.port()), port.id());
                }
            }
            default -> throw new IllegalStateException(resource.id() + " is not in user space");
        }
    }

    private static ResourceId switchOf(UserPort port) {
        return new ResourceId(port.node(), ResourceId.Kind.USER_SWITCH, port.switchName());
    }

    /// What all switches know and have counted.
    List<SwitchReport> reports() {
        List<SwitchReport> reports = new ArrayList<>();
        for (Running each : switches.values()) {
            RelaySnapshot snapshot =
                    await(each.forwarder().snapshot(), each.resource().id());
            ProtectionStatus loops =
                    await(each.forwarder().protection(), each.resource().id());
            reports.add(new SwitchReport(
                    each.resource().node(),
                    SwitchReport.USER,
                    each.resource().name(),
                    each.resource().mode().toString(),
                    snapshot.ports().stream()
                            .map(port -> report(port, each.ports().get(new InterfaceName(port.name())), loops))
                            .toList(),
                    snapshot.addresses().stream().map(SwitchRack::report).toList(),
                    GroupReport.of(snapshot.groups()),
                    Loops.tree(each.resource(), loops),
                    Loops.found(loops),
                    await(each.tunnels().reports(), each.resource().id())));
        }
        return reports;
    }

    private static SwitchReport.Port report(
            RelaySnapshot.PortSnapshot port,
            @org.jspecify.annotations.Nullable UserPort resource,
            ProtectionStatus loops) {
        UserPort.Vlans vlans = resource == null ? UserPort.Vlans.NONE : resource.vlans();
        return new SwitchReport.Port(
                port.name(),
                port.isUp() ? word(port.settings().state()) : "disabled",
                vlans.pvid().map(VlanId::toString).orElse(""),
                vlans.untagged().stream().map(VlanId::value).toList(),
                vlans.tagged().stream().map(VlanId::value).toList(),
                port.receivedFrames(),
                port.receivedBytes(),
                port.sentFrames(),
                port.sentBytes(),
                drops(port, Optional.ofNullable(loops.treePorts().get(port.name()))));
    }

    /// What was dropped, with what was lost in the port itself, and what the spanning tree could not read.
    private static Map<String, Long> drops(RelaySnapshot.PortSnapshot port, Optional<TreeStatus.Port> inTree) {
        Map<String, Long> drops = new TreeMap<>();
        port.drops().forEach((reason, frames) -> drops.put(word(reason), frames));
        RelaySnapshot.Lost lost = port.lost();
        drops.put("receive-missed", lost.receiveDrops());
        drops.put("receive-bad", lost.receiveErrors());
        drops.put("transmit-full", lost.transmitDrops());
        drops.put("transmit-refused", lost.transmitErrors());
        inTree.ifPresent(tree -> drops.put("bad-bpdu", tree.unreadable()));
        drops.values().removeIf(frames -> frames == 0);
        return drops;
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static SwitchReport.Address report(RelaySnapshot.Address address) {
        return new SwitchReport.Address(
                address.vlan().value(),
                address.address().toString(),
                address.port(),
                address.isStatic(),
                address.age());
    }

    private static <T> T await(Future<T> future, ResourceId id) {
        if (!future.awaitUninterruptibly(DEADLINE_SECONDS, TimeUnit.SECONDS)) {
            throw new IllegalStateException(id + ": its loop does not answer");
        }
        if (!future.isSuccess()) {
            throw new IllegalStateException(id + ": " + future.cause().getMessage(), future.cause());
        }
        return future.getNow();
    }

    @Override
    public void close() {
        List.copyOf(switches.values()).forEach(each -> remove(each.resource()));
        loops.shutdownGracefully(0, DEADLINE_SECONDS, TimeUnit.SECONDS).awaitUninterruptibly();
    }
}
