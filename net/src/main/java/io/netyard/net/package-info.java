/// Value records of the field: addresses, prefixes, VLAN ids, VNIs, interface names, MTUs.
///
/// May depend on the JDK alone. Every value is immutable, so any thread may use it, and an illegal one
/// cannot exist.
@NullMarked
package io.netyard.net;

import org.jspecify.annotations.NullMarked;
