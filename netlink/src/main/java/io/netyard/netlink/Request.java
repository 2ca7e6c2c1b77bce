package io.netyard.netlink;

import io.netyard.netlink.message.AttributeSet;
import io.netyard.netlink.message.MessageWriter;

/// A request to the kernel, that can be written as often as needed.
public interface Request {
    /// The message type, such as `RTM_NEWLINK`.
    int type();

    /// Flags besides `NLM_F_REQUEST` and `NLM_F_ACK`.
    int flags();

    /// Writes the family header and the attributes.
    void write(MessageWriter writer);

    /// Octets of the family header, with padding.
    int familyHeaderLength();

    /// The attributes that follow the family header.
    AttributeSet attributes();

    /// What it does, for a person: `create vxlan vx0`.
    String operation();
}
