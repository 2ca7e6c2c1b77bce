package io.netyard.netlink.route;

import io.netyard.net.IpAddress;
import io.netyard.net.IpPrefix;
import io.netyard.netlink.message.Attribute;
import io.netyard.netlink.message.AttributeSet;
import io.netyard.netlink.message.Attributes;
import io.netyard.netlink.message.Codec;
import io.netyard.netlink.message.MalformedMessageException;
import io.netyard.netlink.message.MessageWriter;
import io.netyard.netlink.message.Octets;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A route (`RTM_NEWROUTE`; `ip route`).
///
/// ```text
/// rtmsg   0 family u8   1 destination length u8   2 source length u8   3 tos u8
///         4 table u8    5 protocol u8             6 scope u8           7 type u8   8 flags u32
/// rtnexthop   0 length u16   2 flags u8   3 hops u8   4 index s32, then attributes
/// ```
///
/// @param destination the network; 0.0.0.0/0 or ::/0 for the default route
/// @param type what happens to packets
/// @param nextHops where they go: one, or several that share the load; none for a route that discards
/// @param source the preferred source address
/// @param table the routing table; 254 is main
/// @param protocol who added it (`RTPROT_…`): 2 kernel, 3 boot (`ip route add`), 4 static
/// @param scope `RT_SCOPE_…`: 0 universe, 253 link, 254 host
/// @param priority the metric, 0 to 2³²-1; lower wins. 0 lets the kernel choose: 1024 for IPv6
/// @param metrics `RTAX_…` values: MTU, window and the like
public record Route(
        IpPrefix destination,
        RouteType type,
        List<NextHop> nextHops,
        Optional<IpAddress> source,
        int table,
        int protocol,
        int scope,
        long priority,
        Attributes metrics)
        implements RouteObject {
    /// `RT_TABLE_MAIN`.
    public static final int MAIN_TABLE = 254;

    /// `RTPROT_BOOT`: what `ip route` gives a route if it is not told.
    public static final int BOOT = 3;

    /// `RTPROT_STATIC`.
    public static final int STATIC = 4;

    /// `RT_SCOPE_LINK`: the destination is on the link.
    public static final int SCOPE_LINK = 253;

    static final AttributeSet METRICS = new AttributeSet("metrics");

    /// `RTAX_MTU`: the path MTU.
    public static final Attribute<Integer> METRIC_MTU = METRICS.settable(2, "mtu", Codec.S32);

    /// `RTAX_ADVMSS`: the MSS to advertise.
    public static final Attribute<Integer> METRIC_ADVMSS = METRICS.settable(8, "advmss", Codec.S32);

    /// `RTAX_HOPLIMIT`: the hop limit of packets sent.
    public static final Attribute<Integer> METRIC_HOPLIMIT = METRICS.settable(10, "hoplimit", Codec.S32);

    /// `RTAX_INITCWND`: the first congestion window, in segments.
    public static final Attribute<Integer> METRIC_INITCWND = METRICS.settable(11, "initcwnd", Codec.S32);

    static final AttributeSet SET = new AttributeSet("route");
    static final int HEADER = 12;

    private static final int NEXT_HOP_HEADER = 8;
    private static final Attribute<IpAddress> DESTINATION = SET.settable(1, "dst", Codec.IP);
    private static final Attribute<Integer> OUTPUT = SET.settable(4, "oif", Codec.S32);
    private static final Attribute<IpAddress> GATEWAY = SET.settable(5, "gateway", Codec.IP);
    private static final Attribute<Long> PRIORITY = SET.settable(6, "priority", Codec.U32);
    private static final Attribute<IpAddress> PREFERRED_SOURCE = SET.settable(7, "prefsrc", Codec.IP);
    private static final Attribute<Attributes> METRIC_LIST = SET.settable(8, "metrics", Codec.nested(METRICS));
    private static final Attribute<Octets> MULTIPATH = SET.settable(9, "multipath", Codec.OCTETS);
    private static final Attribute<Integer> TABLE = SET.settable(15, "table", Codec.S32);

    public Route {
        nextHops = List.copyOf(nextHops);
    }

    /// One way that packets can go.
    ///
    /// @param index the ifindex of the interface; 0 lets the kernel find it by the gateway
    /// @param gateway the router; empty where the destination is on the link
    /// @param onlink whether the gateway counts as on the link although no address says so
    ///     (`RTNH_F_ONLINK`)
    /// @param weight its share among several, 1 to 256
    public record NextHop(int index, Optional<IpAddress> gateway, boolean onlink, int weight) {
        /// `RTNH_F_ONLINK`.
        static final int ONLINK = 4;

        /// `RTNH_F_DEAD`, `RTNH_F_LINKDOWN` and the like say what became of it; only this bit says what was
        /// asked.
        static boolean isOnlink(int flags) {
            return (flags & ONLINK) != 0;
        }
    }

    /// A static route of the main table over one next hop.
    public static Route via(IpPrefix destination, IpAddress gateway, int index) {
        NextHop hop = new NextHop(index, Optional.of(gateway), false, 1);
        return new Route(
                destination,
                RouteType.UNICAST,
                List.of(hop),
                Optional.empty(),
                MAIN_TABLE,
                STATIC,
                0,
                0,
                Attributes.EMPTY);
    }

    void write(MessageWriter writer) {
        boolean single = nextHops.size() == 1;
        writer.u8(Family.of(destination.address()))
                .u8(destination.length())
                .u8(0)
                .u8(0);
        writer.u8(table < 256 ? table : 0).u8(protocol).u8(scope).u8(type.number());
        writer.u32(single && nextHops.getFirst().onlink() ? NextHop.ONLINK : 0);
        if (destination.length() > 0) {
            writer.attribute(DESTINATION, destination.address());
        }
        if (table >= 256) {
            writer.attribute(TABLE, table);
        }
        if (priority != 0) {
            writer.attribute(PRIORITY, priority);
        }
        if (source.isPresent()) {
            writer.attribute(PREFERRED_SOURCE, source.get());
        }
        if (!metrics.isEmpty()) {
            writer.attribute(METRIC_LIST, metrics);
        }
        if (single) {
            write(writer, nextHops.getFirst());
        } else if (!nextHops.isEmpty()) {
            writeMultipath(writer);
        }
    }

    private static void write(MessageWriter writer, NextHop hop) {
        if (hop.gateway().isPresent()) {
            writer.attribute(GATEWAY, hop.gateway().get());
        }
        if (hop.index() != 0) {
            writer.attribute(OUTPUT, hop.index());
        }
    }

    private void writeMultipath(MessageWriter writer) {
        int list = writer.startNest(MULTIPATH.number());
        for (NextHop hop : nextHops) {
            int gateway = hop.gateway().isPresent() ? 4 + hop.gateway().get().bits() / 8 : 0;
            writer.u16(NEXT_HOP_HEADER + gateway)
                    .u8(hop.onlink() ? NextHop.ONLINK : 0)
                    .u8(hop.weight() - 1)
                    .u32(hop.index());
            if (hop.gateway().isPresent()) {
                writer.attribute(GATEWAY, hop.gateway().get());
            }
        }
        writer.endNest(list);
    }

    static Route read(ByteBuffer message, int at, int end) {
        ByteBuffer buffer = Layout.ROUTE.copy(message, at, end);
        Attributes attributes = Attributes.read(SET, buffer, HEADER, buffer.capacity());
        IpPrefix all = (buffer.get(0) & 0xff) == Family.INET ? IpPrefix.ALL_IPV4 : IpPrefix.ALL_IPV6;
        return new Route(
                Family.prefix(attributes.get(DESTINATION).orElse(all.address()), buffer.get(1) & 0xff),
                RouteType.of(buffer.get(7) & 0xff),
                nextHops(buffer, attributes),
                attributes.get(PREFERRED_SOURCE),
                attributes.get(TABLE).orElse(buffer.get(4) & 0xff),
                buffer.get(5) & 0xff,
                buffer.get(6) & 0xff,
                attributes.get(PRIORITY).orElse(0L),
                attributes.get(METRIC_LIST).orElse(Attributes.EMPTY));
    }

    private static List<NextHop> nextHops(ByteBuffer buffer, Attributes attributes) {
        Optional<byte[]> several = attributes.get(MULTIPATH).map(octets -> octets.toBytes());
        if (several.isPresent()) {
            return multipath(ByteBuffer.wrap(several.get()).order(buffer.order()));
        }
        Optional<IpAddress> gateway = attributes.get(GATEWAY);
        int index = attributes.get(OUTPUT).orElse(0);
        return gateway.isEmpty() && index == 0
                ? List.of()
                : List.of(new NextHop(index, gateway, NextHop.isOnlink(buffer.getInt(8)), 1));
    }

    private static List<NextHop> multipath(ByteBuffer list) {
        List<NextHop> hops = new ArrayList<>();
        int at = 0;
        while (at + NEXT_HOP_HEADER <= list.capacity()) {
            int length = list.getShort(at) & 0xffff;
            if (length < NEXT_HOP_HEADER || at + length > list.capacity()) {
                throw new MalformedMessageException("a next hop of " + length + " octets");
            }
            Attributes attributes = Attributes.read(SET, list, at + NEXT_HOP_HEADER, at + length);
            hops.add(new NextHop(
                    list.getInt(at + 4),
                    attributes.get(GATEWAY),
                    NextHop.isOnlink(list.get(at + 2)),
                    (list.get(at + 3) & 0xff) + 1));
            at += length + 3 & ~3;
        }
        return hops;
    }
}
