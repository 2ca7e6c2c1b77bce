package io.netyard.topology.compile;

import io.netyard.net.InterfaceName;
import io.netyard.net.IpAddress;
import io.netyard.net.IpPrefix;
import io.netyard.net.Mtu;
import io.netyard.netlink.route.Vxlan;
import io.netyard.topology.model.Cable;
import io.netyard.topology.model.CableEnd;
import io.netyard.topology.model.Interface;
import io.netyard.topology.model.InterfaceKind;
import io.netyard.topology.model.Node;
import io.netyard.topology.model.NodeName;
import io.netyard.topology.model.Overlay;
import io.netyard.topology.model.Topology;
import io.netyard.topology.state.Resource.LinkEnd;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// All interfaces of all nodes: those that the file lists under its nodes, those that only a cable names,
/// and those that an overlay makes; and what each cable joins.
final class Wiring {
    /// What a cable carries unless the file says otherwise.
    private static final Mtu ETHERNET_MTU = new Mtu(1500);

    private final Map<NodeName, Map<InterfaceName, Interface>> interfaces = new LinkedHashMap<>();
    private final Map<LinkEnd, LinkEnd> peers = new HashMap<>();
    private final Map<LinkEnd, Mtu> cableMtus = new HashMap<>();

    private final Mtu defaultMtu;

    private Wiring(Mtu defaultMtu) {
        this.defaultMtu = defaultMtu;
    }

    static Wiring of(Topology topology) {
        Wiring wiring = new Wiring(topology.defaults().mtu().orElse(ETHERNET_MTU));
        for (Node node : topology.nodes()) {
            Map<InterfaceName, Interface> own = new LinkedHashMap<>();
            node.interfaces().forEach(each -> own.put(each.name(), each));
            wiring.interfaces.put(node.name(), own);
        }
        topology.links().forEach(wiring::add);
        topology.overlays().forEach(wiring::add);
        return wiring;
    }

    /// The interfaces of a node: first in the order of the file, then those that only cables and overlays
    /// name.
    List<Interface> interfaces(Node node) {
        return List.copyOf(of(node.name()));
    }

    /// The end at the other side of the cable.
    Optional<LinkEnd> peer(LinkEnd end) {
        return Optional.ofNullable(peers.get(end));
    }

    /// The MTU that the cable at this end says.
    Optional<Mtu> cableMtu(LinkEnd end) {
        return Optional.ofNullable(cableMtus.get(end));
    }

    /// The MTU of an interface: its own, its cable's, or what its parent leaves for it.
    Mtu mtu(LinkEnd end) {
        Interface each =
                interfaces.getOrDefault(new NodeName(end.node()), Map.of()).get(end.name());
        Optional<Mtu> own = each == null ? Optional.empty() : each.mtu();
        return own.or(() -> cableMtu(end)).orElseGet(() -> each == null ? defaultMtu : mtuBelow(end, each.kind()));
    }

    private Mtu mtuBelow(LinkEnd end, InterfaceKind kind) {
        if (kind.parentName().isEmpty()) {
            return defaultMtu;
        }
        Mtu below = mtu(new LinkEnd(end.node(), kind.parentName().get()));
        return kind instanceof InterfaceKind.Tunnel tunnel
                ? new Mtu(Math.max(Mtu.MIN, below.value() - tunnel.overhead()))
                : below;
    }

    private Collection<Interface> of(NodeName node) {
        return interfaces.getOrDefault(node, Map.of()).values();
    }

    private void add(Cable cable) {
        LinkEnd a = end(cable.a());
        LinkEnd b = end(cable.b());
        peers.put(a, b);
        peers.put(b, a);
        cable.mtu().ifPresent(mtu -> {
            cableMtus.put(a, mtu);
            cableMtus.put(b, mtu);
        });
        addUnlisted(cable.a());
        addUnlisted(cable.b());
    }

    private void addUnlisted(CableEnd end) {
        put(end.node(), Interface.of(end.interfaceName(), new InterfaceKind.LinkEnd()));
    }

    private void put(NodeName node, Interface added) {
        interfaces.getOrDefault(node, new LinkedHashMap<>()).putIfAbsent(added.name(), added);
    }

    private void add(Overlay overlay) {
        Map<NodeName, List<IpAddress>> addresses = new LinkedHashMap<>();
        for (NodeName member : overlay.members()) {
            addresses.put(member, underlayAddresses(member, overlay.underlay()));
        }
        boolean ipv4 =
                addresses.values().stream().allMatch(list -> list.stream().anyMatch(IpAddress::isV4));
        Map<NodeName, IpAddress> vteps = new LinkedHashMap<>();
        addresses.forEach((member, list) -> list.stream()
                .filter(address -> address.isV4() == ipv4)
                .findFirst()
                .ifPresent(address -> vteps.put(member, address)));
        vteps.forEach((member, local) -> put(member, vtep(overlay, local, others(vteps, member))));
    }

    private List<IpAddress> underlayAddresses(NodeName node, InterfaceName underlay) {
        Interface found = interfaces.getOrDefault(node, Map.of()).get(underlay);
        return found == null
                ? List.of()
                : found.addresses().stream().map(IpPrefix::address).toList();
    }

    private static List<IpAddress> others(Map<NodeName, IpAddress> vteps, NodeName member) {
        List<IpAddress> others = new ArrayList<>(vteps.values());
        others.remove(vteps.get(member));
        return others;
    }

    private static Interface vtep(Overlay overlay, IpAddress local, List<IpAddress> remotes) {
        return Interface.of(
                overlay.name(),
                new InterfaceKind.Vxlan(
                        overlay.vni(),
                        Optional.of(local),
                        Optional.empty(),
                        remotes,
                        Vxlan.ASSIGNED_PORT,
                        true,
                        Optional.empty(),
                        Optional.of(overlay.underlay()),
                        overlay.vlan()));
    }

    static LinkEnd end(CableEnd end) {
        return new LinkEnd(end.node().value(), end.interfaceName());
    }
}
