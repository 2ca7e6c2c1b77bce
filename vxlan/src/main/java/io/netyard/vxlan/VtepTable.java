package io.netyard.vxlan;

import io.netyard.net.IpAddress;
import io.netyard.net.Ipv4Address;
import io.netyard.net.Ipv6Address;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Collection;
import java.util.function.IntSupplier;

/// The remote end points of a tunnel, each with a number from 1 up, and the list of those that a flooded
/// frame is sent to one by one (or the multicast group that it is sent to). Addresses are 128 bits in two
/// numbers; those of IPv4 are mapped (RFC 4291 section 2.5.5.2). For one thread.
///
/// Stations behind an end point, and their ages, are the MAC table's. A number stays its end point's own
/// until the room is needed and nothing was heard from it for twice the age at which stations are
/// forgotten: by then none is known behind it any more.
public final class VtepTable {
    /// The number of no end point.
    public static final int NONE = 0;

    /// The high half of a mapped IPv4 address.
    public static final long MAPPED_HIGH = 0;

    /// Seconds after which a MAC table forgets, unless it is told otherwise (IEEE 802.1Q table 8-6).
    static final int DEFAULT_AGEING = 300;

    private static final long NANOS = 1_000_000_000L;
    private static final int STEPS = 16;
    private static final long MAPPED_LOW = 0xffffL << 32;
    private static final SecureRandom LOT = new SecureRandom();

    private final int capacity;
    private final int mask;
    /// Secret, as is [#otherMultiplier]: whoever sends must not choose where his address belongs.
    private final long multiplier = LOT.nextLong() | 1;

    private final long otherMultiplier = LOT.nextLong() | 1;
    /// Numbers of end points, by open addressing.
    private final int[] slots;

    private final long[] highs;
    private final long[] lows;
    private final long[] frames;
    private final boolean[] listed;
    /// Whether frames for its stations go to it alone: it is listed, or was heard since the list changed.
    private final boolean[] known;
    /// When an end point was last heard that is not the one heard last.
    private final int[] heard;

    /// Seconds after which the number of an end point that is not listed may be given to another; 0 for
    /// never.
    private final int silence;

    private final IntSupplier seconds;

    private boolean admitsAnyone;
    private int[] flood = {};
    private int size;
    private int last;
    private int hand;

    /// Makes an empty table.
    ///
    /// @param capacity end points at the most, 1 to 65,536
    /// @param admitsAnyone whether whoever sends becomes an end point. If not, frames of those who are not
    ///     listed are refused: nobody can put frames into the tunnel under an address of his own
    public VtepTable(int capacity, boolean admitsAnyone) {
        this(capacity, admitsAnyone, DEFAULT_AGEING);
    }

    /// Makes an empty table beside a MAC table that ages in its own way.
    ///
    /// @param ageing seconds after which that forgets, 0 for never
    public VtepTable(int capacity, boolean admitsAnyone, int ageing) {
        this(capacity, admitsAnyone, ageing, () -> (int) (System.nanoTime() / NANOS));
    }

    /// @param seconds a clock that does not go back
    VtepTable(int capacity, boolean admitsAnyone, int ageing, IntSupplier seconds) {
        if (capacity < 1 || capacity > 1 << 16) {
            throw new IllegalArgumentException("a table holds 1 to 65,536 end points, not " + capacity);
        }
        int slotCount = Integer.highestOneBit(capacity * 4 - 1);
        this.capacity = capacity;
        this.mask = slotCount - 1;
        this.slots = new int[slotCount];
        this.highs = new long[capacity + 1];
        this.lows = new long[capacity + 1];
        this.frames = new long[capacity + 1];
        this.listed = new boolean[capacity + 1];
        this.known = new boolean[capacity + 1];
        this.heard = new int[capacity + 1];
        this.silence = 2 * ageing;
        this.seconds = seconds;
        this.admitsAnyone = admitsAnyone;
    }

    /// The high half of an address.
    public static long high(IpAddress address) {
        return switch (address) {
            case Ipv4Address _ -> MAPPED_HIGH;
            case Ipv6Address ipv6 -> ipv6.high();
        };
    }

    /// The low half of an address.
    public static long low(IpAddress address) {
        return switch (address) {
            case Ipv4Address ipv4 -> mapped(ipv4.value());
            case Ipv6Address ipv6 -> ipv6.low();
        };
    }

    /// The low half of a mapped IPv4 address.
    public static long mapped(int ipv4) {
        return MAPPED_LOW | ipv4 & 0xffff_ffffL;
    }

    /// Lists an end point or a multicast group; one that is listed keeps its number.
    ///
    /// @return its number
    /// @throws IllegalStateException if the table is full
    public int list(IpAddress address) {
        int number = numberOf(high(address), low(address), capacity);
        if (number == NONE) {
            throw new IllegalStateException("there are " + capacity + " end points already");
        }
        listed[number] = !address.isMulticast();
        known[number] = true;
        return number;
    }

    /// Lists end points or a multicast group, and floods to those and no others from now on.
    public void flood(Collection<? extends IpAddress> addresses) {
        int[] numbers = new int[addresses.size()];
        int at = 0;
        for (IpAddress address : addresses) {
            numbers[at++] = list(address);
        }
        flood = numbers;
    }

    /// Forgets the list, and who was heard; then lists and floods as [#flood].
    ///
    /// @param others whether anyone else is admitted, see the constructor
    public void relist(Collection<? extends IpAddress> addresses, boolean others) {
        Arrays.fill(listed, false);
        Arrays.fill(known, false);
        last = NONE;
        admitsAnyone = others;
        flood(addresses);
    }

    /// Whether frames for stations behind an end point can go to it alone. Once the list has changed it has
    /// to be listed, or heard again.
    public boolean isKnown(int number) {
        return known[number];
    }

    /// Whether an end point is listed.
    public boolean isListed(int number) {
        return listed[number];
    }

    /// Datagrams of an end point that were admitted.
    public long frames(int number) {
        return frames[number];
    }

    /// How many copies of a flooded frame there are.
    public int floodSize() {
        return flood.length;
    }

    /// An end point that a flooded frame goes to.
    ///
    /// @param at 0 to [#floodSize] - 1
    public int flood(int at) {
        return flood[at];
    }

    /// The number of whoever sent a datagram, or [#NONE] if it is to be dropped.
    public int admit(long high, long low) {
        int number = last;
        if (number == NONE || lows[number] != low || highs[number] != high) {
            int now = seconds.getAsInt();
            number = admitted(high, low);
            heard[last] = now;
            heard[number] = now;
            last = number;
        }
        frames[number]++;
        return number;
    }

    private int admitted(long high, long low) {
        if (!admitsAnyone) {
            int number = slots[slotOf(high, low)];
            return listed[number] ? number : NONE;
        }
        // A quarter of the room is kept for those who are listed later.
        int number = numberOf(high, low, capacity - capacity / 4);
        known[number] = number != NONE;
        return number;
    }

    /// The high half of an end point's address.
    public long high(int number) {
        return highs[number];
    }

    /// The low half of an end point's address.
    public long low(int number) {
        return lows[number];
    }

    /// The address of an end point.
    ///
    /// @throws IllegalArgumentException if there is none of this number
    public IpAddress address(int number) {
        if (number <= NONE || number > size) {
            throw new IllegalArgumentException("there is no end point " + number);
        }
        boolean isMapped = highs[number] == MAPPED_HIGH && lows[number] >>> 32 == 0xffff;
        return isMapped ? new Ipv4Address((int) lows[number]) : new Ipv6Address(highs[number], lows[number]);
    }

    /// End points known.
    public int size() {
        return size;
    }

    private int numberOf(long high, long low, int most) {
        int known = slots[slotOf(high, low)];
        if (known != NONE) {
            return known;
        }
        int number = size < most ? ++size : silent();
        if (number != NONE) {
            highs[number] = high;
            lows[number] = low;
            slots[slotOf(high, low)] = number;
            heard[number] = seconds.getAsInt();
        }
        return number;
    }

    /// Takes the number of an end point away that has been silent; looks at some of them each time.
    private int silent() {
        int now = seconds.getAsInt();
        int steps = silence == 0 ? 0 : Math.min(STEPS, size);
        for (int step = 0; step < steps; step++) {
            hand = hand >= size ? 1 : hand + 1;
            if (hand != last && !listed[hand] && !isFloodedTo(hand) && now - heard[hand] >= silence) {
                forget(hand);
                return hand;
            }
        }
        return NONE;
    }

    private boolean isFloodedTo(int number) {
        for (int each : flood) {
            if (each == number) {
                return true;
            }
        }
        return false;
    }

    /// Frees the slot of a number, and moves up what was put behind it.
    private void forget(int number) {
        int free = slotOf(highs[number], lows[number]);
        for (int at = free + 1 & mask; slots[at] != NONE; at = at + 1 & mask) {
            int home = home(highs[slots[at]], lows[slots[at]]);
            if ((at - home & mask) >= (at - free & mask)) {
                slots[free] = slots[at];
                free = at;
            }
        }
        slots[free] = NONE;
        known[number] = false;
        frames[number] = 0;
    }

    private int home(long high, long low) {
        return (int) ((high * multiplier ^ low) * otherMultiplier >>> 32) & mask;
    }

    private int slotOf(long high, long low) {
        int slot = home(high, low);
        while (slots[slot] != NONE && (lows[slots[slot]] != low || highs[slots[slot]] != high)) {
            slot = slot + 1 & mask;
        }
        return slot;
    }

    @Override
    public String toString() {
        return "end points " + size + ", flood " + Arrays.toString(flood);
    }
}
