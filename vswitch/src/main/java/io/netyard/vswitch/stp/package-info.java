/// The Rapid Spanning Tree Protocol (IEEE 802.1D-2004 clause 17, which is IEEE 802.1Q-2018 clause 13 for a
/// single tree): the state machines of one bridge, and the BPDUs that bridges exchange. A neighbour that
/// speaks only the older protocol (IEEE 802.1D-1998 clause 8), as the kernel's bridge does, is answered in
/// it.
///
/// Driven by BPDUs, ports that come up and go down, and a tick each second; no clock, no threads, no
/// sockets. The names of the variables and procedures of the standard are in the comments where ours
/// differ. May depend on `net`, `vlan` and the states of `vswitch.pipeline`. Thread rule: a tree belongs to
/// one thread.
@NullMarked
package io.netyard.vswitch.stp;

import org.jspecify.annotations.NullMarked;
