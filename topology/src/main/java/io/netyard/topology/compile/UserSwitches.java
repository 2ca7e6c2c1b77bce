package io.netyard.topology.compile;

import io.netyard.net.InterfaceName;
import io.netyard.net.IpAddress;
import io.netyard.net.Mtu;
import io.netyard.net.VlanId;
import io.netyard.topology.model.Interface;
import io.netyard.topology.model.InterfaceKind;
import io.netyard.topology.model.InterfaceKind.VlanProtocol;
import io.netyard.topology.model.Node;
import io.netyard.topology.model.NodeKind;
import io.netyard.topology.state.LoopProtection;
import io.netyard.topology.state.Resource;
import io.netyard.topology.state.Resource.LinkEnd;
import io.netyard.topology.state.Resource.UserPort;
import io.netyard.topology.state.Resource.UserSwitch;
import io.netyard.topology.state.Tunnel;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// What runs in user space on one node: its switch, and small switches that stand for VLAN interfaces.
final class UserSwitches {
    private final String node;
    private final List<Resource> resources = new ArrayList<>();

    private UserSwitches(String node) {
        this.node = node;
    }

    /// @param vlanTable which port carries which VLAN, of a switch that knows VLANs; empty for others
    /// @param loops how the switch keeps frames from going in circles
    static List<Resource> ofSwitch(
            Node node,
            List<Interface> interfaces,
            List<Resource.BridgeVlan> vlanTable,
            UserSwitch.Multicast multicast,
            LoopProtection loops,
            Wiring wiring) {
        UserSwitches switches = new UserSwitches(node.name().value());
        switches.addSwitch(node, interfaces, vlanTable, multicast, loops, wiring);
        return switches.resources;
    }

    /// A VLAN interface without help of the kernel is a TAP device. A switch between it and its parent
    /// pushes and pops the tag.
    ///
    /// @param vlans the VLAN interfaces of the node
    static List<Resource> ofVlanInterfaces(Node node, List<Interface> vlans) {
        UserSwitches switches = new UserSwitches(node.name().value());
        Map<String, List<Interface>> bySwitch = new LinkedHashMap<>();
        for (Interface each : vlans) {
            InterfaceKind.Vlan vlan = (InterfaceKind.Vlan) each.kind();
            bySwitch.computeIfAbsent(vlan.parent() + " " + vlan.protocol(), _ -> new ArrayList<>())
                    .add(each);
        }
        bySwitch.forEach(switches::addTagger);
        return switches.resources;
    }

    private void addSwitch(
            Node node,
            List<Interface> interfaces,
            List<Resource.BridgeVlan> vlanTable,
            UserSwitch.Multicast multicast,
            LoopProtection loops,
            Wiring wiring) {
        String name = SwitchVlans.BRIDGE.value();
        UserSwitch.Mode mode = node.kind() == NodeKind.HUB
                ? UserSwitch.Mode.HUB
                : vlanTable.isEmpty() ? UserSwitch.Mode.TRANSPARENT : UserSwitch.Mode.VLAN_AWARE;
        resources.add(new UserSwitch(this.node, name, mode, multicast, loops));
        Map<InterfaceName, UserPort.Vlans> byPort = byPort(vlanTable);
        for (Interface each : interfaces) {
            if (each.kind() instanceof InterfaceKind.Irb irb) {
                addPort(name, each.name(), UserPort.Device.TAP, UserPort.Vlans.access(irb.vlan()));
            } else if (each.isSwitchPort()) {
                UserPort.Vlans vlans = byPort.getOrDefault(each.name(), UserPort.Vlans.NONE);
                if (!(each.kind() instanceof InterfaceKind.Tunnel tunnel)) {
                    addPort(name, each.name(), UserPort.Device.PACKET, vlans);
                } else if (each.up()) {
                    addPort(name, each.name(), tunnel(tunnel, wiring.mtu(new LinkEnd(this.node, each.name()))), vlans);
                }
            }
        }
    }

    private static Tunnel tunnel(InterfaceKind.Tunnel kind, Mtu mtu) {
        Set<IpAddress> remotes = Set.copyOf(kind.ends());
        return switch (kind) {
            case InterfaceKind.Vxlan vxlan ->
                new Tunnel(
                        Tunnel.Protocol.VXLAN,
                        vxlan.id().value(),
                        vxlan.local(),
                        vxlan.underlay(),
                        remotes,
                        vxlan.port(),
                        vxlan.learning(),
                        vxlan.ttl(),
                        false,
                        mtu.value());
            case InterfaceKind.Nvgre nvgre ->
                new Tunnel(
                        Tunnel.Protocol.NVGRE,
                        nvgre.id().value(),
                        nvgre.local(),
                        nvgre.underlay(),
                        remotes,
                        0,
                        false,
                        nvgre.ttl(),
                        nvgre.flowId(),
                        mtu.value());
        };
    }

    private static Map<InterfaceName, UserPort.Vlans> byPort(List<Resource.BridgeVlan> table) {
        Map<InterfaceName, UserPort.Vlans> byPort = new LinkedHashMap<>();
        for (Resource.BridgeVlan entry : table) {
            if (!entry.isOfBridge()) {
                byPort.merge(
                        entry.port(),
                        new UserPort.Vlans(
                                entry.pvid() ? Optional.of(entry.vlan()) : Optional.empty(),
                                entry.untagged() ? Set.of(entry.vlan()) : Set.of(),
                                entry.untagged() ? Set.of() : Set.of(entry.vlan()),
                                UserPort.Vlans.DOT1Q),
                        UserPort.Vlans::and);
            }
        }
        return byPort;
    }

    private void addTagger(String name, List<Interface> vlans) {
        InterfaceKind.Vlan first = (InterfaceKind.Vlan) vlans.getFirst().kind();
        int tpid = first.protocol() == VlanProtocol.DOT1Q ? UserPort.Vlans.DOT1Q : UserPort.Vlans.DOT1AD;
        resources.add(new UserSwitch(node, name, UserSwitch.Mode.VLAN_AWARE, UserSwitch.Multicast.FLOODED));
        TreeSet<VlanId> tagged = new TreeSet<>();
        for (Interface each : vlans) {
            VlanId id = ((InterfaceKind.Vlan) each.kind()).id();
            tagged.add(id);
            addPort(name, each.name(), UserPort.Device.TAP, UserPort.Vlans.tunnel(id));
        }
        addPort(
                name,
                first.parent(),
                UserPort.Device.PACKET,
                new UserPort.Vlans(Optional.empty(), Set.of(), tagged, tpid));
    }

    private void addPort(String switchName, InterfaceName port, UserPort.Device device, UserPort.Vlans vlans) {
        resources.add(new UserPort(node, switchName, port, device, vlans));
    }
}
