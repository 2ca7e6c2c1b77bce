package io.netyard.netlink.route;

import java.util.Locale;

/// What happens to packets that take a route (`RTN_…`).
public enum RouteType {
    /// They are forwarded or delivered on a link.
    UNICAST(1),
    /// They are for this host.
    LOCAL(2),
    /// They are received as broadcast.
    BROADCAST(3),
    /// As broadcast, sent as unicast.
    ANYCAST(4),
    /// They go to a group.
    MULTICAST(5),
    /// They are dropped in silence.
    BLACKHOLE(6),
    /// They are dropped, and the sender is told that the destination is unreachable.
    UNREACHABLE(7),
    /// They are dropped, and the sender is told that it is prohibited.
    PROHIBIT(8),
    /// The look-up goes on in the next table.
    THROW(9),
    /// A number that is not in this list.
    UNKNOWN(0);

    private final int number;

    RouteType(int number) {
        this.number = number;
    }

    /// The kernel's number.
    public int number() {
        return number;
    }

    /// The type of a number.
    static RouteType of(int number) {
        for (RouteType type : values()) {
            if (type.number == number) {
                return type;
            }
        }
        return UNKNOWN;
    }

    /// Whether packets are dropped, so that the route names no interface.
    public boolean discards() {
        return this == BLACKHOLE || this == UNREACHABLE || this == PROHIBIT;
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
