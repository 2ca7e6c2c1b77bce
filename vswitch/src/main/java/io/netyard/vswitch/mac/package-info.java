/// The MAC table: which port, and behind a tunnel which remote end point, an address of a VLAN was last
/// seen on.
///
/// May depend on `net`. Nothing is allocated once a table is made. Thread rule: a table belongs to one
/// thread.
@NullMarked
package io.netyard.vswitch.mac;

import org.jspecify.annotations.NullMarked;
