package io.netyard.topology.yaml;

import io.netyard.net.InterfaceName;
import io.netyard.net.IpAddress;
import io.netyard.net.Mtu;
import io.netyard.topology.model.CableEnd;
import io.netyard.topology.model.Diagnostic.Position;
import io.netyard.topology.model.Interface;
import io.netyard.topology.model.InterfaceKind;
import io.netyard.topology.model.Node;
import io.netyard.topology.model.Overlay;
import io.netyard.topology.model.Topology;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// Checks that what carries packets takes those that are sent. Used once.
final class MtuLint {
    private static final int DEFAULT_MTU = 1500;
    private static final int VXLAN_OVER_IPV4 = 50;
    private static final int VXLAN_OVER_IPV6 = 70;

    private final Topology topology;
    private final Positions positions;
    private final Diagnostics diagnostics;
    private final BroadcastDomains domains;
    private final Map<CableEnd, Interface> interfaces = new LinkedHashMap<>();
    private final Map<CableEnd, Mtu> cables = new HashMap<>();
    private final Map<String, Narrow> narrowest = new LinkedHashMap<>();

    MtuLint(Topology topology, Positions positions, Diagnostics diagnostics, BroadcastDomains domains) {
        this.topology = topology;
        this.positions = positions;
        this.diagnostics = diagnostics;
        this.domains = domains;
    }

    /// A tunnel that a broadcast domain goes through.
    ///
    /// @param below the interface that carries it
    /// @param carries octets of the longest packet that fits in
    /// @param overhead octets that it adds
    private record Narrow(Position position, String name, CableEnd below, int carries, int overhead) {}

    void check() {
        topology.links()
                .forEach(cable -> cable.mtu().ifPresent(mtu -> {
                    cables.put(cable.a(), mtu);
                    cables.put(cable.b(), mtu);
                }));
        for (Node node : topology.nodes()) {
            node.interfaces().forEach(each -> interfaces.put(new CableEnd(node.name(), each.name()), each));
        }
        interfaces.forEach(this::checkAgainstParent);
        topology.overlays().forEach(this::add);
        for (Node node : topology.nodes()) {
            node.interfaces().forEach(each -> add(node, each));
        }
        checkStations();
    }

    private void checkAgainstParent(CableEnd here, Interface each) {
        if (each.mtu().isEmpty() || each.kind().parentName().isEmpty()) {
            return;
        }
        int own = each.mtu().get().value();
        int parent = mtu(new CableEnd(here.node(), each.kind().parentName().get()));
        int overhead = overhead(each.kind());
        if (own > parent - overhead) {
            diagnostics.error(
                    positions.of(here),
                    here + " has an MTU of " + own + ", and what it lies on has " + parent
                            + (overhead == 0 ? "" : ": " + each.kind().keyword() + " takes " + overhead + " of it"));
        }
    }

    private static int overhead(InterfaceKind kind) {
        return kind instanceof InterfaceKind.Tunnel tunnel ? tunnel.overhead() : 0;
    }

    /// Its own, its cable's, or what its parent leaves for it.
    private int mtu(CableEnd end) {
        Optional<Interface> each = Optional.ofNullable(interfaces.get(end));
        return each.flatMap(Interface::mtu)
                .or(() -> Optional.ofNullable(cables.get(end)))
                .map(Mtu::value)
                .or(() -> each.map(Interface::kind)
                        .flatMap(kind -> kind.parentName()
                                .map(parent -> mtu(new CableEnd(end.node(), parent)) - overhead(kind))))
                .orElseGet(() -> topology.defaults().mtu().map(Mtu::value).orElse(DEFAULT_MTU));
    }

    private void add(Overlay overlay) {
        for (var member : overlay.members()) {
            CableEnd below = new CableEnd(member, overlay.underlay());
            boolean ipv4 = Optional.ofNullable(interfaces.get(below)).stream()
                    .flatMap(each -> each.addresses().stream())
                    .anyMatch(prefix -> prefix.address().isV4());
            int overhead = ipv4 ? VXLAN_OVER_IPV4 : VXLAN_OVER_IPV6;
            add(
                    domains.of(overlay),
                    new Narrow(
                            positions.of(overlay),
                            "the overlay " + overlay.name(),
                            below,
                            mtu(below) - overhead,
                            overhead));
        }
    }

    private void add(Node node, Interface each) {
        if (each.kind() instanceof InterfaceKind.Tunnel tunnel) {
            CableEnd here = new CableEnd(node.name(), each.name());
            Optional<CableEnd> below = tunnel.underlay()
                    .or(() -> tunnel.local().flatMap(local -> holder(node, local)))
                    .map(name -> new CableEnd(node.name(), name));
            below.ifPresent(end -> add(
                    domains.of(node.name(), each.name()),
                    new Narrow(
                            positions.of(here),
                            here.toString(),
                            end,
                            each.mtu().map(Mtu::value).orElse(mtu(end) - tunnel.overhead()),
                            tunnel.overhead())));
        }
    }

    private static Optional<InterfaceName> holder(Node node, IpAddress address) {
        return node.interfaces().stream()
                .filter(each -> each.addresses().stream()
                        .anyMatch(prefix -> prefix.address().equals(address)))
                .filter(each -> !(each.kind() instanceof InterfaceKind.Loopback))
                .map(Interface::name)
                .findFirst();
    }

    private void add(String domain, Narrow tunnel) {
        narrowest.merge(domain, tunnel, (one, other) -> other.carries() < one.carries() ? other : one);
    }

    /// A switch in user space drops what is too long for a tunnel and tells nobody, as RFC 7348 section 4.3
    /// has it; the kernel tells some senders, depending on their offloads.
    private void checkStations() {
        Map<String, CableEnd> longest = new HashMap<>();
        for (Node node : topology.nodes()) {
            for (Interface each : node.interfaces()) {
                if (!each.addresses().isEmpty()) {
                    longest.merge(
                            domains.of(node.name(), each.name()),
                            new CableEnd(node.name(), each.name()),
                            (one, other) -> mtu(other) > mtu(one) ? other : one);
                }
            }
        }
        narrowest.forEach((domain, tunnel) -> Optional.ofNullable(longest.get(domain))
                .filter(station -> mtu(station) > tunnel.carries())
                .ifPresent(station -> warn(tunnel, station)));
    }

    private void warn(Narrow tunnel, CableEnd station) {
        diagnostics.warning(
                tunnel.position(),
                tunnel.name() + " carries packets of " + tunnel.carries() + " octets, and " + station + " sends up to "
                        + mtu(station) + ": longer ones are lost, and TCP may stand still",
                "say 'mtu: " + tunnel.carries() + "' at its stations, or 'mtu: " + (mtu(station) + tunnel.overhead())
                        + "' at " + tunnel.below() + " and all links below");
    }
}
