/// What happens to a frame between two ports, in the order of [Pipeline]: 1 parse, 2 ingress VLAN, 3 learn,
/// 4 look up, 5 egress VLAN, 6 transmit or drop.
///
/// May depend on `vlan`, `vswitch.port` and `vswitch.mac`. Nothing is allocated per frame and nothing is
/// thrown for what is in one: frames that break a rule are counted by [DropReason]. Thread rule: a pipeline
/// with all that belongs to it is used on one thread, that of its ports' event loop.
@NullMarked
package io.netyard.vswitch.pipeline;

import org.jspecify.annotations.NullMarked;
