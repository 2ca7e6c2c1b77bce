package io.netyard.netlink;

import java.nio.ByteBuffer;

/// Gets the messages of an answer.
@FunctionalInterface
public interface MessageHandler {
    /// One message. Called by the thread that asked, before its call returns. The buffer is in the byte
    /// order of the machine and is used again for the next answer: what is kept has to be copied out of it.
    ///
    /// @param type of the message, such as 16 for `RTM_NEWLINK`
    /// @param buffer what was received; only the octets from `at` to `end` belong to this message
    /// @param at where its payload starts: the family header
    /// @param end where it ends, without padding
    void message(int type, ByteBuffer buffer, int at, int end);
}
