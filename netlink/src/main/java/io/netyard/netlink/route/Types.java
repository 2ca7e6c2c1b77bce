package io.netyard.netlink.route;

/// Message types of the route family (`RTM_…`) and what requests ask for (`RTEXT_FILTER_…`).
final class Types {
    static final int NEW_LINK = 16;
    static final int DELETE_LINK = 17;
    static final int GET_LINK = 18;
    static final int SET_LINK = 19;
    static final int NEW_ADDRESS = 20;
    static final int DELETE_ADDRESS = 21;
    static final int GET_ADDRESS = 22;
    static final int NEW_ROUTE = 24;
    static final int DELETE_ROUTE = 25;
    static final int GET_ROUTE = 26;
    static final int NEW_NEIGHBOR = 28;
    static final int DELETE_NEIGHBOR = 29;
    static final int GET_NEIGHBOR = 30;
    static final int NEW_MDB = 84;
    static final int GET_MDB = 86;
    static final int NEW_NAMESPACE_ID = 88;
    static final int GET_NAMESPACE_ID = 90;

    /// `RTEXT_FILTER_BRVLAN_COMPRESSED`: VLANs that follow each other come as ranges.
    static final int BRIDGE_VLANS = 1 << 2;

    /// `RTEXT_FILTER_SKIP_STATS`: without the IPv6 counters within `IFLA_AF_SPEC`, a quarter of an answer.
    /// The counters of the device itself, `IFLA_STATS` and `IFLA_STATS64`, come all the same: no request
    /// can do without them.
    static final int SKIP_STATS = 1 << 3;

    private Types() {}
}
