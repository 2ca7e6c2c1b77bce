/// The `netyard` command: one class for each subcommand, exit codes, and nothing of the work itself.
///
/// The only place that knows picocli. May depend on `topology`, `netlink`, `linux`, `net` and `cli.view`.
/// Runs on the main thread.
@NullMarked
package io.netyard.cli;

import org.jspecify.annotations.NullMarked;
