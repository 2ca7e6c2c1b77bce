package io.netyard.vswitch.snooping;

import io.netyard.net.VlanId;
import java.util.Arrays;
import java.util.function.IntPredicate;

/// Who asks for members in each VLAN, by IGMP and by MLD. Only where somebody does can a switch tell
/// members from others: nobody repeats a membership unasked.
final class Queriers {
    /// Another querier counts as present after a query for (RFC 3376 section 8.5): 2 queries of 125 s, and
    /// half the time to answer.
    static final long PRESENT = 255_000;

    /// The port of this switch itself.
    static final int OWN = -1;

    private static final int FAMILIES = 2;
    private static final int ALL = FAMILIES << 12;

    private final long[] presentUntil = new long[ALL];
    private final long[] answeredAt = new long[ALL];
    private final long[] highs = new long[ALL];
    private final long[] lows = new long[ALL];
    private final int[] ports = new int[ALL];

    private static int index(int vid, boolean isIpv6) {
        return FAMILIES * vid + (isIpv6 ? 1 : 0);
    }

    /// Whether there is one, and its first query has been answered by all members.
    boolean haveAnswers(int vid, boolean isIpv6, long now) {
        int at = index(vid, isIpv6);
        return presentUntil[at] > now && answeredAt[at] <= now;
    }

    /// Whether there is one.
    boolean isPresent(int vid, boolean isIpv6, long now) {
        return presentUntil[index(vid, isIpv6)] > now;
    }

    /// Whether it is this switch.
    boolean isOwn(int vid, boolean isIpv6, long now) {
        int at = index(vid, isIpv6);
        return presentUntil[at] > now && ports[at] == OWN;
    }

    /// Whether it is somebody else.
    boolean isForeign(int vid, boolean isIpv6, long now) {
        int at = index(vid, isIpv6);
        return presentUntil[at] > now && ports[at] != OWN;
    }

    /// Notes a query. Of several queriers, the one with the lowest address is shown, which the others leave
    /// the task to (RFC 3376 section 6.6.2, RFC 3810 section 7.6.2).
    ///
    /// @param port where it came in, or [#OWN]
    /// @param responseTime milliseconds within which members answer it
    void heard(int vid, boolean isIpv6, int port, long high, long low, int responseTime, long now) {
        int at = index(vid, isIpv6);
        boolean isPresent = presentUntil[at] > now;
        if (!isPresent) {
            answeredAt[at] = now + responseTime;
        }
        if (!isPresent || ports[at] == OWN || isNotAbove(high, low, highs[at], lows[at])) {
            highs[at] = high;
            lows[at] = low;
            ports[at] = port;
        }
        presentUntil[at] = now + PRESENT;
    }

    private static boolean isNotAbove(long high, long low, long otherHigh, long otherLow) {
        int byHigh = Long.compareUnsigned(high, otherHigh);
        return byHigh < 0 || byHigh == 0 && Long.compareUnsigned(low, otherLow) <= 0;
    }

    /// Forgets those behind a port. Groups of their VLANs are flooded until somebody asks again.
    void forget(int port, IntPredicate keeps) {
        for (int at = 0; at < ALL; at++) {
            if (ports[at] == port && !keeps.test(at / FAMILIES)) {
                presentUntil[at] = 0;
            }
        }
    }

    /// Forgets all, as above.
    void forgetAll() {
        Arrays.fill(presentUntil, 0);
    }

    /// Shows all that are present.
    void forEach(long now, Consumer consumer) {
        for (int vid = VlanId.MIN; vid <= VlanId.MAX; vid++) {
            show(vid, false, now, consumer);
            show(vid, true, now, consumer);
        }
    }

    private void show(int vid, boolean isIpv6, long now, Consumer consumer) {
        int at = index(vid, isIpv6);
        if (presentUntil[at] > now) {
            consumer.accept(vid, isIpv6, ports[at], highs[at], lows[at], presentUntil[at]);
        }
    }

    /// Takes queriers that are shown.
    @FunctionalInterface
    interface Consumer {
        void accept(int vid, boolean isIpv6, int port, long high, long low, long until);
    }
}
