package io.netyard.netlink.route;

import io.netyard.netlink.message.AttributeSet;
import io.netyard.netlink.message.MalformedMessageException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/// How messages about one kind of object lie in bytes: the family header, then attributes. The types of
/// these messages follow each other by four, `RTM_NEW…`, `RTM_DEL…`, `RTM_GET…`, `RTM_SET…`, from a
/// multiple of four on.
enum Layout {
    /// `ifinfomsg`.
    LINK(Types.NEW_LINK, Link.HEADER, LinkAttributes.SET),
    /// `ifaddrmsg`.
    ADDRESS(Types.NEW_ADDRESS, Address.HEADER, Address.SET),
    /// `rtmsg`.
    ROUTE(Types.NEW_ROUTE, Route.HEADER, Route.SET),
    /// `ndmsg`.
    NEIGHBOR(Types.NEW_NEIGHBOR, Neighbor.HEADER, Neighbor.SET),
    /// `br_port_msg`.
    MULTICAST(Types.NEW_MDB, MulticastDatabase.HEADER, MulticastDatabase.SET),
    /// `rtgenmsg`.
    NAMESPACE_ID(Types.NEW_NAMESPACE_ID, NamespaceId.HEADER, NamespaceId.SET);

    private final int firstType;
    private final int headerLength;
    private final AttributeSet attributes;

    Layout(int firstType, int headerLength, AttributeSet attributes) {
        this.firstType = firstType;
        this.headerLength = headerLength;
        this.attributes = attributes;
    }

    /// The layout of a message of this type.
    static Layout of(int type) {
        for (Layout layout : values()) {
            if (layout.firstType == (type & ~3)) {
                return layout;
            }
        }
        throw new IllegalArgumentException("the route family has no message type " + type + " here");
    }

    /// A copy of a message's payload, which is long enough for the header.
    ///
    /// @throws MalformedMessageException if it is not
    ByteBuffer copy(ByteBuffer message, int at, int end) {
        if (end - at < headerLength) {
            throw new MalformedMessageException(attributes.name() + " message of " + (end - at)
                    + " octets, where its header takes " + headerLength);
        }
        byte[] bytes = new byte[end - at];
        message.get(at, bytes);
        return ByteBuffer.wrap(bytes).order(ByteOrder.nativeOrder());
    }

    /// Octets of the family header, with padding.
    int headerLength() {
        return headerLength;
    }

    /// What follows it.
    AttributeSet attributes() {
        return attributes;
    }
}
