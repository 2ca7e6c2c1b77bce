/// A netlink client: connections that send requests and wait for the answers, and monitors of events.
///
/// May depend on `netlink.message` and `linux`. A connection may be used from any thread, by one at a time;
/// it stays in the namespace that it was opened in.
@NullMarked
package io.netyard.netlink;

import org.jspecify.annotations.NullMarked;
