/// Loop detection for switches without a spanning tree: when addresses move to and fro, probes go out, and
/// a probe that comes back by another port proves a loop.
///
/// Driven by probes and a tick each tenth of a second; no clock, no threads, no sockets. May depend on
/// `vlan`. Thread rule: a detector belongs to one thread.
@NullMarked
package io.netyard.vswitch.loop;

import org.jspecify.annotations.NullMarked;
