/// Ports with a device of the kernel behind them: packet sockets, TAP devices, AF_XDP, the UDP socket of an
/// underlay.
///
/// May depend on `vswitch.port`, `vlan`, `linux`, `net` and Netty's event loop. Thread rule: a port is
/// opened on any thread, since that takes milliseconds which would hold all ports up, and is used on its
/// loop's thread from its attachment on.
@NullMarked
package io.netyard.vswitch.device;

import org.jspecify.annotations.NullMarked;
