/// Runs the checks of a topology on the running lab, with echo requests of its own.
///
/// May depend on `topology.model`, `netlink.route`, `linux` and `net`. A [CheckRunner] starts threads of
/// its own; results are immutable.
@NullMarked
package io.netyard.topology.check;

import org.jspecify.annotations.NullMarked;
