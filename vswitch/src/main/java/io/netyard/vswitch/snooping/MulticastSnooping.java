package io.netyard.vswitch.snooping;

import io.netyard.vlan.frame.EthernetHeader;
import io.netyard.vlan.frame.Memory;
import io.netyard.vswitch.mac.MacTable;
import io.netyard.vswitch.snooping.GroupMessage.Kind;
import java.util.function.IntFunction;
import java.util.function.IntPredicate;

/// Decides which ports frames for a group go to (RFC 4541), and learns that from IGMP and MLD among them.
///
/// - A group with members goes to their ports and to those of routers; one without to routers alone.
/// - Groups of the link (224.0.0.0/24, IPv6 scopes up to the link's), and what is no IP, go to all.
/// - Reports and leaves go to routers alone, so that no host keeps its own to itself on hearing another's.
/// - While nobody asks for members in a VLAN, everything goes to all.
///
/// A router is behind a port that a query or a hello of PIM came in by. Queries without a sender count as
/// well, unlike in RFC 4541 section 2.1.1, point 1b: they come from switches, which are the only way to the
/// members behind them. As on the Linux bridge, a group is one list of ports, whatever sources its members
/// want to hear, and times are those of RFC 3376, whatever queries say. Unlike there, routers and queriers
/// are known for each VLAN, link-local groups of IPv6 are not narrowed, and version 3 reports and leaves go
/// the way of all reports.
public final class MulticastSnooping implements AutoCloseable {
    /// Memberships that a switch knows at the most, unless it is told otherwise.
    public static final int DEFAULT_MEMBERSHIPS = 4096;

    /// A membership ends after (RFC 3376 section 8.4): 2 queries of 125 s, and 10 s to answer the last.
    static final long MEMBERSHIP = 260_000;

    /// Queries for a group that nobody answers before it has no members (RFC 3376 sections 8.1 and 8.9).
    static final int ROBUSTNESS = 2;

    private static final int ROUTERS = 1024;
    private static final long NANOS_OF_MILLI = 1_000_000;
    private static final int IPV4_HEADER = 20;
    private static final int IPV4_PROTOCOL = 9;
    private static final int IPV4_DESTINATION = 16;
    private static final int IPV6_HEADER = 40;
    private static final int IPV6_NEXT = 6;
    private static final int IPV6_DESTINATION = 24;
    private static final int HOP_BY_HOP = 0;

    private final GroupTable members;
    /// Ports of routers, as members of groups 0 and 1: of IPv4 and of IPv6.
    private final GroupTable routers;

    private final Queriers queriers = new Queriers();
    private final OwnQuerier own;
    private final SnoopingCounters counters = new SnoopingCounters();
    private final GroupMessage igmp = new IgmpMessage();
    private final GroupMessage mld = new MldMessage();
    private final int[] audience = new int[MacTable.MAX_PORTS];
    /// The last frame that a port was put into the audience of.
    private final long[] stamps = new long[MacTable.MAX_PORTS];

    private int audienceSize;
    private long stamp;

    /// Knows nothing yet.
    ///
    /// @param memberships that it knows at the most, 1 to 2^20
    /// @param seed makes hashes unpredictable for those who choose addresses
    public MulticastSnooping(int memberships, SnoopingSettings settings, long seed) {
        if (memberships < 1 || memberships > 1 << 20) {
            throw new IllegalArgumentException("a switch knows 1 to 2^20 memberships, not " + memberships);
        }
        this.members = new GroupTable(memberships, seed);
        this.routers = new GroupTable(ROUTERS, seed);
        this.own = new OwnQuerier(settings.querier(), queriers);
    }

    /// Where a frame goes to.
    ///
    /// @param vid its VLAN
    /// @param port the number of the port that it came in by
    /// @param frame for a group, but not for everybody
    /// @param network where its packet begins, behind a tag that counts and the EtherType
    /// @param nanos a clock that does not go back
    public Verdict receive(int vid, int port, long frame, int length, int network, long nanos) {
        int rest = length - network;
        int type = rest < 0 ? 0 : Memory.getShort(frame + network - 2);
        long ip = frame + network;
        long now = nanos / NANOS_OF_MILLI;
        if (type == EthernetHeader.IPV4 && rest >= IPV4_HEADER && Memory.getByte(ip) >>> 4 == 4) {
            return receiveIpv4(vid, port, frame, ip, rest, now);
        }
        if (type == EthernetHeader.IPV6 && rest >= IPV6_HEADER && Memory.getByte(ip) >>> 4 == 6) {
            return receiveIpv6(vid, port, frame, ip, rest, now);
        }
        return Verdict.FLOOD;
    }

    /// How many ports the last frame goes to, if its verdict is narrow.
    public int audienceSize() {
        return audienceSize;
    }

    /// The number of one of them. The port that the frame came from may be among them.
    ///
    /// @param at 0 to [#audienceSize] - 1
    public int audience(int at) {
        return audience[at];
    }

    private Verdict receiveIpv4(int vid, int port, long frame, long ip, int length, long now) {
        int group = Memory.getInt(ip + IPV4_DESTINATION);
        int protocol = Memory.getByte(ip + IPV4_PROTOCOL);
        if (protocol == IgmpMessage.PROTOCOL) {
            return take(igmp, igmp.read(ip, length), vid, port, false, frame, now);
        }
        if (protocol == PimHello.PROTOCOL && PimHello.isIn4(ip, length)) {
            addRouter(vid, false, port, now);
        }
        return IgmpMessage.isGroup(group) && !IgmpMessage.isLinkLocal(group)
                ? lookUp(vid, false, IgmpMessage.HIGH, IgmpMessage.mapped(group), now)
                : Verdict.FLOOD;
    }

    private Verdict receiveIpv6(int vid, int port, long frame, long ip, int length, long now) {
        int next = Memory.getByte(ip + IPV6_NEXT);
        if (next == HOP_BY_HOP) {
            Kind kind = mld.read(ip, length);
            if (kind != Kind.NONE) {
                return take(mld, kind, vid, port, true, frame, now);
            }
        } else if (next == PimHello.PROTOCOL && PimHello.isIn6(ip, length)) {
            addRouter(vid, true, port, now);
        }
        long high = Memory.getLong(ip + IPV6_DESTINATION);
        return MldMessage.isGroup(high) && !MldMessage.isLinkLocal(high)
                ? lookUp(vid, true, high, Memory.getLong(ip + IPV6_DESTINATION + 8), now)
                : Verdict.FLOOD;
    }

    /// Takes a message that has been read.
    private Verdict take(GroupMessage message, Kind kind, int vid, int port, boolean isIpv6, long frame, long now) {
        return switch (kind) {
            case NONE, UNKNOWN -> Verdict.FLOOD;
            case DAMAGED -> {
                counters.damaged++;
                yield Verdict.DAMAGED;
            }
            case QUERY -> {
                counters.queries++;
                query(message, vid, port, isIpv6, Memory.getLong(frame + 6) >>> 16, now);
                yield Verdict.QUERY;
            }
            case REPORT, LEAVE -> {
                if (kind == Kind.REPORT) {
                    counters.reports++;
                } else {
                    counters.leaves++;
                }
                while (message.nextRecord()) {
                    report(message, vid, port, isIpv6, now);
                }
                yield lookUpRouters(vid, isIpv6, now);
            }
        };
    }

    /// @param mac who sent it
    private void query(GroupMessage message, int vid, int port, boolean isIpv6, long mac, long now) {
        addRouter(vid, isIpv6, port, now);
        // A query for one group is answered by its members alone: they do not make others known.
        boolean counts = message.isGeneral || queriers.isPresent(vid, isIpv6, now);
        boolean isForeign =
                !queriers.isOwn(vid, isIpv6, now) || own.yieldsTo(isIpv6, message.senderHigh, message.senderLow, mac);
        if (counts && isForeign) {
            queriers.heard(vid, isIpv6, port, message.senderHigh, message.senderLow, message.responseTime, now);
        }
        if (message.endsMemberships) {
            int group = members.find(vid, message.high, message.low);
            int each = group == GroupTable.NONE ? GroupTable.NONE : members.first(group);
            while (each != GroupTable.NONE) {
                members.shorten(each, now + (long) ROBUSTNESS * message.responseTime);
                each = members.next(each);
            }
        }
    }

    private void report(GroupMessage message, int vid, int port, boolean isIpv6, long now) {
        GroupMessage.Wish what = message.record();
        long high = message.high;
        long low = message.low;
        boolean isNarrowed = isIpv6
                ? MldMessage.isGroup(high) && !MldMessage.isLinkLocal(high)
                : IgmpMessage.isGroup((int) low) && !IgmpMessage.isLinkLocal((int) low);
        if (!isNarrowed) {
            return;
        }
        if (what == GroupMessage.Wish.JOIN) {
            members.put(vid, high, low, port, now + MEMBERSHIP);
        } else if (what == GroupMessage.Wish.LEAVE && queriers.isOwn(vid, isIpv6, now)) {
            // Others ask by themselves, and their query shortens what is left.
            own.askBefore(members, members.membership(vid, high, low, port), now);
        }
    }

    private void addRouter(int vid, boolean isIpv6, int port, long now) {
        routers.put(vid, 0, isIpv6 ? 1 : 0, port, now + Queriers.PRESENT);
    }

    private Verdict lookUp(int vid, boolean isIpv6, long high, long low, long now) {
        if (!queriers.haveAnswers(vid, isIpv6, now)) {
            return Verdict.FLOOD;
        }
        audienceSize = 0;
        stamp++;
        boolean hasMembers = invite(members, members.find(vid, high, low), now);
        invite(routers, routers.find(vid, 0, isIpv6 ? 1 : 0), now);
        return hasMembers ? Verdict.MEMBERS : Verdict.UNREGISTERED;
    }

    private Verdict lookUpRouters(int vid, boolean isIpv6, long now) {
        if (!queriers.haveAnswers(vid, isIpv6, now)) {
            return Verdict.FLOOD;
        }
        audienceSize = 0;
        stamp++;
        invite(routers, routers.find(vid, 0, isIpv6 ? 1 : 0), now);
        return Verdict.REPORT;
    }

    /// @return whether the group has a member
    private boolean invite(GroupTable table, int group, long now) {
        boolean hasMembers = false;
        int each = group == GroupTable.NONE ? GroupTable.NONE : table.first(group);
        for (; each != GroupTable.NONE; each = table.next(each)) {
            if (table.end(each) > now) {
                hasMembers = true;
                int port = table.port(each);
                if (stamps[port] != stamp) {
                    stamps[port] = stamp;
                    audience[audienceSize++] = port;
                }
            }
        }
        return hasMembers;
    }

    /// Forgets what has ended, and sends the queries that are due; to be called once a second.
    ///
    /// @param outlet sends them
    public void tick(long nanos, QueryOutlet outlet) {
        long now = nanos / NANOS_OF_MILLI;
        members.sweep(now, (vid, high, low, port, _) -> own.ask(vid, high, low, port, now, outlet));
        routers.sweep(now, (_, _, _, _, _) -> {});
        own.tick(now, outlet);
    }

    /// There is a port more, or one in other VLANs: whoever is behind it is asked soon, if this switch
    /// asks.
    public void portAdded() {
        own.restart();
    }

    /// Members and routers may be elsewhere now (RFC 4541 section 2.1.1, point 4): everything goes to all
    /// until they have answered the next query, which this switch sends soon, if it asks.
    public void topologyChanged() {
        queriers.forgetAll();
        own.restart();
    }

    /// Forgets what was learned on a port.
    ///
    /// @param keeps the VLANs that it is still a member of
    public void forgetPort(int port, IntPredicate keeps) {
        members.removeIf((vid, at) -> at == port && !keeps.test(vid));
        routers.removeIf((vid, at) -> at == port && !keeps.test(vid));
        queriers.forget(port, keeps);
    }

    /// What it knows and has counted.
    ///
    /// @param names of ports by their numbers
    public SnoopingSnapshot snapshot(long nanos, IntFunction<String> names) {
        return new SnoopingShow(nanos / NANOS_OF_MILLI, names).show(members, routers, queriers, counters);
    }

    @Override
    public void close() {
        own.close();
    }
}
