/// What a switch and its ports agree on: bursts of frames, the offload state of a frame, capabilities,
/// counters, and the port that lives in memory.
///
/// May depend on `vlan`, `linux` and Netty's event loop. Ports know nothing of switches: frames go to a
/// [PortContext]. Thread rule: everything of a port runs on the thread of its event loop, except where a
/// method says otherwise.
@NullMarked
package io.netyard.vswitch.port;

import org.jspecify.annotations.NullMarked;
