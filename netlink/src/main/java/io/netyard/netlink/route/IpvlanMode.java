package io.netyard.netlink.route;

import io.netyard.netlink.message.Codec;
import io.netyard.netlink.message.NumberedConstant;
import java.util.Locale;

/// At which layer ipvlan interfaces switch (`IPVLAN_MODE_…`).
public enum IpvlanMode implements NumberedConstant {
    /// By the destination, with ARP and broadcast.
    L2(0),
    /// By IP address, without ARP, broadcast and multicast.
    L3(1),
    /// As L3, through the netfilter hooks of the parent.
    L3S(2),
    /// A number that is not in this list.
    UNKNOWN(-1);

    static final Codec<IpvlanMode> CODEC = Codec.constant(Codec.U16, values());

    private final int number;

    IpvlanMode(int number) {
        this.number = number;
    }

    @Override
    public int number() {
        return number;
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
