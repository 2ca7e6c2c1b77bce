package io.netyard.vswitch.snooping;

import io.netyard.net.IpAddress;
import io.netyard.net.VlanId;
import java.util.List;
import java.util.Optional;

/// What snooping knows and has counted at one moment.
///
/// @param members in the order of VLAN, group and port
/// @param routers in the order of VLAN, family and port
/// @param queriers in the order of VLAN and family
/// @param queries that were heard
/// @param reports that were heard
/// @param leaves that were heard: of IGMP version 2 and MLD version 1; those of later versions are reports
/// @param damaged messages that break the rules, and were dropped
/// @param evictions how often a membership had to give way because the table was full
public record SnoopingSnapshot(
        List<Member> members,
        List<Router> routers,
        List<Querier> queriers,
        long queries,
        long reports,
        long leaves,
        long damaged,
        long evictions) {
    /// That of a switch that does not snoop.
    public static final SnoopingSnapshot EMPTY = new SnoopingSnapshot(List.of(), List.of(), List.of(), 0, 0, 0, 0, 0);

    public SnoopingSnapshot {
        members = List.copyOf(members);
        routers = List.copyOf(routers);
        queriers = List.copyOf(queriers);
    }

    /// A port with members of a group.
    ///
    /// @param secondsLeft until the membership ends, unless it is repeated; as below, rounded up
    public record Member(VlanId vlan, IpAddress group, String port, int secondsLeft) {}

    /// A port with a router behind it.
    ///
    /// @param isIpv6 whether it routes groups of IPv6, else of IPv4
    public record Router(VlanId vlan, boolean isIpv6, String port, int secondsLeft) {}

    /// Who asks for members.
    ///
    /// @param isIpv6 whether by MLD, else by IGMP
    /// @param address its address; empty if it does not tell
    /// @param port behind which it is; empty if the switch asks itself
    public record Querier(
            VlanId vlan, boolean isIpv6, Optional<IpAddress> address, Optional<String> port, int secondsLeft) {}
}
