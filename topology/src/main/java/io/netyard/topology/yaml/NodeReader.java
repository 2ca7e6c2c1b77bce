package io.netyard.topology.yaml;

import io.netyard.net.InterfaceName;
import io.netyard.net.IpAddress;
import io.netyard.net.IpPrefix;
import io.netyard.net.MacAddress;
import io.netyard.net.Mtu;
import io.netyard.net.VlanId;
import io.netyard.netlink.route.RouteType;
import io.netyard.topology.model.CableEnd;
import io.netyard.topology.model.Interface;
import io.netyard.topology.model.Membership;
import io.netyard.topology.model.Multicast;
import io.netyard.topology.model.Node;
import io.netyard.topology.model.NodeKind;
import io.netyard.topology.model.NodeName;
import io.netyard.topology.model.SpanningTree;
import io.netyard.topology.model.StaticRoute;
import io.netyard.topology.model.SwitchDriver;
import io.netyard.topology.model.SwitchPort;
import io.netyard.topology.yaml.YamlNode.Entry;
import io.netyard.topology.yaml.YamlNode.Scalar;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeSet;

/// Reads the nodes of a topology.
final class NodeReader {
    private final TopologyReader topology;
    private final Diagnostics diagnostics;
    private final Positions positions;

    NodeReader(TopologyReader topology, Diagnostics diagnostics, Positions positions) {
        this.topology = topology;
        this.diagnostics = diagnostics;
        this.positions = positions;
    }

    Node read(NodeName name, YamlNode body) {
        boolean isStation = List.of("host", "router").contains(body.word("kind").orElse("host"));
        Shape.Fields suited = isStation ? FileFormat.NODE_FIELDS.butForSwitches() : FileFormat.NODE_FIELDS;
        FieldReader fields = new FieldReader(body, FileFormat.NODE_FIELDS, suited, "node " + name, diagnostics);
        NodeKind kind = kind(fields);
        SwitchDriver driver = driver(fields, kind);
        Multicast multicast = multicast(fields, kind);
        List<Interface> interfaces = new ArrayList<>();
        for (Entry entry : fields.map("interfaces")) {
            fields.value(entry.key(), "interface", InterfaceName::new)
                    .flatMap(own -> interfaceOf(name, own, entry, kind))
                    .ifPresent(interfaces::add);
        }
        return new Node(
                name,
                kind,
                driver,
                multicast,
                tree(fields, kind),
                interfaces,
                ports(name, kind, fields),
                routes(name, fields));
    }

    private NodeKind kind(FieldReader fields) {
        // A kind that cannot be read is told of once: the node then takes the keys of every kind.
        String otherwise = fields.node("kind").isPresent() ? "switch" : "host";
        return NodeKind.valueOf(fields.choice("kind").orElse(otherwise).toUpperCase(Locale.ROOT));
    }

    private SwitchDriver driver(FieldReader fields, NodeKind kind) {
        Optional<String> driver = fields.choice("driver");
        if (driver.isPresent() && kind != NodeKind.SWITCH) {
            diagnostics.error(fields.key("driver").orElseThrow(), "'driver' is for switches, and this is a " + kind);
        }
        return SwitchDriver.valueOf(driver.orElse("auto").toUpperCase(Locale.ROOT));
    }

    private Multicast multicast(FieldReader fields, NodeKind kind) {
        boolean snoops = switchFlag("multicast-snooping", fields, kind);
        boolean queries = switchFlag("multicast-querier", fields, kind);
        if (queries && !snoops) {
            diagnostics.error(
                    fields.key("multicast-querier").orElseThrow(),
                    "a querier is for switches that snoop",
                    "add multicast-snooping: true");
        }
        return queries ? Multicast.QUERY : snoops ? Multicast.SNOOP : Multicast.FLOOD;
    }

    private boolean switchFlag(String name, FieldReader fields, NodeKind kind) {
        Optional<Boolean> flag = fields.flag(name);
        if (flag.isPresent() && kind != NodeKind.SWITCH) {
            diagnostics.error(fields.key(name).orElseThrow(), "'" + name + "' is for switches, and this is a " + kind);
        }
        return flag.orElse(false);
    }

    private Optional<SpanningTree> tree(FieldReader fields, NodeKind kind) {
        for (String key : List.of("stp", "priority")) {
            if (fields.node(key).isPresent() && kind != NodeKind.SWITCH) {
                diagnostics.error(
                        fields.key(key).orElseThrow(), "'" + key + "' is for switches, and this is a " + kind);
                return Optional.empty();
            }
        }
        Optional<Long> priority = fields.number("priority");
        if (!fields.flag("stp").orElse(false)) {
            fields.node("priority")
                    .flatMap(_ -> fields.key("priority"))
                    .ifPresent(key -> diagnostics.error(key, "'priority' is for switches with 'stp: true'"));
            return Optional.empty();
        }
        return Optional.of(new SpanningTree(priority.map(Long::intValue).orElse(SpanningTree.DEFAULT_PRIORITY)));
    }

    private Optional<Interface> interfaceOf(NodeName node, InterfaceName name, Entry entry, NodeKind nodeKind) {
        String owner = "interface " + node + ":" + name;
        positions.put(new CableEnd(node, name), diagnostics.position(entry.key()));
        Shape.Fields suited = InterfaceFormat.suited(entry.value().word("kind").orElse(""));
        FieldReader fields = new FieldReader(
                entry.value(),
                InterfaceFormat.ALL,
                nodeKind.hasPorts() ? suited : suited.butForSwitches(),
                owner,
                diagnostics);
        Optional<String> keyword = fields.choice("kind");
        if (keyword.isEmpty() && fields.node("kind").isPresent()) {
            return Optional.empty();
        }
        String kind = keyword.orElse(name.value().equals("lo") ? "loopback" : "link end");
        refuseKeysOfOtherKinds(fields, kind, owner);
        if (kind.equals("irb") && nodeKind != NodeKind.SWITCH) {
            diagnostics.error(
                    fields.node("kind").orElseThrow(), "kind 'irb' is for switches, and " + node + " is a " + nodeKind);
            return Optional.empty();
        }
        Optional<Boolean> port = fields.flag("port");
        if (port.isPresent() && !nodeKind.hasPorts()) {
            diagnostics.error(
                    fields.key("port").orElseThrow(), "'port' is for switches, and " + node + " is a " + nodeKind);
        }
        List<IpPrefix> addresses = addresses(node, name, fields);
        Optional<MacAddress> mac = fields.value("mac", MacAddress::parse);
        Optional<Mtu> mtu = fields.value("mtu", Mtu::parse);
        boolean up = fields.flag("up").orElse(true);
        Optional<String> alias = fields.text("alias");
        return new KindReader(topology, diagnostics)
                .read(kind, fields, owner)
                .map(found -> new Interface(name, found, addresses, mac, mtu, up, alias, port));
    }

    private List<IpPrefix> addresses(NodeName node, InterfaceName name, FieldReader fields) {
        List<IpPrefix> addresses = new ArrayList<>();
        for (YamlNode item : fields.items("address")) {
            fields.value(item, "address", IpPrefix::parse).ifPresent(prefix -> {
                positions.put(new Positions.Place(node, "address", name + " " + prefix), diagnostics.position(item));
                addresses.add(prefix);
            });
        }
        return addresses;
    }

    private void refuseKeysOfOtherKinds(FieldReader fields, String kind, String owner) {
        List<String> own =
                InterfaceFormat.of(kind).keys().stream().map(Shape.Key::name).toList();
        for (String name : fields.present()) {
            if (InterfaceFormat.COMMON.key(name).isEmpty() && !own.contains(name)) {
                Scalar key = fields.key(name).orElseThrow();
                diagnostics.error(
                        key,
                        "'" + name + "' does nothing on " + owner + ", which is a " + kind,
                        own.isEmpty() ? "leave it out" : "a " + kind + " takes " + String.join(", ", own));
            }
        }
    }

    private List<SwitchPort> ports(NodeName node, NodeKind kind, FieldReader fields) {
        List<SwitchPort> ports = new ArrayList<>();
        if (fields.node("ports").isPresent() && kind != NodeKind.SWITCH) {
            diagnostics.error(
                    fields.key("ports").orElseThrow(), "'ports' is for switches, and " + node + " is a " + kind);
            return ports;
        }
        for (Entry entry : fields.map("ports")) {
            Optional<InterfaceName> name = fields.value(entry.key(), "port", InterfaceName::new);
            name.ifPresent(own -> {
                positions.put(new Positions.Place(node, "port", own.value()), diagnostics.position(entry.key()));
                ports.add(new SwitchPort(own, membership(node, own, entry)));
            });
        }
        return ports;
    }

    private Membership membership(NodeName node, InterfaceName name, Entry entry) {
        FieldReader fields = new FieldReader(entry.value(), FileFormat.PORT, "port " + node + ":" + name, diagnostics);
        Optional<VlanId> access = fields.value("access", topology::vlan);
        Optional<VlanId> nativeVlan = fields.value("native", Optional::of)
                .filter(text -> !text.equals(Optional.of("none")))
                .flatMap(_ -> fields.value("native", topology::vlan));
        boolean isTrunk = fields.node("trunk").isPresent();
        if (isTrunk && fields.node("access").isPresent()) {
            diagnostics.error(fields.key("trunk").orElseThrow(), "a port is 'access' or 'trunk', not both");
        }
        if (!isTrunk && fields.node("native").isPresent()) {
            diagnostics.error(fields.key("native").orElseThrow(), "'native' is for trunks, and this port is none");
        }
        if (isTrunk) {
            boolean all = fields.node("trunk").orElse(null) instanceof Scalar scalar
                    && scalar.text().equals("all");
            TreeSet<VlanId> carried = new TreeSet<>(all ? List.of() : fields.values("trunk", topology::vlan));
            return new Membership.Trunk(all, carried, nativeVlan);
        }
        return access.isPresent() ? new Membership.Access(access.get()) : new Membership.Plain();
    }

    private List<StaticRoute> routes(NodeName node, FieldReader owner) {
        List<StaticRoute> routes = new ArrayList<>();
        for (YamlNode item : owner.list("routes")) {
            FieldReader fields = new FieldReader(item, FileFormat.ROUTE, "a route of " + node, diagnostics);
            Optional<IpAddress> via = fields.value("via", IpAddress::parse);
            Optional<InterfaceName> dev = fields.value("dev", InterfaceName::new);
            RouteType type = fields.choice("type")
                    .map(word -> RouteType.valueOf(word.toUpperCase(Locale.ROOT)))
                    .orElse(RouteType.UNICAST);
            Optional<IpPrefix> to = fields.value("to", text -> destination(text, via));
            Optional<IpAddress> source = fields.value("src", IpAddress::parse);
            Optional<Long> metric = fields.number("metric");
            Optional<Integer> table = fields.number("table").map(Long::intValue);
            boolean onlink = fields.flag("onlink").orElse(false);
            if (to.isPresent()) {
                StaticRoute route = new StaticRoute(to.get(), via, dev, source, metric, table, onlink, type);
                positions.put(new Positions.Place(node, "route", route.toString()), diagnostics.position(item));
                routes.add(route);
            }
        }
        return routes;
    }

    private static IpPrefix destination(String text, Optional<IpAddress> via) {
        if (text.equals("default")) {
            return via.filter(address -> !address.isV4()).isPresent() ? IpPrefix.ALL_IPV6 : IpPrefix.ALL_IPV4;
        }
        IpPrefix prefix = text.indexOf('/') >= 0 ? IpPrefix.parse(text) : host(IpAddress.parse(text));
        if (prefix.hasHostBits()) {
            throw new IllegalArgumentException("'" + text + "' is not a network: the network is " + prefix.network());
        }
        return prefix;
    }

    private static IpPrefix host(IpAddress address) {
        return new IpPrefix(address, address.bits());
    }
}
