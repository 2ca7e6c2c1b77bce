package io.netyard.topology.model;

import io.netyard.net.InterfaceName;
import io.netyard.net.IpAddress;
import io.netyard.net.IpPrefix;
import io.netyard.netlink.route.RouteType;
import java.util.Optional;

/// A route that a node has from the file.
///
/// @param to the destination; `default` is 0.0.0.0/0 or ::/0 after the family of `via`
/// @param source the preferred source address
/// @param onlink whether `via` counts as on the link although no address says so
public record StaticRoute(
        IpPrefix to,
        Optional<IpAddress> via,
        Optional<InterfaceName> dev,
        Optional<IpAddress> source,
        Optional<Long> metric,
        Optional<Integer> table,
        boolean onlink,
        RouteType type) {}
