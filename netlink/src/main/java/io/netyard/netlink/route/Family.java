package io.netyard.netlink.route;

import io.netyard.net.IpAddress;
import io.netyard.net.IpPrefix;
import io.netyard.netlink.message.MalformedMessageException;

/// Address families, as message headers name them.
final class Family {
    /// `AF_BRIDGE`.
    static final int BRIDGE = 7;

    /// `AF_INET`.
    static final int INET = 2;

    /// `AF_INET6`.
    static final int INET6 = 10;

    private Family() {}

    /// An address with the length of its prefix, as a message has it.
    ///
    /// @throws MalformedMessageException if the length is more than the address has bits
    static IpPrefix prefix(IpAddress address, int length) {
        if (length > address.bits()) {
            throw new MalformedMessageException("a prefix of " + length + " bits of " + address);
        }
        return new IpPrefix(address, length);
    }

    static int of(IpAddress address) {
        return address.isV4() ? INET : INET6;
    }
}
