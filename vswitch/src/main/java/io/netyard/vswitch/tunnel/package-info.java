/// Tunnels as ports of a switch: VXLAN and NVGRE over whatever carries datagrams.
///
/// May depend on `net`, `vlan`, `vxlan` and `vswitch.port`. Nothing is allocated per frame. Thread rule:
/// end point, ports and underlay are used on the thread of one event loop.
@NullMarked
package io.netyard.vswitch.tunnel;

import org.jspecify.annotations.NullMarked;
