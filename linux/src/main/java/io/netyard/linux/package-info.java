/// System calls of Linux: descriptors, sockets, network namespaces, mounts, locks, processes, TAP devices.
///
/// The only package that sees JNA; nothing of it is in a public signature. May depend on `net`. Thread
/// rule: descriptors and sockets are used from any thread, one at a time each; everything that switches a
/// thread's namespace runs on the one namespace thread (see [NetworkNamespace#call]).
@NullMarked
package io.netyard.linux;

import org.jspecify.annotations.NullMarked;
