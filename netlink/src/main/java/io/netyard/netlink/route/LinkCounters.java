package io.netyard.netlink.route;

import io.netyard.netlink.message.Octets;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;

/// What a link has counted (`struct rtnl_link_stats64`; `ip -s link`).
///
/// @param receivedPackets frames received
/// @param sentPackets frames sent
/// @param receivedOctets theirs
/// @param sentOctets theirs
/// @param receiveErrors frames that came in damaged
/// @param transmitErrors frames that could not be sent
/// @param receiveDrops frames that came in and found no room, or nobody who wanted them
/// @param transmitDrops frames that found no room to be sent
public record LinkCounters(
        long receivedPackets,
        long sentPackets,
        long receivedOctets,
        long sentOctets,
        long receiveErrors,
        long transmitErrors,
        long receiveDrops,
        long transmitDrops) {
    /// Nothing was counted.
    public static final LinkCounters NONE = new LinkCounters(0, 0, 0, 0, 0, 0, 0, 0);

    private static final int LENGTH = 8 * Long.BYTES;

    /// The counters of a link that was read with them.
    public static Optional<LinkCounters> of(Link link) {
        return link.attributes()
                .get(LinkAttributes.STATS64)
                .map(Octets::toBytes)
                .filter(bytes -> bytes.length >= LENGTH)
                .map(bytes -> read(ByteBuffer.wrap(bytes).order(ByteOrder.nativeOrder())));
    }

    private static LinkCounters read(ByteBuffer stats) {
        return new LinkCounters(
                stats.getLong(),
                stats.getLong(),
                stats.getLong(),
                stats.getLong(),
                stats.getLong(),
                stats.getLong(),
                stats.getLong(),
                stats.getLong());
    }
}
