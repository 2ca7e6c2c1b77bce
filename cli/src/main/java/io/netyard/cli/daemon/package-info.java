/// Switches in user space: the daemon of a lab that runs them, and the side of the commands that asks it.
///
/// The two talk over a Unix socket in the lab's folder, one request per connection. The only package that
/// knows both topologies and the data path. Thread rule: the daemon answers each connection on a thread,
/// under one lock of the rack; switches run on event loops of their own.
@NullMarked
package io.netyard.cli.daemon;

import org.jspecify.annotations.NullMarked;
