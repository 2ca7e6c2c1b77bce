/// Reads what the kernels hold: namespaces → `NetworkState`.
///
/// May depend on `topology.state`, `netlink` and `linux`. An [Observer] is used by one thread.
@NullMarked
package io.netyard.topology.observe;

import org.jspecify.annotations.NullMarked;
