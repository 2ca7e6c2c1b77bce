/// Makes plans real: executes them, verifies the result, rolls back what failed, and remembers what is
/// ours.
///
/// May depend on all of `topology` but `topology.yaml`, and on `netlink` and `linux`. One [Lab] is used by
/// one thread at a time; runs of different processes are kept apart by the lab's lock.
@NullMarked
package io.netyard.topology.apply;

import org.jspecify.annotations.NullMarked;
