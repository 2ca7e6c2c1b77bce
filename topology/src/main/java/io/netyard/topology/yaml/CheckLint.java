package io.netyard.topology.yaml;

import io.netyard.net.IpAddress;
import io.netyard.net.IpPrefix;
import io.netyard.topology.model.Check;
import io.netyard.topology.model.Interface;
import io.netyard.topology.model.Node;
import io.netyard.topology.model.Topology;
import java.util.List;
import java.util.Optional;

/// Warns of checks that cannot hold: stations of one segment that are in different subnets, without a
/// route.
final class CheckLint {
    private final Topology topology;
    private final Positions positions;
    private final Diagnostics diagnostics;
    private final BroadcastDomains domains;

    CheckLint(Topology topology, Positions positions, Diagnostics diagnostics, BroadcastDomains domains) {
        this.topology = topology;
        this.positions = positions;
        this.diagnostics = diagnostics;
        this.domains = domains;
    }

    void check() {
        topology.checks().stream().filter(Check::expected).forEach(this::check);
    }

    private void check(Check check) {
        Optional<Node> from = topology.node(check.from());
        Optional<Node> to = switch (check.to()) {
            case Check.OfNode of -> topology.node(of.node());
            case Check.OfInterface of -> topology.node(of.node());
            case Check.OfAddress _ -> Optional.empty();
        };
        if (from.isPresent() && to.isPresent()) {
            for (Check.Family family : Check.Family.values()) {
                if (check.family().isEmpty() || check.family().get() == family) {
                    check(check, from.get(), to.get(), family);
                }
            }
        }
    }

    private void check(Check check, Node from, Node to, Check.Family family) {
        for (Interface own : from.interfaces()) {
            for (Interface other : target(check, to)) {
                Optional<IpPrefix> source = address(own, family);
                Optional<IpPrefix> target = address(other, family);
                if (source.isPresent()
                        && target.isPresent()
                        && isOneSegment(from, own, to, other)
                        && !knowsAny(from, to, check, family)) {
                    diagnostics.warning(
                            positions.of(check),
                            from.name() + " (" + source.get() + ") and " + to.name() + " (" + target.get()
                                    + ") are in one segment, but not in one subnet, and " + from.name()
                                    + " has no route for that",
                            "give them addresses of one subnet, or a router and routes");
                    return;
                }
            }
        }
    }

    private boolean isOneSegment(Node from, Interface own, Node to, Interface other) {
        return domains.of(from.name(), own.name()).equals(domains.of(to.name(), other.name()));
    }

    private static List<Interface> target(Check check, Node to) {
        return check.to() instanceof Check.OfInterface of
                ? to.interfaces().stream()
                        .filter(each -> each.name().equals(of.interfaceName()))
                        .toList()
                : to.interfaces();
    }

    private static Optional<IpPrefix> address(Interface each, Check.Family family) {
        return each.addresses().stream()
                .filter(prefix ->
                        family.includes(prefix.address()) && !prefix.address().isLinkLocal())
                .findFirst();
    }

    /// Whether a subnet or a route of one node holds an address of the other that the check may try.
    private static boolean knowsAny(Node from, Node to, Check check, Check.Family family) {
        return target(check, to).stream()
                .flatMap(each -> each.addresses().stream())
                .map(IpPrefix::address)
                .filter(address -> family.includes(address) && !address.isLinkLocal())
                .anyMatch(address -> knows(from, address));
    }

    private static boolean knows(Node node, IpAddress address) {
        return node.interfaces().stream()
                        .flatMap(each -> each.addresses().stream())
                        .anyMatch(prefix -> prefix.contains(address))
                || node.routes().stream().anyMatch(route -> route.to().contains(address));
    }
}
