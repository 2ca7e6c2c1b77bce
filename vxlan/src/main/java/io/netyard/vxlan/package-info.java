/// VXLAN (RFC 7348) and NVGRE (RFC 7637) in the data path: headers, encapsulation in head-room, the rules
/// for what of an outer header follows the inner one, and the table of remote end points.
///
/// May depend on `net` and `vlan`. Thread rule: tables belong to one thread; values are immutable.
@NullMarked
package io.netyard.vxlan;

import org.jspecify.annotations.NullMarked;
