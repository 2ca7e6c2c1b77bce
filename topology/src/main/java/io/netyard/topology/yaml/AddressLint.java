package io.netyard.topology.yaml;

import io.netyard.net.IpAddress;
import io.netyard.net.IpPrefix;
import io.netyard.net.MacAddress;
import io.netyard.net.Mtu;
import io.netyard.topology.model.CableEnd;
import io.netyard.topology.model.Diagnostic.Position;
import io.netyard.topology.model.Interface;
import io.netyard.topology.model.InterfaceKind;
import io.netyard.topology.model.Node;
import io.netyard.topology.model.NodeKind;
import io.netyard.topology.model.StaticRoute;
import io.netyard.topology.model.Topology;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Checks addresses and routes of a topology whose pieces fit together. Used once.
final class AddressLint {
    private final Topology topology;
    private final Positions positions;
    private final Diagnostics diagnostics;
    private final BroadcastDomains domains;
    private final Map<String, CableEnd> ownersByDomain = new HashMap<>();
    private final Map<String, CableEnd> macsByDomain = new HashMap<>();
    private final Map<IpAddress, List<Node>> holders = new HashMap<>();

    AddressLint(Topology topology, Positions positions, Diagnostics diagnostics, BroadcastDomains domains) {
        this.topology = topology;
        this.positions = positions;
        this.diagnostics = diagnostics;
        this.domains = domains;
    }

    void check() {
        for (Node node : topology.nodes()) {
            for (Interface each : node.interfaces()) {
                CableEnd here = new CableEnd(node.name(), each.name());
                each.addresses().forEach(prefix -> {
                    holders.computeIfAbsent(prefix.address(), _ -> new ArrayList<>())
                            .add(node);
                    check(here, each, prefix);
                });
                each.mac().ifPresent(mac -> check(here, mac));
            }
        }
        for (Node node : topology.nodes()) {
            node.routes().forEach(route -> check(node, route));
        }
    }

    private Position position(CableEnd end, IpPrefix prefix) {
        return positions.of(new Positions.Place(end.node(), "address", end.interfaceName() + " " + prefix));
    }

    private void check(CableEnd here, Interface each, IpPrefix prefix) {
        IpAddress address = prefix.address();
        Position position = position(here, prefix);
        boolean hasSubnet = prefix.length() < address.bits() - 1;
        if (address.isMulticast() || address.isUnspecified()) {
            diagnostics.error(position, address + " cannot be the address of an interface");
        } else if (prefix.isBroadcast()) {
            diagnostics.error(position, address + " is the broadcast address of " + prefix.network());
        } else if (address.isV4() && hasSubnet && !prefix.hasHostBits()) {
            diagnostics.error(position, address + " is the address of the network " + prefix + " itself");
        }
        if (!address.isV4()
                && each.mtu().filter(mtu -> mtu.value() < Mtu.MIN_IPV6).isPresent()) {
            diagnostics.error(
                    position,
                    "IPv6 needs an MTU of " + Mtu.MIN_IPV6 + " at least, and " + here + " has "
                            + each.mtu().get());
        }
        if (!address.isV4() && !topology.defaults().ipv6()) {
            diagnostics.error(position, "'defaults' turns IPv6 off, and " + here + " has an IPv6 address");
        }
        boolean local = each.kind() instanceof InterfaceKind.Loopback || each.kind() instanceof InterfaceKind.Dummy;
        String domain = local ? here.node().value() : domains.of(here.node(), here.interfaceName());
        CableEnd other = ownersByDomain.putIfAbsent(domain + " " + address, here);
        if (other != null) {
            diagnostics.error(
                    position, address + " is also the address of " + other + ", in the same broadcast domain");
        }
    }

    private void check(CableEnd here, MacAddress mac) {
        CableEnd other = macsByDomain.putIfAbsent(domains.of(here.node(), here.interfaceName()) + " " + mac, here);
        if (other != null) {
            diagnostics.error(
                    positions.of(here),
                    mac + " is also the MAC address of " + other + ", in the same broadcast domain");
        }
    }

    private void check(Node node, StaticRoute route) {
        Position position = positions.of(new Positions.Place(node.name(), "route", route.toString()));
        route.dev()
                .filter(dev -> !hasInterface(node, dev))
                .ifPresent(dev -> diagnostics.error(position, node.name() + " has no interface '" + dev + "'"));
        if (route.type().discards()) {
            if (route.via().isPresent() || route.dev().isPresent()) {
                diagnostics.error(position, "a " + route.type() + " route has no 'via' and no 'dev'");
            }
            return;
        }
        if (route.via().isEmpty()) {
            if (route.dev().isEmpty()) {
                diagnostics.error(position, "a route needs a 'via' or a 'dev'");
            }
            return;
        }
        IpAddress via = route.via().get();
        if (via.isV4() != route.to().address().isV4()) {
            diagnostics.error(position, "the router " + via + " is not of the family of " + route.to());
            return;
        }
        boolean connected = node.interfaces().stream()
                .flatMap(each -> each.addresses().stream())
                .anyMatch(prefix -> prefix.contains(via));
        if (!connected && !route.onlink() && !via.isLinkLocal()) {
            diagnostics.error(
                    position,
                    "the router " + via + " is in none of the subnets of " + node.name(),
                    "it has " + subnets(node));
        } else if (route.onlink() && route.dev().isEmpty()) {
            diagnostics.error(position, "a route that is 'onlink' needs a 'dev'");
        } else if (!holders.containsKey(via) && !via.isLinkLocal()) {
            diagnostics.warning(position, "nobody in the lab has the address " + via + " of this router");
        } else {
            warnOfNoRouter(route, via, position);
        }
    }

    /// Only routers forward, so a route by way of another node ends there.
    private void warnOfNoRouter(StaticRoute route, IpAddress via, Position position) {
        List<Node> nodes = holders.getOrDefault(via, List.of());
        boolean forwarded = nodes.stream()
                .anyMatch(node ->
                        node.kind() == NodeKind.ROUTER || (route.to().length() > 0 && hasAddressIn(node, route.to())));
        if (!forwarded && !nodes.isEmpty()) {
            Node holder = nodes.getFirst();
            diagnostics.warning(
                    position,
                    via + " is an address of " + holder.name() + ", a " + holder.kind()
                            + ", and only nodes of 'kind: router' forward packets");
        }
    }

    private static boolean hasAddressIn(Node node, IpPrefix network) {
        return node.interfaces().stream()
                .flatMap(each -> each.addresses().stream())
                .anyMatch(prefix -> network.contains(prefix.address()));
    }

    private boolean hasInterface(Node node, io.netyard.net.InterfaceName name) {
        CableEnd end = new CableEnd(node.name(), name);
        return node.interfaces().stream().anyMatch(each -> each.name().equals(name))
                || topology.links().stream()
                        .anyMatch(cable -> cable.a().equals(end) || cable.b().equals(end));
    }

    private static String subnets(Node node) {
        String subnets = String.join(
                ", ",
                node.interfaces().stream()
                        .flatMap(each -> each.addresses().stream())
                        .map(prefix -> prefix.network().toString())
                        .toList());
        return subnets.isEmpty() ? "no address" : subnets;
    }
}
