/// IGMP and MLD snooping (RFC 4541): who wants which group, and where routers are, learned from what hosts
/// and routers tell each other.
///
/// May depend on `net`, `vlan`, `vswitch.mac` and `vswitch.port`. Ports are numbers here. Nothing is
/// allocated per frame, and no frame makes it throw. Thread rule: what belongs to one switch is used on one
/// thread.
@NullMarked
package io.netyard.vswitch.snooping;

import org.jspecify.annotations.NullMarked;
