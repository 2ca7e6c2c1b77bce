/// What a kernel holds, or should hold: a flat, ordered set of resources with identities that survive
/// re-reading.
///
/// Desired and observed states are the same type: compile makes the one, observe the other, and plan
/// subtracts them. May depend on `net` and on the values of `netlink.message` and `netlink.route`; no I/O.
/// Values are immutable, so any thread may use them.
@NullMarked
package io.netyard.topology.state;

import org.jspecify.annotations.NullMarked;
