package io.netyard.vswitch.snooping;

import io.netyard.net.IpAddress;
import io.netyard.net.Ipv4Address;
import io.netyard.net.Ipv6Address;
import io.netyard.net.VlanId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;

/// Turns tables of numbers into what people read.
final class SnoopingShow {
    private final long now;
    private final IntFunction<String> names;

    SnoopingShow(long now, IntFunction<String> names) {
        this.now = now;
        this.names = names;
    }

    SnoopingSnapshot show(GroupTable members, GroupTable routers, Queriers queriers, SnoopingCounters counters) {
        List<SnoopingSnapshot.Member> memberList = new ArrayList<>();
        members.forEach((vid, high, low, port, end) -> {
            if (end > now) {
                memberList.add(new SnoopingSnapshot.Member(
                        new VlanId(vid), address(high, low), names.apply(port), secondsTo(end)));
            }
        });
        memberList.sort(Comparator.comparing(SnoopingSnapshot.Member::vlan)
                .thenComparing(SnoopingSnapshot.Member::group)
                .thenComparing(SnoopingSnapshot.Member::port));
        List<SnoopingSnapshot.Router> routerList = new ArrayList<>();
        routers.forEach((vid, _, family, port, end) -> {
            if (end > now) {
                routerList.add(
                        new SnoopingSnapshot.Router(new VlanId(vid), family == 1, names.apply(port), secondsTo(end)));
            }
        });
        routerList.sort(Comparator.comparing(SnoopingSnapshot.Router::vlan)
                .thenComparing(SnoopingSnapshot.Router::isIpv6)
                .thenComparing(SnoopingSnapshot.Router::port));
        List<SnoopingSnapshot.Querier> querierList = new ArrayList<>();
        queriers.forEach(
                now,
                (vid, isIpv6, port, high, low, until) -> querierList.add(new SnoopingSnapshot.Querier(
                        new VlanId(vid),
                        isIpv6,
                        low == 0 ? Optional.empty() : Optional.of(address(high, low)),
                        port == Queriers.OWN ? Optional.empty() : Optional.of(names.apply(port)),
                        secondsTo(until))));
        return new SnoopingSnapshot(
                memberList,
                routerList,
                querierList,
                counters.queries,
                counters.reports,
                counters.leaves,
                counters.damaged,
                members.evictions());
    }

    private int secondsTo(long end) {
        return (int) ((end - now + 999) / 1000);
    }

    private static IpAddress address(long high, long low) {
        return high == 0 && low >>> 32 == 0xffff ? new Ipv4Address((int) low) : new Ipv6Address(high, low);
    }
}
