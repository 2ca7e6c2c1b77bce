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
import io.netyard.topology.model.StaticRoute;
import io.netyard.topology.model.Topology;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Checks addresses, routes and MTUs of a topology whose pieces fit together. Used once.
final class AddressLint {
    private static final int DEFAULT_MTU = 1500;

    private final Topology topology;
    private final Positions positions;
    private final Diagnostics diagnostics;
    private final BroadcastDomains domains;
    private final Map<String, CableEnd> ownersByDomain = new HashMap<>();
    private final Map<String, CableEnd> macsByDomain = new HashMap<>();
    private final Set<IpAddress> allAddresses = new HashSet<>();

    AddressLint(Topology topology, Positions positions, Diagnostics diagnostics) {
        this.topology = topology;
        this.positions = positions;
        this.diagnostics = diagnostics;
        this.domains = new BroadcastDomains(topology);
    }

    void check() {
        for (Node node : topology.nodes()) {
            for (Interface each : node.interfaces()) {
                CableEnd here = new CableEnd(node.name(), each.name());
                each.addresses().forEach(prefix -> check(here, each, prefix));
                each.mac().ifPresent(mac -> check(here, mac));
                checkMtu(node, here, each);
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
        allAddresses.add(address);
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

    private void checkMtu(Node node, CableEnd here, Interface each) {
        Optional<Mtu> own = each.mtu();
        Optional<Integer> parent = each.kind().parentName().map(name -> mtu(node, name));
        if (own.isEmpty() || parent.isEmpty()) {
            return;
        }
        int overhead = each.kind() instanceof InterfaceKind.Tunnel tunnel ? tunnel.overhead() : 0;
        if (own.get().value() > parent.get() - overhead) {
            diagnostics.error(
                    positions.of(here),
                    here + " has an MTU of " + own.get() + ", and what it lies on has " + parent.get()
                            + (overhead == 0 ? "" : ": " + each.kind().keyword() + " takes " + overhead + " of it"));
        }
    }

    private int mtu(Node node, io.netyard.net.InterfaceName name) {
        Optional<Mtu> said = node.interfaces().stream()
                .filter(each -> each.name().equals(name))
                .flatMap(each -> each.mtu().stream())
                .findFirst();
        CableEnd end = new CableEnd(node.name(), name);
        return said.or(() -> topology.links().stream()
                        .filter(cable -> cable.a().equals(end) || cable.b().equals(end))
                        .flatMap(cable -> cable.mtu().stream())
                        .findFirst())
                .or(() -> topology.defaults().mtu())
                .map(Mtu::value)
                .orElse(DEFAULT_MTU);
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
        } else if (!allAddresses.contains(via) && !via.isLinkLocal()) {
            diagnostics.warning(position, "nobody in the lab has the address " + via + " of this router");
        }
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
