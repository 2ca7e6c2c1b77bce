package io.netyard.netlink.route;

import io.netyard.net.IpAddress;

/// Address families, as message headers name them.
final class Family {
    /// `AF_BRIDGE`.
    static final int BRIDGE = 7;

    /// `AF_INET`.
    static final int INET = 2;

    /// `AF_INET6`.
    static final int INET6 = 10;

    private Family() {}

    static int of(IpAddress address) {
        return address.isV4() ? INET : INET6;
    }
}
