package io.netyard.netlink.route;

import io.netyard.netlink.message.Attributes;
import io.netyard.netlink.message.Octets;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;
import java.util.OptionalLong;

/// An entry of a forwarding database with its age (`bridge -s fdb`).
///
/// ```text
/// nda_cacheinfo   0 confirmed u32   4 used u32   8 updated u32   12 refcnt u32
/// ```
///
/// @param entry the entry
/// @param age hundredths of a second since a frame from the address was seen, if the kernel tells: it is
///     this that ages
public record ForwardingEntry(Neighbor entry, OptionalLong age) {
    private static final int UPDATED = 8;
    private static final int CACHE_INFO_LENGTH = 16;

    static ForwardingEntry read(ByteBuffer message, int at, int end) {
        ByteBuffer buffer = Layout.NEIGHBOR.copy(message, at, end);
        Attributes attributes = Attributes.read(Neighbor.SET, buffer, Neighbor.HEADER, buffer.capacity());
        return new ForwardingEntry(Neighbor.read(message, at, end), age(attributes.get(Neighbor.CACHE_INFO)));
    }

    private static OptionalLong age(Optional<Octets> cacheInfo) {
        if (cacheInfo.isEmpty()) {
            return OptionalLong.empty();
        }
        ByteBuffer info = ByteBuffer.wrap(cacheInfo.get().toBytes()).order(ByteOrder.nativeOrder());
        return info.capacity() < CACHE_INFO_LENGTH
                ? OptionalLong.empty()
                : OptionalLong.of(Integer.toUnsignedLong(info.getInt(UPDATED)));
    }
}
