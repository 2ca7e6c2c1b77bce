/// A switch on an event loop: ports attached and detached, settings changed by difference, state shown.
///
/// May depend on the packages below it and on Netty's event loop. Thread rule: everything of a switch
/// happens on its loop's thread; the methods of [VirtualSwitch] can be called from any.
@NullMarked
package io.netyard.vswitch;

import org.jspecify.annotations.NullMarked;
