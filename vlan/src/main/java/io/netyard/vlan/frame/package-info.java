/// Ethernet frames in native memory: memory by address, the header of a frame, the Internet checksum.
///
/// May depend on the JDK alone. A frame is an address and a length, nothing here allocates, and no address
/// is checked: whoever passes one vouches for the bytes behind it. Thread rule: the memory belongs to one
/// thread at a time.
@NullMarked
package io.netyard.vlan.frame;

import org.jspecify.annotations.NullMarked;
