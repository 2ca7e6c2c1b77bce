package io.netyard.netlink.route;

import io.netyard.netlink.message.Attribute;
import io.netyard.netlink.message.AttributeSet;
import io.netyard.netlink.message.Attributes;
import io.netyard.netlink.message.Codec;
import java.nio.ByteBuffer;
import java.util.Optional;

/// The number that one namespace has for another (`RTM_NEWNSID`; `ip netns list-id`).
///
/// ```text
/// rtgenmsg   0 family u8   1 padding
/// ```
final class NamespaceId {
    static final AttributeSet SET = new AttributeSet("namespace-id");
    static final int HEADER = 4;

    /// `NETNSA_NSID`: the number; -1 where there is none.
    static final Attribute<Integer> ID = SET.readOnly(1, "nsid", Codec.S32);

    /// `NETNSA_FD`: the other namespace, by an open descriptor.
    static final Attribute<Integer> DESCRIPTOR = SET.settable(3, "fd", Codec.S32);

    private NamespaceId() {}

    /// The number, if there is one.
    static Optional<Integer> read(ByteBuffer message, int at, int end) {
        ByteBuffer buffer = Layout.NAMESPACE_ID.copy(message, at, end);
        return Attributes.read(SET, buffer, HEADER, buffer.capacity()).get(ID).filter(id -> id >= 0);
    }
}
