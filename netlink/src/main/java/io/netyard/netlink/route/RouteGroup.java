package io.netyard.netlink.route;

/// What a [RouteMonitor] can listen to (`RTNLGRP_…`; the objects of `ip monitor`).
public enum RouteGroup {
    /// Links, and bridge ports with their VLAN tables (`ip monitor link`).
    LINKS(1),
    /// Neighbours and forwarding entries (`ip monitor neigh`, `bridge monitor fdb`).
    NEIGHBORS(3),
    /// Addresses of both families (`ip monitor address`).
    ADDRESSES(5, 9),
    /// Routes of both families (`ip monitor route`). IPv4 routes that go because their interface goes down
    /// or away are not all told of.
    ROUTES(7, 11);

    private final int[] numbers;

    RouteGroup(int... numbers) {
        this.numbers = numbers;
    }

    int[] numbers() {
        return numbers.clone();
    }
}
