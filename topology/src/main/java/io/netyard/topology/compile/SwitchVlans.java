package io.netyard.topology.compile;

import io.netyard.net.InterfaceName;
import io.netyard.net.VlanId;
import io.netyard.topology.model.Interface;
import io.netyard.topology.model.InterfaceKind;
import io.netyard.topology.model.Membership;
import io.netyard.topology.model.Node;
import io.netyard.topology.model.SwitchPort;
import io.netyard.topology.state.Resource;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeSet;

/// The VLAN table of a switch (IEEE 802.1Q clause 8.4.9): which port carries which VLAN, and how.
final class SwitchVlans {
    /// The bridge inside a switch node.
    static final InterfaceName BRIDGE = new InterfaceName("br0");

    /// The VLAN of ports that name none, on a switch where others do (IEEE 802.1Q clause 9.6: the default
    /// PVID).
    private static final VlanId DEFAULT_VLAN = new VlanId(1);

    private final String node;
    private final NavigableSet<VlanId> all;
    private final List<Resource.BridgeVlan> table = new ArrayList<>();

    private SwitchVlans(String node, NavigableSet<VlanId> all) {
        this.node = node;
        this.all = all;
    }

    /// Whether any port of the switch names a VLAN. One where none does is a plain bridge, which passes
    /// tags untouched.
    static boolean present(Node node, List<Interface> interfaces) {
        return node.ports().stream().anyMatch(port -> !(port.membership() instanceof Membership.Plain))
                || interfaces.stream().anyMatch(SwitchVlans::namesVlan);
    }

    /// The table; empty for a plain bridge.
    static List<Resource.BridgeVlan> of(Node node, List<Interface> interfaces, Set<VlanId> labVlans) {
        if (!present(node, interfaces)) {
            return List.of();
        }
        NavigableSet<VlanId> all = new TreeSet<>(labVlans);
        node.ports().forEach(port -> all.addAll(named(port.membership())));
        SwitchVlans vlans = new SwitchVlans(node.name().value(), all);
        for (Interface each : interfaces) {
            vlans.add(node, each);
        }
        return vlans.table;
    }

    private static boolean namesVlan(Interface each) {
        return switch (each.kind()) {
            case InterfaceKind.Irb _ -> true;
            case InterfaceKind.Tunnel tunnel -> tunnel.vlan().isPresent();
            default -> false;
        };
    }

    private static Set<VlanId> named(Membership membership) {
        Set<VlanId> named = new TreeSet<>();
        switch (membership) {
            case Membership.Plain _ -> {}
            case Membership.Access access -> named.add(access.vlan());
            case Membership.Trunk trunk -> {
                named.addAll(trunk.vlans());
                trunk.nativeVlan().ifPresent(named::add);
            }
        }
        return named;
    }

    private void add(Node node, Interface each) {
        if (each.kind() instanceof InterfaceKind.Irb irb) {
            table.add(new Resource.BridgeVlan(this.node, BRIDGE, true, irb.vlan(), false, false));
        } else if (each.isSwitchPort()) {
            addPort(each.name(), membership(node, each));
        }
    }

    private static Membership membership(Node node, Interface each) {
        for (SwitchPort port : node.ports()) {
            if (port.name().equals(each.name())) {
                return port.membership();
            }
        }
        if (each.kind() instanceof InterfaceKind.Tunnel tunnel && tunnel.vlan().isPresent()) {
            return new Membership.Access(tunnel.vlan().get());
        }
        return new Membership.Plain();
    }

    private void addPort(InterfaceName port, Membership membership) {
        switch (membership) {
            case Membership.Plain _ -> add(port, DEFAULT_VLAN, true, true);
            case Membership.Access access -> add(port, access.vlan(), true, true);
            case Membership.Trunk trunk -> {
                NavigableSet<VlanId> carried = new TreeSet<>(trunk.carriesAll() ? all : trunk.vlans());
                trunk.nativeVlan().ifPresent(carried::add);
                for (VlanId vlan : carried) {
                    boolean isNative = trunk.nativeVlan().filter(vlan::equals).isPresent();
                    add(port, vlan, isNative, isNative);
                }
            }
        }
    }

    private void add(InterfaceName port, VlanId vlan, boolean pvid, boolean untagged) {
        table.add(new Resource.BridgeVlan(node, port, false, vlan, pvid, untagged));
    }
}
