package io.netyard.topology.yaml;

import io.netyard.net.InterfaceName;
import io.netyard.net.IpAddress;
import io.netyard.net.VlanId;
import io.netyard.net.Vni;
import io.netyard.net.Vsid;
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
    /// Of NVGRE; GRE of the kernel would otherwise take over that of the packet within.
    private static final int DEFAULT_TTL = 64;

    private final TopologyReader topology;
    private final Diagnostics diagnostics;

    KindReader(TopologyReader topology, Diagnostics diagnostics) {
        this.topology = topology;
        this.diagnostics = diagnostics;
    }

    Optional<InterfaceKind> read(String kind, FieldReader fields, String owner) {
        for (Shape.Key key : InterfaceFormat.of(kind).keys()) {
            if (key.required() && fields.node(key.name()).isEmpty()) {
                fields.node("kind")
                        .ifPresent(
                                node -> diagnostics.error(node, owner + " lacks '" + key.name() + "': " + key.doc()));
            }
        }
        return switch (kind) {
            case "link end" -> Optional.of(new InterfaceKind.LinkEnd());
            case "loopback" -> Optional.of(new InterfaceKind.Loopback());
            case "dummy" -> Optional.of(new InterfaceKind.Dummy());
            case "vlan" -> vlan(fields);
            case "macvlan" -> parent(fields).map(parent -> new InterfaceKind.Macvlan(parent, macvlanMode(fields)));
            case "macvtap" -> parent(fields).map(parent -> new InterfaceKind.Macvtap(parent, macvlanMode(fields)));
            case "ipvlan" -> ipvlan(fields);
            case "vxlan" -> vxlan(fields);
            case "nvgre" -> nvgre(fields);
            case "bridge" -> Optional.of(bridge(fields));
            default -> fields.value("id", topology::vlan).map(InterfaceKind.Irb::new);
        };
    }

    private static Optional<InterfaceName> parent(FieldReader fields) {
        return fields.value("parent", InterfaceName::new);
    }

    private Optional<InterfaceKind> vlan(FieldReader fields) {
        Optional<InterfaceName> parent = parent(fields);
        Optional<VlanId> id = fields.value("id", topology::vlan);
        boolean service = fields.choice("protocol").filter("802.1ad"::equals).isPresent();
        VlanProtocol protocol = service ? VlanProtocol.DOT1AD : VlanProtocol.DOT1Q;
        return parent.isPresent() && id.isPresent()
                ? Optional.of(new InterfaceKind.Vlan(parent.get(), id.get(), protocol))
                : Optional.empty();
    }

    private static MacvlanMode macvlanMode(FieldReader fields) {
        return fields.choice("mode", InterfaceFormat.of("macvlan"))
                .map(word -> MacvlanMode.valueOf(word.toUpperCase(Locale.ROOT)))
                .orElse(MacvlanMode.BRIDGE);
    }

    private Optional<InterfaceKind> ipvlan(FieldReader fields) {
        IpvlanMode mode = fields.choice("mode", InterfaceFormat.of("ipvlan"))
                .map(word -> IpvlanMode.valueOf(word.toUpperCase(Locale.ROOT)))
                .orElse(IpvlanMode.L2);
        IpvlanFlag flag = fields.choice("flag")
                .map(word -> IpvlanFlag.valueOf(word.toUpperCase(Locale.ROOT)))
                .orElse(IpvlanFlag.BRIDGE);
        return parent(fields).map(parent -> new InterfaceKind.Ipvlan(parent, mode, flag));
    }

    private Optional<InterfaceKind> vxlan(FieldReader fields) {
        Optional<Vni> id = fields.value("id", Vni::parse);
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
        int port = fields.number("udp-port").map(Long::intValue).orElse(Vxlan.ASSIGNED_PORT);
        boolean learning = fields.flag("learning").orElse(true);
        Optional<Integer> ttl = fields.number("ttl").map(Long::intValue);
        Optional<InterfaceName> underlay = fields.value("underlay", InterfaceName::new);
        Optional<VlanId> vlan = fields.value("vlan", topology::vlan);
        return id.map(vni -> new InterfaceKind.Vxlan(vni, local, group, remotes, port, learning, ttl, underlay, vlan));
    }

    private Optional<InterfaceKind> nvgre(FieldReader fields) {
        Optional<Vsid> id = fields.value("id", Vsid::parse);
        Optional<IpAddress> local = fields.value("local", IpAddress::parse);
        List<IpAddress> remotes = fields.values("remote", IpAddress::parse);
        if (remotes.size() > 1 && remotes.stream().anyMatch(IpAddress::isMulticast)) {
            diagnostics.error(
                    fields.key("remote").orElseThrow(), "an nvgre has one multicast group, or other ends, not both");
        }
        boolean flowId = fields.flag("flow-id").orElse(false);
        Optional<Integer> ttl = fields.number("ttl").map(Long::intValue).or(() -> Optional.of(DEFAULT_TTL));
        Optional<InterfaceName> underlay = fields.value("underlay", InterfaceName::new);
        Optional<VlanId> vlan = fields.value("vlan", topology::vlan);
        return id.map(vsid -> new InterfaceKind.Nvgre(vsid, local, remotes, flowId, ttl, underlay, vlan));
    }

    private static InterfaceKind bridge(FieldReader fields) {
        return new InterfaceKind.Bridge(
                fields.values("ports", InterfaceName::new),
                fields.flag("stp").orElse(false),
                fields.flag("vlan-filtering").orElse(false),
                fields.number("ageing").map(Long::intValue));
    }
}
