package io.netyard.topology.model;

/// What a switch does with frames for groups.
public enum Multicast {
    /// They go to all ports.
    FLOOD,

    /// They go to members, as IGMP and MLD tell (RFC 4541), where a router asks for them.
    SNOOP,

    /// The same; the switch asks where no router does.
    QUERY
}
