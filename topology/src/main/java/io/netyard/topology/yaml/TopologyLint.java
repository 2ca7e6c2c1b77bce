package io.netyard.topology.yaml;

import io.netyard.net.InterfaceName;
import io.netyard.net.VlanId;
import io.netyard.topology.model.Cable;
import io.netyard.topology.model.CableEnd;
import io.netyard.topology.model.Check;
import io.netyard.topology.model.Interface;
import io.netyard.topology.model.InterfaceKind;
import io.netyard.topology.model.Membership;
import io.netyard.topology.model.Nearest;
import io.netyard.topology.model.Node;
import io.netyard.topology.model.NodeKind;
import io.netyard.topology.model.NodeName;
import io.netyard.topology.model.Overlay;
import io.netyard.topology.model.SwitchPort;
import io.netyard.topology.model.Topology;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// Checks how the pieces of a topology fit together: what joins what, what lies on what, who carries which
/// VLAN. Used once.
final class TopologyLint {
    /// The bridge that a switch is made of.
    private static final String SWITCH_BRIDGE = "br0";

    private static final int MOST_NAMES = 20;

    private final Topology topology;
    private final Positions positions;
    private final Diagnostics diagnostics;
    private final Map<NodeName, Node> nodes = new HashMap<>();
    private final Set<CableEnd> ends = new HashSet<>();

    TopologyLint(Topology topology, Positions positions, Diagnostics diagnostics) {
        this.topology = topology;
        this.positions = positions;
        this.diagnostics = diagnostics;
        topology.nodes().forEach(node -> nodes.put(node.name(), node));
    }

    void check() {
        topology.links().forEach(this::check);
        topology.overlays().forEach(this::check);
        for (Node node : topology.nodes()) {
            node.interfaces().forEach(each -> check(node, each));
            node.interfaces().forEach(each -> new TunnelLint(positions, diagnostics).check(node, each));
            node.ports().forEach(port -> check(node, port));
        }
        topology.links().forEach(this::checkTrunk);
        checkUnusedVlans();
        warnOfEqualVlans();
        topology.checks().forEach(this::check);
        if (!diagnostics.hasErrors()) {
            BroadcastDomains domains = new BroadcastDomains(topology);
            new AddressLint(topology, positions, diagnostics, domains).check();
            new MtuLint(topology, positions, diagnostics, domains).check();
            new CheckLint(topology, positions, diagnostics, domains).check();
            new LoopLint(topology, positions, diagnostics).check();
        }
    }

    private void check(Cable cable) {
        checkEnd(cable, cable.a());
        checkEnd(cable, cable.b());
        Node node = nodes.get(cable.a().node());
        // Of switches, the lint of loops has more to say.
        if (node != null
                && !node.kind().hasPorts()
                && node.name().equals(cable.b().node())) {
            diagnostics.warning(positions.of(cable), "this link joins " + node.name() + " to itself");
        }
    }

    private void checkEnd(Cable cable, CableEnd end) {
        Node node = nodes.get(end.node());
        if (node == null) {
            diagnostics.error(
                    positions.of(cable),
                    "there is no node '" + end.node() + "'",
                    nearest(end.node().value(), nodes.keySet()));
            return;
        }
        if (!ends.add(end)) {
            diagnostics.error(
                    positions.of(cable), end + " is already an end of another link; an interface has one cable");
        }
        Optional<Interface> listed = interfaceOf(node, end.interfaceName());
        if (listed.isPresent() && !(listed.get().kind() instanceof InterfaceKind.LinkEnd)) {
            diagnostics.error(
                    positions.of(cable),
                    end + " is a " + listed.get().kind().keyword() + ", and a cable needs an interface of its own");
        }
        if (node.kind() == NodeKind.SWITCH && end.interfaceName().value().equals(SWITCH_BRIDGE)) {
            diagnostics.error(
                    positions.of(cable), "'" + SWITCH_BRIDGE + "' is the switch's own bridge; call the port otherwise");
        }
    }

    /// A name that was probably meant, or all that there are. Of names that differ in their numbers alone,
    /// none is more likely than another.
    private static String nearest(String word, Collection<?> known) {
        List<String> words = known.stream().map(Object::toString).sorted().toList();
        List<String> candidates = words.stream()
                .filter(each -> !withoutDigits(each).equals(withoutDigits(word)))
                .toList();
        return Nearest.to(word, candidates)
                .filter(_ -> candidates.size() == words.size())
                .map(near -> "did you mean '" + near + "'?")
                .orElseGet(() -> enumeration(words));
    }

    private static String withoutDigits(String word) {
        return word.replaceAll("[0-9]+", "");
    }

    private static String enumeration(List<String> words) {
        String first = String.join(", ", words.stream().limit(MOST_NAMES).toList());
        return switch (words.size()) {
            case 0 -> "there are none";
            case 1 -> "there is " + first;
            default -> "there are " + first + (words.size() > MOST_NAMES ? ", and others" : "");
        };
    }

    private static Optional<Interface> interfaceOf(Node node, InterfaceName name) {
        return node.interfaces().stream()
                .filter(each -> each.name().equals(name))
                .findFirst();
    }

    private boolean exists(Node node, InterfaceName name) {
        return interfaceOf(node, name).isPresent() || ends.contains(new CableEnd(node.name(), name));
    }

    private void check(Node node, Interface each) {
        CableEnd here = new CableEnd(node.name(), each.name());
        if (each.kind() instanceof InterfaceKind.LinkEnd && !ends.contains(here)) {
            diagnostics.error(
                    positions.of(here),
                    here + " is no end of a link, and has no 'kind' that says what else it is",
                    "add a link, or a kind such as dummy");
        }
        each.mac()
                .filter(mac -> mac.isMulticast() || mac.value() == 0)
                .ifPresent(mac -> diagnostics.error(
                        positions.of(here),
                        mac + " cannot be the address of one interface: it is "
                                + (mac.value() == 0 ? "zero" : "a group address")));
        each.kind().parentName().ifPresent(parent -> checkParent(node, here, each, parent));
        if (each.kind() instanceof InterfaceKind.Bridge bridge) {
            bridge.ports().stream()
                    .filter(port -> !exists(node, port))
                    .forEach(port -> diagnostics.error(
                            positions.of(here),
                            here + " has a port '" + port + "', and " + node.name() + " has no such interface"));
        }
        if (node.kind() == NodeKind.SWITCH && each.name().value().equals(SWITCH_BRIDGE)) {
            diagnostics.error(
                    positions.of(here),
                    "'" + SWITCH_BRIDGE + "' is the switch's own bridge; call the interface otherwise");
        }
    }

    private void checkParent(Node node, CableEnd here, Interface each, InterfaceName parent) {
        if (!exists(node, parent)) {
            List<String> known = node.interfaces().stream()
                    .map(other -> other.name().value())
                    .filter(other -> !other.equals(each.name().value()))
                    .toList();
            diagnostics.error(
                    positions.of(here),
                    here + " lies on '" + parent + "', and " + node.name() + " has no such interface",
                    nearest(parent.value(), known));
            return;
        }
        Set<InterfaceName> above = new HashSet<>(Set.of(each.name()));
        Optional<InterfaceName> below = Optional.of(parent);
        while (below.isPresent()) {
            if (!above.add(below.get())) {
                diagnostics.error(positions.of(here), here + " lies on itself: its parents form a loop");
                return;
            }
            below = interfaceOf(node, below.get()).flatMap(lower -> lower.kind().parentName());
        }
        boolean onPort = node.kind().hasPorts()
                && interfaceOf(node, parent).map(Interface::isSwitchPort).orElse(true);
        if (onPort) {
            diagnostics.error(
                    positions.of(here),
                    here + " lies on " + parent + ", which is a port of the switch; say 'port: false' there");
        }
    }

    private void check(Node node, SwitchPort port) {
        Positions.Place place =
                new Positions.Place(node.name(), "port", port.name().value());
        if (!exists(node, port.name())) {
            List<String> known = ends.stream()
                    .filter(end -> end.node().equals(node.name()))
                    .map(end -> end.interfaceName().value())
                    .filter(name -> !isListedPort(node, name))
                    .toList();
            diagnostics.error(
                    positions.of(place),
                    "no link and no interface of " + node.name() + " is called '" + port.name() + "'",
                    known.isEmpty()
                            ? "add a link that ends there"
                            : nearest(port.name().value(), known));
        } else if (!interfaceOf(node, port.name()).map(Interface::isSwitchPort).orElse(true)) {
            diagnostics.error(
                    positions.of(place),
                    port.name() + " is no port of the switch: it has an address, or says 'port: false'");
        }
        if (port.membership() instanceof Membership.Trunk trunk && !trunk.carriesAll()) {
            trunk.nativeVlan()
                    .filter(vlan -> !trunk.vlans().contains(vlan))
                    .ifPresent(vlan -> diagnostics.error(
                            positions.of(place),
                            "the native VLAN " + name(vlan) + " is not in the trunk; add it there"));
        }
    }

    private static boolean isListedPort(Node node, String name) {
        return node.ports().stream().anyMatch(port -> port.name().value().equals(name));
    }

    private String name(VlanId vlan) {
        return topology.vlans().entrySet().stream()
                .filter(entry -> entry.getValue().equals(vlan))
                .map(entry -> entry.getKey() + " (" + vlan + ")")
                .findFirst()
                .orElse(vlan.toString());
    }

    private Optional<Membership> membership(CableEnd end) {
        return Optional.ofNullable(nodes.get(end.node()))
                .filter(node -> node.kind() == NodeKind.SWITCH)
                .map(node -> node.ports().stream()
                        .filter(port -> port.name().equals(end.interfaceName()))
                        .map(SwitchPort::membership)
                        .findFirst()
                        .orElse(new Membership.Plain()));
    }

    /// Two switches that do not agree on a cable lose frames, or leak them into another VLAN.
    private void checkTrunk(Cable cable) {
        Optional<Membership> a = membership(cable.a());
        Optional<Membership> b = membership(cable.b());
        if (a.isEmpty() || b.isEmpty() || a.get() instanceof Membership.Plain || b.get() instanceof Membership.Plain) {
            return;
        }
        if (a.get() instanceof Membership.Trunk one && b.get() instanceof Membership.Trunk other) {
            if (!one.nativeVlan().equals(other.nativeVlan())) {
                diagnostics.error(
                        positions.of(cable),
                        "the two ends of this trunk have different native VLANs: " + cable.a() + " "
                                + one.nativeVlan().map(this::name).orElse("none") + ", " + cable.b() + " "
                                + other.nativeVlan().map(this::name).orElse("none"));
            }
            warnOfMissing(cable, cable.a(), one, cable.b(), other);
            warnOfMissing(cable, cable.b(), other, cable.a(), one);
        } else if (!a.get().equals(b.get())) {
            diagnostics.warning(
                    positions.of(cable),
                    "the two ends of this link disagree: " + cable.a() + " is " + describe(a.get()) + ", " + cable.b()
                            + " is " + describe(b.get()));
        }
    }

    private String describe(Membership membership) {
        return switch (membership) {
            case Membership.Plain _ -> "a plain port";
            case Membership.Access access -> "access to " + name(access.vlan());
            case Membership.Trunk _ -> "a trunk";
        };
    }

    private void warnOfMissing(Cable cable, CableEnd from, Membership.Trunk one, CableEnd to, Membership.Trunk other) {
        if (one.carriesAll() || other.carriesAll()) {
            return;
        }
        NavigableSet<VlanId> missing = new TreeSet<>(one.vlans());
        missing.removeAll(other.vlans());
        if (!missing.isEmpty()) {
            diagnostics.warning(
                    positions.of(cable),
                    from + " carries VLAN "
                            + String.join(", ", missing.stream().map(this::name).toList()) + ", and " + to
                            + " does not");
        }
    }

    private void checkUnusedVlans() {
        Set<VlanId> used = new HashSet<>();
        boolean trunksAll = false;
        for (Node node : topology.nodes()) {
            for (Interface each : node.interfaces()) {
                switch (each.kind()) {
                    case InterfaceKind.Vlan vlan -> used.add(vlan.id());
                    case InterfaceKind.Irb irb -> used.add(irb.vlan());
                    case InterfaceKind.Tunnel tunnel -> tunnel.vlan().ifPresent(used::add);
                    default -> {}
                }
            }
            for (SwitchPort port : node.ports()) {
                switch (port.membership()) {
                    case Membership.Plain _ -> {}
                    case Membership.Access access -> used.add(access.vlan());
                    case Membership.Trunk trunk -> {
                        used.addAll(trunk.vlans());
                        trunksAll |= trunk.carriesAll();
                    }
                }
            }
        }
        topology.overlays().forEach(overlay -> overlay.vlan().ifPresent(used::add));
        if (trunksAll) {
            return;
        }
        topology.vlans().forEach((name, id) -> {
            if (!used.contains(id)) {
                diagnostics.warning(
                        positions.of(new Positions.Place(new NodeName("vlans"), "vlan", name)),
                        "nobody uses the VLAN " + name);
            }
        });
    }

    private void warnOfEqualVlans() {
        Map<VlanId, String> names = new HashMap<>();
        topology.vlans().forEach((name, id) -> {
            String other = names.putIfAbsent(id, name);
            if (other != null) {
                diagnostics.warning(
                        positions.of(new Positions.Place(new NodeName("vlans"), "vlan", name)),
                        name + " is the same VLAN as " + other + ": both are " + id);
            }
        });
    }

    private void check(Overlay overlay) {
        if (overlay.members().size() < 2) {
            diagnostics.error(positions.of(overlay), "an overlay has at least two members");
        }
        for (NodeName member : overlay.members()) {
            Node node = nodes.get(member);
            if (node == null) {
                diagnostics.error(
                        positions.of(overlay),
                        "there is no node '" + member + "'",
                        nearest(member.value(), nodes.keySet()));
            } else if (node.kind() != NodeKind.SWITCH) {
                diagnostics.error(
                        positions.of(overlay),
                        "members of an overlay are switches, and " + member + " is a " + node.kind());
            } else if (interfaceOf(node, overlay.underlay())
                    .filter(each -> !each.addresses().isEmpty())
                    .isEmpty()) {
                diagnostics.error(
                        positions.of(overlay),
                        member + ":" + overlay.underlay() + " has no address, and the overlay needs one to send from");
            } else if (exists(node, overlay.name())) {
                diagnostics.error(
                        positions.of(overlay),
                        member + " has an interface '" + overlay.name() + "' already; call the overlay otherwise");
            }
        }
    }

    private void check(Check check) {
        checkNode(check, check.from());
        switch (check.to()) {
            case Check.OfNode of -> checkNode(check, of.node());
            case Check.OfInterface of -> {
                checkNode(check, of.node());
                Node node = nodes.get(of.node());
                if (node != null
                        && interfaceOf(node, of.interfaceName())
                                .filter(each -> !each.addresses().isEmpty())
                                .isEmpty()) {
                    diagnostics.error(positions.of(check), check.to() + " has no address that could be reached");
                }
            }
            case Check.OfAddress _ -> {}
        }
    }

    private void checkNode(Check check, NodeName name) {
        Node node = nodes.get(name);
        if (node == null) {
            diagnostics.error(
                    positions.of(check), "there is no node '" + name + "'", nearest(name.value(), nodes.keySet()));
        } else if (node.interfaces().stream().allMatch(each -> each.addresses().isEmpty())) {
            diagnostics.error(positions.of(check), name + " has no address, so it can neither ask nor answer");
        }
    }
}
