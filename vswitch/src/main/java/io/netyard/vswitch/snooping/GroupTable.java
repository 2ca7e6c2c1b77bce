package io.netyard.vswitch.snooping;

import io.netyard.vswitch.mac.MacTable;
import java.util.Arrays;
import java.util.Random;

/// Which ports belong to which group of which VLAN, and until when. Bounded; when it is full, the port with
/// the most memberships loses one of those that end first, so that no port can take another's.
///
/// A group is three numbers: its VLAN and its address in two halves. Groups are found by open addressing
/// with linear probing; the memberships of one form a list.
final class GroupTable {
    /// No group, no membership.
    static final int NONE = -1;

    private static final int CANDIDATES = 8;

    /// Secret, as is [#otherMultiplier]: whoever chooses addresses must not choose where they belong.
    private final long multiplier;

    private final long otherMultiplier;
    private final int shift;
    private final int mask;
    /// Numbers of groups, or [#NONE].
    private final int[] slots;

    private final int[] vids;
    private final long[] highs;
    private final long[] lows;
    /// The first membership of a group; of a number that is free, the next free one.
    private final int[] firsts;

    private final int[] groups;
    private final int[] ports;
    private final long[] ends;
    private final int[] asked;
    /// The next membership of the same group; of a number that is free, the next free one.
    private final int[] nexts;

    private final int[] membershipsByPort = new int[MacTable.MAX_PORTS];
    private int highestPort;
    private int freeGroup;
    private int freeMembership;
    private int size;
    private int hand;
    private long evictions;

    /// @param capacity memberships at the most
    /// @param seed makes the hash unpredictable for those who choose addresses
    GroupTable(int capacity, long seed) {
        int bits = Math.max(4, 33 - Integer.numberOfLeadingZeros(capacity - 1));
        Random lot = new Random(seed);
        this.multiplier = lot.nextLong() | 1;
        this.otherMultiplier = lot.nextLong() | 1;
        this.shift = 64 - bits;
        this.mask = (1 << bits) - 1;
        this.slots = new int[1 << bits];
        this.vids = new int[capacity];
        this.highs = new long[capacity];
        this.lows = new long[capacity];
        this.firsts = new int[capacity];
        this.groups = new int[capacity];
        this.ports = new int[capacity];
        this.ends = new long[capacity];
        this.asked = new int[capacity];
        this.nexts = new int[capacity];
        clear();
    }

    /// Forgets everything but what was counted.
    void clear() {
        Arrays.fill(slots, NONE);
        Arrays.fill(groups, NONE);
        Arrays.fill(membershipsByPort, 0);
        for (int number = 0; number < firsts.length; number++) {
            firsts[number] = number + 1 == firsts.length ? NONE : number + 1;
            nexts[number] = firsts[number];
        }
        freeGroup = 0;
        freeMembership = 0;
        size = 0;
    }

    /// The number of a group, valid until something is added or removed, or [#NONE].
    int find(int vid, long high, long low) {
        return slots[slotOf(vid, high, low)];
    }

    /// The first membership of a group.
    int first(int group) {
        return firsts[group];
    }

    /// The one after another, or [#NONE].
    int next(int membership) {
        return nexts[membership];
    }

    int port(int membership) {
        return ports[membership];
    }

    /// When it ends, in milliseconds.
    long end(int membership) {
        return ends[membership];
    }

    /// Adds a membership, or sets anew when it ends.
    ///
    /// @return whether it is new
    boolean put(int vid, long high, long low, int port, long end) {
        int known = membership(vid, high, low, port);
        if (known != NONE) {
            ends[known] = end;
            asked[known] = 0;
            return false;
        }
        if (freeMembership == NONE) {
            evict(port);
        }
        int group = findOrAdd(vid, high, low);
        int added = freeMembership;
        freeMembership = nexts[added];
        groups[added] = group;
        ports[added] = port;
        ends[added] = end;
        asked[added] = 0;
        nexts[added] = firsts[group];
        firsts[group] = added;
        membershipsByPort[port]++;
        highestPort = Math.max(highestPort, port);
        size++;
        return true;
    }

    /// The membership of a port in a group, or [#NONE].
    int membership(int vid, long high, long low, int port) {
        int group = find(vid, high, low);
        int membership = group == NONE ? NONE : firsts[group];
        while (membership != NONE && ports[membership] != port) {
            membership = nexts[membership];
        }
        return membership;
    }

    /// Lets a membership end no later than a time.
    void shorten(int membership, long end) {
        ends[membership] = Math.min(ends[membership], end);
    }

    /// Notes how often its port is still to be asked whether anybody is a member.
    void ask(int membership, int times) {
        asked[membership] = times;
    }

    /// Removes what has ended, and shows what is still to be asked about, once each time.
    void sweep(long now, Consumer toAsk) {
        for (int membership = 0; membership < groups.length; membership++) {
            if (groups[membership] == NONE) {
                continue;
            }
            if (ends[membership] <= now) {
                remove(membership);
            } else if (asked[membership] > 0) {
                asked[membership]--;
                show(membership, toAsk);
            }
        }
    }

    /// Removes what a condition holds for.
    void removeIf(Condition condition) {
        for (int membership = 0; membership < groups.length; membership++) {
            if (groups[membership] != NONE && condition.test(vids[groups[membership]], ports[membership])) {
                remove(membership);
            }
        }
    }

    /// Shows all memberships, in no order.
    void forEach(Consumer consumer) {
        for (int membership = 0; membership < groups.length; membership++) {
            if (groups[membership] != NONE) {
                show(membership, consumer);
            }
        }
    }

    private void show(int membership, Consumer consumer) {
        int group = groups[membership];
        consumer.accept(vids[group], highs[group], lows[group], ports[membership], ends[membership]);
    }

    /// Memberships, those included that have ended but not been swept.
    int size() {
        return size;
    }

    /// How often one had to give way because the table was full.
    long evictions() {
        return evictions;
    }

    private int findOrAdd(int vid, long high, long low) {
        int slot = slotOf(vid, high, low);
        if (slots[slot] == NONE) {
            int added = freeGroup;
            freeGroup = firsts[added];
            vids[added] = vid;
            highs[added] = high;
            lows[added] = low;
            firsts[added] = NONE;
            slots[slot] = added;
        }
        return slots[slot];
    }

    private void remove(int membership) {
        int group = groups[membership];
        if (firsts[group] == membership) {
            firsts[group] = nexts[membership];
        } else {
            int before = firsts[group];
            while (nexts[before] != membership) {
                before = nexts[before];
            }
            nexts[before] = nexts[membership];
        }
        groups[membership] = NONE;
        nexts[membership] = freeMembership;
        freeMembership = membership;
        membershipsByPort[ports[membership]]--;
        size--;
        if (firsts[group] == NONE) {
            removeGroup(group);
        }
    }

    private void removeGroup(int group) {
        int free = slotOf(vids[group], highs[group], lows[group]);
        for (int at = free + 1 & mask; slots[at] != NONE; at = at + 1 & mask) {
            int home = home(vids[slots[at]], highs[slots[at]], lows[slots[at]]);
            if ((at - home & mask) >= (at - free & mask)) {
                slots[free] = slots[at];
                free = at;
            }
        }
        slots[free] = NONE;
        firsts[group] = freeGroup;
        freeGroup = group;
    }

    /// Removes one that ends first of the port that has the most: of the asking port itself when it is
    /// among them.
    private void evict(int asking) {
        int victim = asking;
        for (int port = 0; port <= highestPort; port++) {
            if (membershipsByPort[port] > membershipsByPort[victim]) {
                victim = port;
            }
        }
        int first = NONE;
        int candidates = 0;
        for (int step = 0; step < groups.length && candidates < CANDIDATES; step++) {
            if (groups[hand] != NONE && ports[hand] == victim) {
                candidates++;
                if (first == NONE || ends[hand] < ends[first]) {
                    first = hand;
                }
            }
            hand = hand + 1 == groups.length ? 0 : hand + 1;
        }
        remove(first);
        evictions++;
    }

    private int home(int vid, long high, long low) {
        return (int) (((high * multiplier ^ low) * otherMultiplier ^ vid) * multiplier >>> shift);
    }

    /// The slot that has a group, or the free one where it belongs.
    private int slotOf(int vid, long high, long low) {
        int slot = home(vid, high, low);
        while (true) {
            int group = slots[slot];
            if (group == NONE || lows[group] == low && highs[group] == high && vids[group] == vid) {
                return slot;
            }
            slot = slot + 1 & mask;
        }
    }

    /// A condition on memberships.
    @FunctionalInterface
    interface Condition {
        boolean test(int vid, int port);
    }

    /// Takes memberships that are shown.
    @FunctionalInterface
    interface Consumer {
        void accept(int vid, long high, long low, int port, long end);
    }
}
