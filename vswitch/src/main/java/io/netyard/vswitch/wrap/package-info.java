/// Ports around other ports: what goes through them can be watched, and made worse.
///
/// May depend on `vswitch.port`, `vlan` and Netty's event loop. Thread rule: that of ports; observers are
/// called on the loop's thread.
@NullMarked
package io.netyard.vswitch.wrap;

import org.jspecify.annotations.NullMarked;
