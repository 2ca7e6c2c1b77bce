/// Looks after the machine: what it lets Netyard do, and whether Netyard holds out on it.
///
/// May depend on `cli.daemon`, which starts this program again, on `topology`, `netlink` and `linux`.
/// Thread rule: all of it runs on the thread of the command.
@NullMarked
package io.netyard.cli.doctor;

import org.jspecify.annotations.NullMarked;
