package io.netyard.topology.yaml;

import io.netyard.net.InterfaceName;
import io.netyard.net.VlanId;
import io.netyard.topology.model.Cable;
import io.netyard.topology.model.CableEnd;
import io.netyard.topology.model.Interface;
import io.netyard.topology.model.InterfaceKind;
import io.netyard.topology.model.Membership;
import io.netyard.topology.model.Node;
import io.netyard.topology.model.NodeName;
import io.netyard.topology.model.Overlay;
import io.netyard.topology.model.SwitchPort;
import io.netyard.topology.model.Topology;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/// Which interfaces hear each other's broadcasts. Places where frames pass are joined until nothing joins
/// any more: an interface with untagged frames, an interface with the frames of one tag, a VLAN of a
/// switch, a VNI.
final class BroadcastDomains {
    private final Topology topology;
    private final Map<String, Interface> interfaces = new HashMap<>();
    private final Map<String, Membership> memberships = new HashMap<>();
    private final Map<String, String> joined = new HashMap<>();
    private final TreeSet<VlanId> vlans = new TreeSet<>();

    BroadcastDomains(Topology topology) {
        this.topology = topology;
        collect();
        topology.nodes().forEach(this::join);
        topology.links().forEach(this::join);
        topology.overlays().forEach(this::join);
    }

    /// A name of the domain that an interface is in, the same for all interfaces of the domain.
    String of(NodeName node, InterfaceName name) {
        return find(place(node, name));
    }

    /// The domain of an overlay.
    String of(Overlay overlay) {
        return find("vni " + overlay.vni());
    }

    private void collect() {
        vlans.addAll(topology.vlans().values());
        for (Node node : topology.nodes()) {
            for (Interface each : node.interfaces()) {
                interfaces.put(place(node.name(), each.name()), each);
                if (each.kind() instanceof InterfaceKind.Vlan vlan) {
                    vlans.add(vlan.id());
                }
            }
            for (SwitchPort port : node.ports()) {
                memberships.put(place(node.name(), port.name()), port.membership());
                switch (port.membership()) {
                    case Membership.Plain _ -> {}
                    case Membership.Access access -> vlans.add(access.vlan());
                    case Membership.Trunk trunk -> vlans.addAll(trunk.vlans());
                }
            }
        }
    }

    private static String place(NodeName node, InterfaceName name) {
        return node + ":" + name;
    }

    private static String tagged(String place, VlanId vlan) {
        return place + " " + vlan;
    }

    private void join(Cable cable) {
        String a = place(cable.a().node(), cable.a().interfaceName());
        String b = place(cable.b().node(), cable.b().interfaceName());
        join(a, b);
        for (VlanId vlan : vlans) {
            join(tagged(a, vlan), tagged(b, vlan));
        }
        joinSwitch(cable.a());
        joinSwitch(cable.b());
    }

    private void join(Overlay overlay) {
        for (NodeName member : overlay.members()) {
            String inside =
                    overlay.vlan().isPresent() ? member + "/" + overlay.vlan().get() : member + "/";
            join(inside, "vni " + overlay.vni());
        }
    }

    private void join(Node node) {
        for (Interface each : node.interfaces()) {
            String own = place(node.name(), each.name());
            switch (each.kind()) {
                case InterfaceKind.Vlan vlan -> join(own, tagged(place(node.name(), vlan.parent()), vlan.id()));
                case InterfaceKind.Macvlan macvlan -> join(own, place(node.name(), macvlan.parent()));
                case InterfaceKind.Macvtap macvtap -> join(own, place(node.name(), macvtap.parent()));
                case InterfaceKind.Ipvlan ipvlan -> join(own, place(node.name(), ipvlan.parent()));
                case InterfaceKind.Bridge bridge -> bridge.ports().forEach(port -> join(own, place(node.name(), port)));
                case InterfaceKind.Irb irb -> join(own, node.name() + "/" + irb.vlan());
                case InterfaceKind.Tunnel tunnel -> {
                    join(
                            own,
                            switch (tunnel) {
                                case InterfaceKind.Vxlan vxlan -> "vni " + vxlan.id();
                                case InterfaceKind.Nvgre nvgre -> "vsid " + nvgre.id();
                            });
                    if (node.kind().hasPorts() && each.isSwitchPort()) {
                        joinPort(node, each.name());
                    }
                }
                case InterfaceKind.LinkEnd _, InterfaceKind.Loopback _, InterfaceKind.Dummy _ -> {}
            }
        }
    }

    private void joinSwitch(CableEnd end) {
        Optional<Node> node =
                topology.node(end.node()).filter(found -> found.kind().hasPorts());
        Interface declared = interfaces.get(place(end.node(), end.interfaceName()));
        if (node.isPresent() && (declared == null || declared.isSwitchPort())) {
            joinPort(node.get(), end.interfaceName());
        }
    }

    private void joinPort(Node node, InterfaceName name) {
        String own = place(node.name(), name);
        Interface declared = interfaces.get(own);
        Optional<VlanId> carried = declared != null && declared.kind() instanceof InterfaceKind.Tunnel tunnel
                ? tunnel.vlan()
                : Optional.empty();
        Membership effective = memberships.getOrDefault(
                own, carried.<Membership>map(Membership.Access::new).orElse(new Membership.Plain()));
        switch (effective) {
            case Membership.Access access -> join(own, node.name() + "/" + access.vlan());
            case Membership.Trunk trunk -> {
                for (VlanId vlan : trunk.carriesAll() ? vlans : trunk.vlans()) {
                    boolean isNative = trunk.nativeVlan().filter(vlan::equals).isPresent();
                    join(isNative ? own : tagged(own, vlan), node.name() + "/" + vlan);
                }
            }
            case Membership.Plain _ -> {
                join(own, node.name() + "/");
                for (VlanId vlan : vlans) {
                    join(tagged(own, vlan), node.name() + "/ " + vlan);
                }
            }
        }
    }

    private void join(String a, String b) {
        String rootOfA = find(a);
        String rootOfB = find(b);
        if (!rootOfA.equals(rootOfB)) {
            joined.put(rootOfA, rootOfB);
        }
    }

    private String find(String place) {
        String at = place;
        String next = joined.get(at);
        while (next != null) {
            String beyond = joined.get(next);
            if (beyond != null) {
                joined.put(at, beyond);
            }
            at = next;
            next = joined.get(at);
        }
        return at;
    }
}
