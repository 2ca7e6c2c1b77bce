package io.netyard.topology.yaml;

import io.netyard.net.InterfaceName;
import io.netyard.net.IpAddress;
import io.netyard.net.VlanId;
import io.netyard.net.Vni;
import io.netyard.netlink.route.IpvlanMode;
import io.netyard.netlink.route.MacvlanMode;
import io.netyard.netlink.route.Vxlan;
import io.netyard.topology.model.InterfaceKind;
import io.netyard.topology.model.InterfaceKind.IpvlanFlag;
import io.netyard.topology.model.InterfaceKind.VlanProtocol;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Reads what an interface is from the keys of its kind.
final class KindReader {
    private static final Shape.WholeNumber UDP_PORT = new Shape.WholeNumber(1, 65_535);
    private static final Shape.WholeNumber TTL = new Shape.WholeNumber(1, 255);
    private static final Shape.WholeNumber AGEING = new Shape.WholeNumber(0, 1_000_000);

    private final TopologyReader topology;
    private final Diagnostics diagnostics;

    KindReader(TopologyReader topology, Diagnostics diagnostics) {
        this.topology = topology;
        this.diagnostics = diagnostics;
    }

    Optional<InterfaceKind> read(String kind, FieldReader fields, String owner) {
        return switch (kind) {
            case "link end" -> Optional.of(new InterfaceKind.LinkEnd());
            case "loopback" -> Optional.of(new InterfaceKind.Loopback());
            case "dummy" -> Optional.of(new InterfaceKind.Dummy());
            case "vlan" -> vlan(fields, owner);
            case "macvlan" ->
                parent(fields, owner).map(parent -> new InterfaceKind.Macvlan(parent, macvlanMode(fields)));
            case "macvtap" ->
                parent(fields, owner).map(parent -> new InterfaceKind.Macvtap(parent, macvlanMode(fields)));
            case "ipvlan" -> ipvlan(fields, owner);
            case "vxlan" -> vxlan(fields, owner);
            case "bridge" -> Optional.of(bridge(fields));
            default -> required(fields, "id", owner, topology::vlan).map(InterfaceKind.Irb::new);
        };
    }

    private <T> Optional<T> required(
            FieldReader fields, String name, String owner, java.util.function.Function<String, T> parser) {
        if (fields.node(name).isEmpty()) {
            fields.node("kind").ifPresent(kind -> diagnostics.error(kind, owner + " lacks '" + name + "'"));
        }
        return fields.value(name, parser);
    }

    private Optional<InterfaceName> parent(FieldReader fields, String owner) {
        return required(fields, "parent", owner, InterfaceName::new);
    }

    private Optional<InterfaceKind> vlan(FieldReader fields, String owner) {
        Optional<InterfaceName> parent = parent(fields, owner);
        Optional<VlanId> id = required(fields, "id", owner, topology::vlan);
        boolean service = fields.choice("protocol", List.of("802.1q", "802.1ad"))
                .filter("802.1ad"::equals)
                .isPresent();
        VlanProtocol protocol = service ? VlanProtocol.DOT1AD : VlanProtocol.DOT1Q;
        return parent.isPresent() && id.isPresent()
                ? Optional.of(new InterfaceKind.Vlan(parent.get(), id.get(), protocol))
                : Optional.empty();
    }

    private static MacvlanMode macvlanMode(FieldReader fields) {
        return fields.choice("mode", List.of("private", "vepa", "bridge", "passthru", "source"))
                .map(word -> MacvlanMode.valueOf(word.toUpperCase(Locale.ROOT)))
                .orElse(MacvlanMode.BRIDGE);
    }

    private Optional<InterfaceKind> ipvlan(FieldReader fields, String owner) {
        IpvlanMode mode = fields.choice("mode", List.of("l2", "l3", "l3s"))
                .map(word -> IpvlanMode.valueOf(word.toUpperCase(Locale.ROOT)))
                .orElse(IpvlanMode.L2);
        IpvlanFlag flag = fields.choice("flag", List.of("bridge", "private", "vepa"))
                .map(word -> IpvlanFlag.valueOf(word.toUpperCase(Locale.ROOT)))
                .orElse(IpvlanFlag.BRIDGE);
        return parent(fields, owner).map(parent -> new InterfaceKind.Ipvlan(parent, mode, flag));
    }

    private Optional<InterfaceKind> vxlan(FieldReader fields, String owner) {
        Optional<Vni> id = required(fields, "id", owner, Vni::parse);
        Optional<IpAddress> remote = fields.value("remote", IpAddress::parse);
        Optional<IpAddress> group = fields.value("group", IpAddress::parse);
        List<IpAddress> remotes = new ArrayList<>(fields.values("remotes", IpAddress::parse));
        if (remote.isPresent() && group.isPresent()) {
            diagnostics.error(fields.key("group").orElseThrow(), "a vxlan has a 'remote' or a 'group', not both");
        }
        group.filter(address -> !address.isMulticast())
                .ifPresent(address -> diagnostics.error(
                        fields.key("group").orElseThrow(), address + " is not a multicast group; use 'remote'"));
        remote.filter(address -> !remotes.contains(address)).ifPresent(remotes::addFirst);
        Optional<IpAddress> local = fields.value("local", IpAddress::parse);
        int port = fields.number("udp-port", UDP_PORT).map(Long::intValue).orElse(Vxlan.ASSIGNED_PORT);
        boolean learning = fields.flag("learning").orElse(true);
        Optional<Integer> ttl = fields.number("ttl", TTL).map(Long::intValue);
        Optional<InterfaceName> underlay = fields.value("underlay", InterfaceName::new);
        Optional<VlanId> vlan = fields.value("vlan", topology::vlan);
        return id.map(vni -> new InterfaceKind.Vxlan(vni, local, group, remotes, port, learning, ttl, underlay, vlan));
    }

    private static InterfaceKind bridge(FieldReader fields) {
        return new InterfaceKind.Bridge(
                fields.values("ports", InterfaceName::new),
                fields.flag("stp").orElse(false),
                fields.flag("vlan-filtering").orElse(false),
                fields.number("ageing", AGEING).map(Long::intValue));
    }
}
