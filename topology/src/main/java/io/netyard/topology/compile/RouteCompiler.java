package io.netyard.topology.compile;

import io.netyard.net.InterfaceName;
import io.netyard.net.IpAddress;
import io.netyard.net.IpPrefix;
import io.netyard.topology.model.Interface;
import io.netyard.topology.model.StaticRoute;
import io.netyard.topology.state.Resource;
import java.util.List;
import java.util.Optional;

/// Works out what the kernel would work out for a route: the interface and the metric.
final class RouteCompiler {
    /// `RT_TABLE_MAIN`.
    private static final int MAIN_TABLE = 254;

    /// `IP6_RT_PRIO_USER`: what the kernel takes for an IPv6 route that names no metric. IPv4 takes 0.
    private static final long IPV6_METRIC = 1024;

    private RouteCompiler() {}

    static Resource.Route route(String node, StaticRoute route, List<Interface> interfaces) {
        Optional<InterfaceName> dev = route.dev().or(() -> route.via().flatMap(via -> connected(via, interfaces)));
        boolean ipv6 = !route.to().address().isV4();
        return new Resource.Route(
                node,
                route.to(),
                route.type(),
                route.table().orElse(MAIN_TABLE),
                route.metric().orElse(ipv6 ? IPV6_METRIC : 0L),
                route.via(),
                dev,
                route.source(),
                route.onlink());
    }

    private static Optional<InterfaceName> connected(IpAddress via, List<Interface> interfaces) {
        for (Interface each : interfaces) {
            for (IpPrefix prefix : each.addresses()) {
                if (prefix.contains(via)) {
                    return Optional.of(each.name());
                }
            }
        }
        return Optional.empty();
    }
}
