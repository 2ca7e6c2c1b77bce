/// The route family (`NETLINK_ROUTE`): links of every kind, addresses, routes, neighbours, forwarding
/// databases, bridge VLAN tables.
///
/// State records hold what the kernel said; specs hold what is to be said, and only that. A new link kind
/// is one record with its attribute table and a line in [Kinds]. May depend on `netlink`,
/// `netlink.message`, `linux` and `net`. Values are immutable; a [RouteClient] is used by one thread at a
/// time, a [RouteMonitor] by one besides the one that closes it.
@NullMarked
package io.netyard.netlink.route;

import org.jspecify.annotations.NullMarked;
