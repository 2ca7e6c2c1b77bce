package io.netyard.vswitch.mac;

/// The filtering database of a switch (IEEE 802.1Q clause 8.8) with independent learning: an address is
/// known in each VLAN on its own. Bounded; when it is full, the port with the most entries loses one of its
/// oldest.
///
/// Open addressing with linear probing in one array, two numbers a slot, so that a look-up touches one
/// cache line:
///
/// ```text
///  key    | 63..60 0 | 59..48 VID | 47..0 address |            0: the slot is free
///  value  | 63 static | 62..56 0 | 55..40 port | 39..20 peer | 19..0 second when last seen |
/// ```
///
/// Deleting shifts the entries behind back, so that there are no tombstones.
public final class MacTable {
    /// Result of [#find] for an address that is not known.
    public static final long MISS = -1;

    /// Ports that can be told apart.
    public static final int MAX_PORTS = 1 << 12;

    /// The largest number of a remote end point.
    public static final int MAX_PEER = (1 << 20) - 1;

    private static final int PEER_SHIFT = 20;
    private static final int PORT_SHIFT = 40;
    private static final int SECOND_MASK = (1 << 20) - 1;
    private static final long PLACE_MASK = (1L << 56) - 1 & ~(long) SECOND_MASK;
    private static final long STATIC = 1L << 63;
    private static final int CANDIDATES = 8;

    private final int capacity;
    private final long multiplier;
    private final int shift;
    private final int mask;
    private final long[] slots;
    private final int[] learnedByPort = new int[MAX_PORTS];
    private int highestPort;
    private int size;
    private int evictionHand;
    private int ageingHand;
    private int ageing;
    private long moves;
    private long evictions;

    /// Makes an empty table.
    ///
    /// @param capacity entries at the most, 1 to 2^24
    /// @param ageing seconds after which an address that was not seen again is forgotten, 10 to 1,000,000
    ///     (IEEE 802.1Q table 8-6); 0 for never
    /// @param seed makes the hash unpredictable for those who choose addresses
    public MacTable(int capacity, int ageing, long seed) {
        if (capacity < 1 || capacity > 1 << 24) {
            throw new IllegalArgumentException("a MAC table holds 1 to 2^24 entries, not " + capacity);
        }
        this.capacity = capacity;
        this.ageing = checkedAgeing(ageing);
        this.multiplier = (0x9e37_79b9_7f4a_7c15L ^ seed << 1) | 1;
        int bits = Math.max(4, 33 - Integer.numberOfLeadingZeros(capacity - 1));
        this.shift = 64 - bits;
        this.mask = (1 << bits) - 1;
        this.slots = new long[2 << bits];
    }

    private static int checkedAgeing(int seconds) {
        if (seconds != 0 && (seconds < 10 || seconds > 1_000_000)) {
            throw new IllegalArgumentException("ageing takes 10 to 1,000,000 s, or 0 for never, not " + seconds);
        }
        return seconds;
    }

    /// Sets the ageing time, see the constructor.
    public void ageAfter(int seconds) {
        ageing = checkedAgeing(seconds);
    }

    /// The port of what [#find] found.
    public static int port(long found) {
        return (int) (found >>> PORT_SHIFT) & 0xffff;
    }

    /// The remote end point of what [#find] found, 0 for none.
    public static int peer(long found) {
        return (int) (found >>> PEER_SHIFT) & MAX_PEER;
    }

    /// Looks an address up.
    ///
    /// @param vid the VLAN, 1 to 4094
    /// @param mac 48 bits
    /// @param now the current second of a clock that does not go back
    /// @return where it is, for [#port] and [#peer], or [#MISS]
    public long find(int vid, long mac, int now) {
        int slot = slotOf(key(vid, mac));
        if (slots[slot] == 0) {
            return MISS;
        }
        long value = slots[slot + 1];
        return isExpired(value, now) ? MISS : value & ~STATIC;
    }

    /// Notes that an address was seen (clause 8.7). Static entries stay as they are.
    ///
    /// @param mac the address of a station
    /// @param port where it was seen, 0 to [#MAX_PORTS] - 1
    /// @param peer behind which remote end point, 0 for none
    public Learning learn(int vid, long mac, int port, int peer, int now) {
        long key = key(vid, mac);
        int slot = slotOf(key);
        long value = value(port, peer, now);
        if (slots[slot] != 0) {
            return refresh(slot, value, now);
        }
        if (size >= capacity && !evict(port)) {
            return Learning.REFUSED;
        }
        insert(slotOf(key), key, value);
        return Learning.NEW;
    }

    private Learning refresh(int slot, long value, int now) {
        long known = slots[slot + 1];
        if (known == value) {
            return Learning.KNOWN;
        }
        if (known < 0) {
            return Learning.STATIC;
        }
        slots[slot + 1] = value;
        if (((known ^ value) & PLACE_MASK) == 0) {
            return isExpired(known, now) ? Learning.NEW : Learning.KNOWN;
        }
        learnedByPort[port(known)]--;
        count(port(value));
        if (isExpired(known, now)) {
            return Learning.NEW;
        }
        moves++;
        return Learning.MOVED;
    }

    /// Adds or replaces an entry that neither ages nor moves (clause 8.8.1).
    ///
    /// @return false if the table is full of static entries
    public boolean addStatic(int vid, long mac, int port, int peer) {
        remove(vid, mac);
        if (size >= capacity && !evict(port)) {
            return false;
        }
        long key = key(vid, mac);
        insert(slotOf(key), key, value(port, peer, 0) | STATIC);
        return true;
    }

    /// Forgets an address, a static one too.
    ///
    /// @return whether it was known
    public boolean remove(int vid, long mac) {
        int slot = slotOf(key(vid, mac));
        if (slots[slot] == 0) {
            return false;
        }
        delete(slot);
        return true;
    }

    /// Forgets what was learned on a port, and its static entries too if asked.
    public void forgetPort(int port, boolean alsoStatic) {
        forget((key, value) -> port(value) == port && (alsoStatic || value >= 0));
    }

    /// Forgets everything learned that a condition holds for.
    public void forgetLearned(EntryFilter condition) {
        forget((key, value) -> value >= 0 && condition.test(vid(key), port(value), peer(value)));
    }

    /// Forgets all entries but static ones.
    public void forgetLearned() {
        forget((key, value) -> value >= 0);
    }

    /// Frees some slots of addresses that have aged; to be called now and then, all around within the
    /// ageing time.
    ///
    /// @param steps slots to look at
    public void sweep(int now, int steps) {
        int slot = ageingHand;
        for (int step = 0; step < steps; step++) {
            if (slots[slot] != 0 && isExpired(slots[slot + 1], now)) {
                delete(slot);
            } else {
                slot = next(slot);
            }
        }
        ageingHand = slot;
    }

    /// Shows every entry that has not aged, in no order.
    public void forEach(int now, EntryConsumer consumer) {
        for (int slot = 0; slot < slots.length; slot += 2) {
            long key = slots[slot];
            long value = slots[slot + 1];
            if (key != 0 && !isExpired(value, now)) {
                int age = value < 0 ? 0 : age(value, now);
                consumer.accept(vid(key), key & (1L << 48) - 1, port(value), peer(value), value < 0, age);
            }
        }
    }

    /// Entries, those included that have aged but not been swept.
    public int size() {
        return size;
    }

    /// Slots in all: what [#sweep] has to go around.
    public int slots() {
        return mask + 1;
    }

    /// How often a known address was seen somewhere else.
    public long moves() {
        return moves;
    }

    /// How often an entry had to give way because the table was full.
    public long evictions() {
        return evictions;
    }

    private static long key(int vid, long mac) {
        return (long) vid << 48 | mac;
    }

    private static int vid(long key) {
        return (int) (key >>> 48);
    }

    private static long value(int port, int peer, int now) {
        return (long) port << PORT_SHIFT | (long) peer << PEER_SHIFT | now & SECOND_MASK;
    }

    private boolean isExpired(long value, int now) {
        return value >= 0 && ageing != 0 && age(value, now) >= ageing;
    }

    private static int age(long value, int now) {
        return now - (int) value & SECOND_MASK;
    }

    private int home(long key) {
        return (int) (key * multiplier >>> shift) << 1;
    }

    private int next(int slot) {
        return (slot + 2) & (mask << 1 | 1);
    }

    /// The slot that holds a key, or the free one where it belongs.
    private int slotOf(long key) {
        int slot = home(key);
        while (true) {
            long there = slots[slot];
            if (there == key || there == 0) {
                return slot;
            }
            slot = next(slot);
        }
    }

    private void insert(int slot, long key, long value) {
        slots[slot] = key;
        slots[slot + 1] = value;
        size++;
        if (value >= 0) {
            count(port(value));
        }
    }

    private void count(int port) {
        learnedByPort[port]++;
        highestPort = Math.max(highestPort, port);
    }

    private void delete(int slot) {
        if (slots[slot + 1] >= 0) {
            learnedByPort[port(slots[slot + 1])]--;
        }
        size--;
        int free = slot;
        int at = next(slot);
        while (slots[at] != 0) {
            int distanceFromHome = at - home(slots[at]) & (mask << 1 | 1);
            int distanceFromFree = at - free & (mask << 1 | 1);
            if (distanceFromHome >= distanceFromFree) {
                slots[free] = slots[at];
                slots[free + 1] = slots[at + 1];
                free = at;
            }
            at = next(at);
        }
        slots[free] = 0;
        slots[free + 1] = 0;
    }

    /// Deletes one of the oldest learned entries of the port that has the most of them: of the learning
    /// port itself when it is among them.
    private boolean evict(int learning) {
        int victim = learning;
        for (int port = 0; port <= highestPort; port++) {
            if (learnedByPort[port] > learnedByPort[victim]) {
                victim = port;
            }
        }
        if (learnedByPort[victim] == 0) {
            return false;
        }
        delete(oldestOf(victim));
        evictions++;
        return true;
    }

    private int oldestOf(int port) {
        int oldest = -1;
        int candidates = 0;
        int slot = evictionHand;
        for (int step = 0; step <= mask && candidates < CANDIDATES; step++) {
            long value = slots[slot + 1];
            if (slots[slot] != 0 && value >= 0 && port(value) == port) {
                candidates++;
                if (oldest < 0 || (int) value - (int) slots[oldest + 1] << 12 < 0) {
                    oldest = slot;
                }
            }
            slot = next(slot);
        }
        evictionHand = slot;
        return oldest;
    }

    /// Deletes in place. A slot is looked at again after a deletion: one from behind may have moved there,
    /// over the end of the array too.
    private void forget(SlotFilter condition) {
        int slot = 0;
        while (slot < slots.length) {
            if (slots[slot] != 0 && condition.test(slots[slot], slots[slot + 1])) {
                delete(slot);
            } else {
                slot += 2;
            }
        }
    }

    private interface SlotFilter {
        boolean test(long key, long value);
    }

    /// A condition on learned entries.
    @FunctionalInterface
    public interface EntryFilter {
        /// Whether it holds for an entry.
        boolean test(int vid, int port, int peer);
    }

    /// Takes entries that are shown.
    @FunctionalInterface
    public interface EntryConsumer {
        /// Takes one.
        ///
        /// @param age seconds since the address was seen; 0 if the entry is static
        void accept(int vid, long mac, int port, int peer, boolean isStatic, int age);
    }
}
