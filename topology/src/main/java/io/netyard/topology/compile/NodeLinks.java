package io.netyard.topology.compile;

import io.netyard.net.InterfaceName;
import io.netyard.net.IpAddress;
import io.netyard.net.MacAddress;
import io.netyard.net.Mtu;
import io.netyard.net.VlanId;
import io.netyard.netlink.message.Attributes;
import io.netyard.netlink.route.Bridge;
import io.netyard.netlink.route.Dummy;
import io.netyard.netlink.route.Ipvlan;
import io.netyard.netlink.route.LinkAttributes;
import io.netyard.netlink.route.LinkKind;
import io.netyard.netlink.route.Macvlan;
import io.netyard.netlink.route.MacvlanMode;
import io.netyard.netlink.route.Macvtap;
import io.netyard.netlink.route.Physical;
import io.netyard.netlink.route.Tun;
import io.netyard.netlink.route.Veth;
import io.netyard.netlink.route.Vlan;
import io.netyard.netlink.route.Vxlan;
import io.netyard.topology.model.Interface;
import io.netyard.topology.model.InterfaceKind;
import io.netyard.topology.model.InterfaceKind.VlanProtocol;
import io.netyard.topology.model.Multicast;
import io.netyard.topology.model.Node;
import io.netyard.topology.model.Topology;
import io.netyard.topology.state.Resource;
import io.netyard.topology.state.Resource.LinkEnd;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The links of one node, and the flood lists of its VXLAN interfaces.
final class NodeLinks {
    private static final InterfaceName LOOPBACK = new InterfaceName("lo");

    /// Bridges count time in hundredths of a second.
    private static final long CENTISECONDS = 100;

    /// Always the first interface of a namespace.
    private static final int LOOPBACK_INDEX = 1;

    private final Topology topology;
    private final Wiring wiring;
    private final Node node;
    private final String name;
    private final List<Interface> interfaces;
    private final Drivers drivers;
    private final SpanningTrees trees;
    private final boolean isBridge;
    private final Map<InterfaceName, InterfaceName> masters = new HashMap<>();
    private final List<Resource> resources = new ArrayList<>();

    NodeLinks(Topology topology, Wiring wiring, Drivers drivers, SpanningTrees trees, Node node) {
        this.trees = trees;
        this.topology = topology;
        this.wiring = wiring;
        this.node = node;
        this.name = node.name().value();
        this.interfaces = wiring.interfaces(node);
        this.drivers = drivers;
        this.isBridge = node.kind().hasPorts() && !drivers.forwardsInUserSpace(node, interfaces);
    }

    List<Resource> resources() {
        addLoopback();
        if (isBridge) {
            addSwitchBridge();
        }
        findMasters();
        for (Interface each : interfaces) {
            boolean isDevice = !drivers.endsInUserSpace(node, interfaces, each);
            if (isDevice && !(each.kind() instanceof InterfaceKind.Loopback)) {
                add(each);
            }
        }
        return resources;
    }

    private void addLoopback() {
        resources.add(new Resource.Link(
                name,
                LOOPBACK,
                LOOPBACK_INDEX,
                true,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Attributes.EMPTY,
                new Physical(Attributes.EMPTY)));
    }

    private void addSwitchBridge() {
        boolean filtering = SwitchVlans.present(node, interfaces);
        Attributes data = Attributes.EMPTY
                .with(Bridge.STP_STATE, node.tree().isPresent())
                .with(Bridge.MCAST_SNOOPING, node.multicast() != Multicast.FLOOD)
                .with(Bridge.MCAST_QUERIER, node.multicast() == Multicast.QUERY)
                .with(Bridge.VLAN_FILTERING, filtering);
        if (filtering) {
            // No port joins VLAN 1 unless the file says so.
            data = data.with(Bridge.VLAN_DEFAULT_PVID, 0);
        }
        if (node.tree().isPresent()) {
            data = trees.withTree(data, node.tree().get());
        }
        Attributes attributes = attributes(SwitchVlans.BRIDGE, Optional.empty(), Optional.empty(), true);
        resources.add(new Resource.Link(
                name,
                SwitchVlans.BRIDGE,
                0,
                true,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                attributes,
                new Bridge(data)));
    }

    private void findMasters() {
        for (Interface each : interfaces) {
            if (isBridge && each.isSwitchPort()) {
                masters.put(each.name(), SwitchVlans.BRIDGE);
            }
            if (each.kind() instanceof InterfaceKind.Bridge bridge) {
                bridge.ports().forEach(port -> masters.put(port, each.name()));
            }
        }
    }

    private void add(Interface each) {
        LinkEnd end = new LinkEnd(name, each.name());
        resources.add(new Resource.Link(
                name,
                each.name(),
                0,
                each.up(),
                isTap(each) ? Optional.empty() : parent(each.kind()),
                Optional.ofNullable(masters.get(each.name())),
                wiring.peer(end),
                attributes(each, end).with(LinkAttributes.IFALIAS, each.alias()),
                isTap(each) ? new Tun(Attributes.EMPTY) : kind(each.kind())));
        if (each.kind() instanceof InterfaceKind.Vxlan vxlan && vxlan.remotes().size() > 1) {
            for (IpAddress remote : vxlan.remotes()) {
                resources.add(new Resource.FdbEntry(name, each.name(), Vxlan.FLOOD, remote));
            }
        }
    }

    /// Whether frames of the interface are tagged in user space.
    private boolean isTap(Interface each) {
        return drivers.emulates(node, interfaces, each.kind());
    }

    private Attributes attributes(Interface each, LinkEnd end) {
        if (isTap(each) && each.kind() instanceof InterfaceKind.Vlan) {
            // As of a VLAN interface of the kernel.
            Interface root = root(each);
            LinkEnd rootEnd = new LinkEnd(name, root.name());
            return attributes(
                    root.name(),
                    each.mtu().or(() -> mtu(root, rootEnd)),
                    each.mac().or(root::mac),
                    true);
        }
        return attributes(each.name(), mtu(each, end), each.mac(), isTap(each) || hasOwnMac(each.kind()));
    }

    private Interface root(Interface each) {
        Interface at = each;
        while (at.kind() instanceof InterfaceKind.Vlan vlan) {
            at = interfaces.stream()
                    .filter(other -> other.name().equals(vlan.parent()))
                    .findFirst()
                    .orElseThrow();
        }
        return at;
    }

    private static Optional<InterfaceName> parent(InterfaceKind kind) {
        return kind instanceof InterfaceKind.Irb ? Optional.of(SwitchVlans.BRIDGE) : kind.parentName();
    }

    private Optional<Mtu> mtu(Interface each, LinkEnd end) {
        return each.kind() instanceof InterfaceKind.LinkEnd
                ? Optional.of(wiring.mtu(end))
                : each.mtu().or(() -> wiring.cableMtu(end));
    }

    /// VLAN and ipvlan interfaces, and a macvlan that takes its parent over, have the address of their
    /// parent.
    private static boolean hasOwnMac(InterfaceKind kind) {
        return switch (kind) {
            case InterfaceKind.Vlan _, InterfaceKind.Ipvlan _, InterfaceKind.Irb _ -> false;
            case InterfaceKind.Macvlan macvlan -> macvlan.mode() != MacvlanMode.PASSTHRU;
            case InterfaceKind.Macvtap macvtap -> macvtap.mode() != MacvlanMode.PASSTHRU;
            default -> true;
        };
    }

    private Attributes attributes(InterfaceName own, Optional<Mtu> mtu, Optional<MacAddress> mac, boolean hasMac) {
        String lab = topology.lab().value();
        Optional<MacAddress> address =
                mac.or(() -> hasMac ? Optional.of(LabIdentity.macAddress(lab, name, own)) : Optional.empty());
        return Attributes.EMPTY
                .with(LinkAttributes.ADDRESS, address)
                .with(LinkAttributes.MTU, mtu.map(Mtu::value))
                .with(LinkAttributes.GROUP, LabIdentity.group(lab));
    }

    private LinkKind kind(InterfaceKind kind) {
        return switch (kind) {
            case InterfaceKind.LinkEnd _ -> new Veth(Attributes.EMPTY);
            case InterfaceKind.Loopback _ -> new Physical(Attributes.EMPTY);
            case InterfaceKind.Dummy _ -> new Dummy(Attributes.EMPTY);
            case InterfaceKind.Irb irb -> vlan(irb.vlan(), Vlan.DOT1Q);
            case InterfaceKind.Vlan vlan ->
                vlan(vlan.id(), vlan.protocol() == VlanProtocol.DOT1Q ? Vlan.DOT1Q : Vlan.DOT1AD);
            case InterfaceKind.Macvlan macvlan -> new Macvlan(Attributes.EMPTY.with(Macvlan.MODE, macvlan.mode()));
            case InterfaceKind.Macvtap macvtap -> new Macvtap(Attributes.EMPTY.with(Macvlan.MODE, macvtap.mode()));
            case InterfaceKind.Ipvlan ipvlan ->
                new Ipvlan(Attributes.EMPTY
                        .with(Ipvlan.MODE, ipvlan.mode())
                        .with(Ipvlan.FLAGS, ipvlan.flag().bits()));
            case InterfaceKind.Vxlan vxlan -> TunnelLinks.vxlan(vxlan);
            case InterfaceKind.Nvgre nvgre -> TunnelLinks.gretap(nvgre);
            case InterfaceKind.Bridge bridge ->
                new Bridge((bridge.stp() ? trees.withTimers(Attributes.EMPTY) : Attributes.EMPTY)
                        .with(Bridge.STP_STATE, bridge.stp())
                        .with(Bridge.VLAN_FILTERING, bridge.vlanFiltering())
                        .with(Bridge.AGEING_TIME, bridge.ageing().map(seconds -> seconds * CENTISECONDS)));
        };
    }

    private static Vlan vlan(VlanId id, int protocol) {
        return new Vlan(Attributes.EMPTY.with(Vlan.PROTOCOL, protocol).with(Vlan.ID, id.value()));
    }
}
