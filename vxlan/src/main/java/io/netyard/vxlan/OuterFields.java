package io.netyard.vxlan;

import java.util.OptionalInt;

/// What a tunnel writes into the fields of the outer IP header that may follow the inner one. ECN always
/// does (RFC 6040).
///
/// @param ttl time to live or hop limit, 1 to 255; none to take over that of the inner packet (`ttl
///     inherit`)
/// @param dscp differentiated services code point, 0 to 63; none to take over that of the inner packet
///     (`tos inherit`)
public record OuterFields(OptionalInt ttl, OptionalInt dscp) {
    /// A time to live of 64 and best effort.
    public static final OuterFields DEFAULT = new OuterFields(OptionalInt.of(64), OptionalInt.of(0));

    private static final int TTL_WITHOUT_IP = 64;

    public OuterFields {
        if (ttl.isPresent() && (ttl.getAsInt() < 1 || ttl.getAsInt() > 255)) {
            throw new IllegalArgumentException("a time to live is 1 to 255, not " + ttl.getAsInt());
        }
        if (dscp.isPresent() && (dscp.getAsInt() < 0 || dscp.getAsInt() > 63)) {
            throw new IllegalArgumentException("a DSCP is 0 to 63, not " + dscp.getAsInt());
        }
    }

    /// The outer traffic class for a frame.
    ///
    /// @param packet the packet within, as [InnerPacket#find] gave it, here and below
    public int trafficClass(long packet) {
        int inner = Math.max(0, InnerPacket.trafficClass(packet));
        int code = dscp.isPresent() ? dscp.getAsInt() << 2 : inner & ~Ecn.MASK;
        return code | Ecn.encapsulate(inner);
    }

    /// The outer time to live for a frame.
    public int ttl(long packet) {
        if (ttl.isPresent()) {
            return ttl.getAsInt();
        }
        int inner = InnerPacket.hopLimit(packet);
        return inner <= 0 ? TTL_WITHOUT_IP : inner;
    }
}
