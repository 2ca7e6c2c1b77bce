package io.netyard.netlink;

import io.netyard.netlink.message.Octets;

/// What an [EventMonitor] hands out.
public sealed interface Event {
    /// The kernel tells of something.
    ///
    /// @param type of the message, such as 16 for `RTM_NEWLINK`
    /// @param payload the family header and the attributes after it
    record Message(int type, Octets payload) implements Event {}

    /// Events were dropped, since nobody took them in time: what is known of the kernel's state is no
    /// longer right, and has to be read again. Those that come after it are whole and in order again.
    /// Nothing that happened before the loss is handed out after it, so that what is read now is not undone
    /// by an old event.
    record Lost() implements Event {}

    /// The monitor was closed, by whichever thread. The last event, however often it is asked for.
    record Closed() implements Event {}
}
