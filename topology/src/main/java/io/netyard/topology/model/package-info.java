/// What a topology file says: nodes, interfaces, switch ports, cables, overlays, routes, checks; and
/// diagnostics about it.
///
/// May depend on `net` and on the enums of `netlink.route`. No I/O. Values are immutable, so any thread may
/// use them.
@NullMarked
package io.netyard.topology.model;

import org.jspecify.annotations.NullMarked;
