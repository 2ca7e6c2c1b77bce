/// Files of captured frames: ports that replay and record them, captures of what goes through other ports,
/// filters in the language of tcpdump.
///
/// Files are read, and filters compiled, by libpcap through pcap4j (Debian: `libpcap0.8`), which is loaded
/// when it is first needed; a capture without a filter does without it. May depend on `vswitch.port`,
/// `vswitch.wrap`, `vlan`, pcap4j and Netty's event loop; pcap4j is seen nowhere else. Thread rule: a
/// reader, a filter and a capture belong to one thread at a time, that of the ports' loop. Files are read
/// and written on it, so that a slow disk holds the switch up.
@NullMarked
package io.netyard.vswitch.pcap;

import org.jspecify.annotations.NullMarked;
