package io.netyard.vswitch.snooping;

import io.netyard.net.MacAddress;
import io.netyard.net.VlanId;
import io.netyard.vlan.VlanSet;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Asks for members where nobody else does (RFC 3376 section 6.6.2, RFC 3810 section 7.6.2): twice at the
/// start, then every 125 s, and twice about a group that a host has left.
///
/// It has no IPv4 address: its queries of IGMP come from 0.0.0.0, and give way to those of anybody who has
/// one, and of whoever has a lower MAC address. Those of MLD come from the link-local address of its MAC
/// address.
final class OwnQuerier implements AutoCloseable {
    private static final long QUERY_INTERVAL = 125_000;
    private static final long STARTUP_INTERVAL = QUERY_INTERVAL / 4;
    private static final int STARTUP_QUERIES = 2;
    private static final int RESPONSE_TIME = 10_000;
    /// Of the first queries, so that a lab that has just begun need not wait.
    private static final int STARTUP_RESPONSE_TIME = 1_000;

    private static final int LAST_MEMBER_INTERVAL = 1_000;
    private static final int FAMILIES = 2;

    private final Queriers queriers;
    private final @Nullable QueryFrames frames;
    private final long[] due;
    private final byte[] startupSent;

    /// @param address empty if it never asks
    OwnQuerier(Optional<MacAddress> address, Queriers queriers) {
        this.queriers = queriers;
        this.frames = address.map(mac -> new QueryFrames(mac.value())).orElse(null);
        int count = address.isPresent() ? FAMILIES << 12 : 0;
        this.due = new long[count];
        this.startupSent = new byte[count];
    }

    /// Whether it leaves asking to somebody whose query was heard.
    ///
    /// @param mac the sender's MAC address
    boolean yieldsTo(boolean isIpv6, long high, long low, long mac) {
        if (frames == null) {
            return true;
        }
        if (!isIpv6) {
            return low != 0 || mac < frames.mac();
        }
        int byHigh = Long.compareUnsigned(high, QueryFrames.LINK_LOCAL_HIGH);
        return byHigh < 0 || byHigh == 0 && Long.compareUnsigned(low, frames.linkLocalLow()) < 0;
    }

    /// Makes a membership end unless somebody confirms it, having been asked twice, a second apart. The
    /// first query goes out within a second.
    void askBefore(GroupTable members, int membership, long now) {
        if (membership != GroupTable.NONE) {
            int queries = MulticastSnooping.ROBUSTNESS;
            members.shorten(membership, now + (queries + 1L) * LAST_MEMBER_INTERVAL);
            members.ask(membership, queries);
        }
    }

    /// Asks a port about a group.
    void ask(int vid, long high, long low, int port, long now, QueryOutlet outlet) {
        boolean isIpv6 = high != IgmpMessage.HIGH;
        if (frames != null && queriers.isOwn(vid, isIpv6, now)) {
            outlet.send(
                    vid,
                    port,
                    frames.address(),
                    isIpv6
                            ? frames.writeMld(high, low, LAST_MEMBER_INTERVAL)
                            : frames.writeIgmp((int) low, LAST_MEMBER_INTERVAL));
        }
    }

    /// Asks as at the start, everywhere.
    void restart() {
        Arrays.fill(due, 0);
        Arrays.fill(startupSent, (byte) 0);
    }

    /// Sends the general queries that are due.
    void tick(long now, QueryOutlet outlet) {
        if (frames == null) {
            return;
        }
        VlanSet vlans = outlet.vlans();
        for (int vid = VlanId.MIN; vid <= VlanId.MAX; vid++) {
            if (vlans.contains(vid)) {
                tick(vid, false, now, outlet, frames);
                tick(vid, true, now, outlet, frames);
            }
        }
    }

    private void tick(int vid, boolean isIpv6, long now, QueryOutlet outlet, QueryFrames writer) {
        int at = FAMILIES * vid + (isIpv6 ? 1 : 0);
        if (queriers.isForeign(vid, isIpv6, now)) {
            due[at] = now;
        } else if (due[at] <= now) {
            query(at, vid, isIpv6, now, outlet, writer);
        }
    }

    private void query(int at, int vid, boolean isIpv6, long now, QueryOutlet outlet, QueryFrames writer) {
        boolean isStartup = startupSent[at] < STARTUP_QUERIES;
        int responseTime = isStartup ? STARTUP_RESPONSE_TIME : RESPONSE_TIME;
        int length = isIpv6 ? writer.writeMld(0, 0, responseTime) : writer.writeIgmp(0, responseTime);
        outlet.send(vid, QueryOutlet.ALL_PORTS, writer.address(), length);
        long high = isIpv6 ? QueryFrames.LINK_LOCAL_HIGH : 0;
        long low = isIpv6 ? writer.linkLocalLow() : 0;
        queriers.heard(vid, isIpv6, Queriers.OWN, high, low, responseTime, now);
        if (isStartup) {
            startupSent[at]++;
        }
        due[at] = now + (startupSent[at] < STARTUP_QUERIES ? STARTUP_INTERVAL : QUERY_INTERVAL);
    }

    @Override
    public void close() {
        if (frames != null) {
            frames.close();
        }
    }
}
