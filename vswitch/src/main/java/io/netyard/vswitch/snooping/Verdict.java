package io.netyard.vswitch.snooping;

/// Where a frame for a group goes to.
public enum Verdict {
    /// To all ports of the VLAN: a group of the link, no IP, or nobody asks for members.
    FLOOD,

    /// To all ports of the VLAN: somebody asks for members.
    QUERY,

    /// To the ports of routers: a report, or a leave.
    REPORT,

    /// To the ports of the group's members and of routers.
    MEMBERS,

    /// To the ports of routers: the group has no members.
    UNREGISTERED,

    /// Nowhere: a message of IGMP or MLD that breaks the rules (RFC 4541 section 2.1.1, point 5).
    DAMAGED;

    /// Whether it goes to some ports alone, [MulticastSnooping#audience].
    public boolean isNarrow() {
        return this == REPORT || this == MEMBERS || this == UNREGISTERED;
    }
}
