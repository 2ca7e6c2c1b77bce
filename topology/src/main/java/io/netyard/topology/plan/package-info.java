/// What has to change: `Plan.between(desired, observed)` subtracts one state from the other.
///
/// Pure: no I/O, no clock. May depend on `topology.state` and on the values of `netlink`. Values are
/// immutable, so any thread may use them.
@NullMarked
package io.netyard.topology.plan;

import org.jspecify.annotations.NullMarked;
