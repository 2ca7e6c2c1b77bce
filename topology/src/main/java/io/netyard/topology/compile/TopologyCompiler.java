package io.netyard.topology.compile;

import io.netyard.net.InterfaceName;
import io.netyard.net.IpPrefix;
import io.netyard.topology.model.Interface;
import io.netyard.topology.model.InterfaceKind;
import io.netyard.topology.model.Multicast;
import io.netyard.topology.model.Node;
import io.netyard.topology.model.NodeKind;
import io.netyard.topology.model.StaticRoute;
import io.netyard.topology.model.Topology;
import io.netyard.topology.state.NetworkState;
import io.netyard.topology.state.Resource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/// Makes the desired state of a topology.
public final class TopologyCompiler {
    private final Topology topology;
    private final Wiring wiring;
    private final SpanningTrees trees;
    private final Drivers drivers;
    private final List<Resource> resources = new ArrayList<>();

    private TopologyCompiler(Topology topology, Drivers drivers) {
        this.topology = topology;
        this.drivers = drivers;
        this.wiring = Wiring.of(topology);
        this.trees = new SpanningTrees(topology, wiring);
    }

    /// What the kernels have to hold for this topology, which has passed all checks of its file.
    ///
    /// @param kernel what this kernel has; asked only where the topology leaves the choice
    public static NetworkState compile(Topology topology, Supplier<KernelFeatures> kernel) {
        return new TopologyCompiler(topology, new Drivers(kernel)).compile();
    }

    private NetworkState compile() {
        for (Node node : topology.nodes()) {
            resources.add(new Resource.Namespace(node.name().value()));
            addSysctls(node);
            resources.addAll(new NodeLinks(topology, wiring, drivers, trees, node).resources());
            addForwarding(node);
            addAddressesAndRoutes(node);
        }
        return NetworkState.of(resources);
    }

    private void addForwarding(Node node) {
        List<Interface> interfaces = wiring.interfaces(node);
        if (node.kind().hasPorts()) {
            List<Resource.BridgeVlan> vlans =
                    SwitchVlans.of(node, interfaces, Set.copyOf(topology.vlans().values()));
            resources.addAll(
                    drivers.forwardsInUserSpace(node, interfaces)
                            ? UserSwitches.ofSwitch(
                                    node,
                                    interfaces,
                                    vlans,
                                    multicast(node),
                                    trees.userSwitch(node, interfaces),
                                    wiring)
                            : vlans);
        }
        List<Interface> emulated = interfaces.stream()
                .filter(each -> each.kind() instanceof InterfaceKind.Vlan)
                .filter(each -> drivers.emulates(node, interfaces, each.kind()))
                .toList();
        resources.addAll(UserSwitches.ofVlanInterfaces(node, emulated));
    }

    private Resource.UserSwitch.Multicast multicast(Node node) {
        return switch (node.multicast()) {
            case FLOOD -> Resource.UserSwitch.Multicast.FLOODED;
            case SNOOP -> new Resource.UserSwitch.Multicast(true, Optional.empty());
            case QUERY ->
                new Resource.UserSwitch.Multicast(
                        true,
                        Optional.of(LabIdentity.macAddress(
                                topology.lab().value(), node.name().value(), SwitchVlans.BRIDGE)));
        };
    }

    /// A new namespace may inherit the machine's settings, so what matters is always said.
    private void addSysctls(Node node) {
        boolean forwards = node.kind() == NodeKind.ROUTER;
        addSysctl(node, "net.ipv4.ip_forward", forwards);
        if (node.kind().hasPorts()) {
            // A switch port that speaks IPv6 floods its own neighbour discovery to all others.
            addSysctl(node, "net.ipv6.conf.default.disable_ipv6", true);
            if (node.multicast() == Multicast.QUERY && !drivers.forwardsInUserSpace(node, wiring.interfaces(node))) {
                // It asks by MLD from its link-local address.
                addInterfaceSysctl(node, SwitchVlans.BRIDGE, "disable_ipv6", false);
            }
            for (Interface each : wiring.interfaces(node)) {
                if (each.addresses().stream()
                        .anyMatch(prefix -> !prefix.address().isV4())) {
                    addInterfaceSysctl(node, each.name(), "disable_ipv6", false);
                }
            }
        } else if (topology.defaults().ipv6()) {
            addSysctl(node, "net.ipv6.conf.all.forwarding", forwards);
        } else {
            addSysctl(node, "net.ipv6.conf.all.disable_ipv6", true);
        }
    }

    private void addSysctl(Node node, String key, boolean value) {
        resources.add(new Resource.Sysctl(node.name().value(), Optional.empty(), key, value ? "1" : "0"));
    }

    private void addInterfaceSysctl(Node node, InterfaceName name, String key, boolean value) {
        String path = "net.ipv6.conf." + name.value().replace('.', '/') + "." + key;
        resources.add(new Resource.Sysctl(node.name().value(), Optional.of(name), path, value ? "1" : "0"));
    }

    private void addAddressesAndRoutes(Node node) {
        String name = node.name().value();
        List<Interface> interfaces = wiring.interfaces(node);
        for (Interface each : interfaces) {
            for (IpPrefix prefix : each.addresses()) {
                resources.add(new Resource.Address(name, each.name(), prefix));
            }
        }
        for (StaticRoute route : node.routes()) {
            resources.add(RouteCompiler.route(name, route, interfaces));
        }
    }
}
