package io.netyard.netlink;

import java.nio.ByteBuffer;

/// Gets the messages of an answer.
@FunctionalInterface
public interface MessageHandler {
    /// One message. The buffer is the connection's own: what is kept has to be copied, see [Messages#copy].
    ///
    /// @param type of the message
    /// @param at where its payload starts, the family header
    /// @param end where it ends
    void message(int type, ByteBuffer buffer, int at, int end);
}
