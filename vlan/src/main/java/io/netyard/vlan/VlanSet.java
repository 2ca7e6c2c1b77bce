package io.netyard.vlan;

import io.netyard.net.VlanId;
import java.util.Arrays;
import java.util.Collection;
import java.util.Set;

/// Some of the VLANs 1 to 4094. Immutable.
public final class VlanSet {
    private static final int WORDS = 64;
    private static final VlanSet NONE = new VlanSet(new long[WORDS]);
    private static final VlanSet ALL = NONE.with(VlanId.MIN, VlanId.MAX);

    private final long[] words;

    private VlanSet(long[] words) {
        this.words = words;
    }

    /// No VLAN.
    public static VlanSet none() {
        return NONE;
    }

    /// All 4,094 VLANs.
    public static VlanSet all() {
        return ALL;
    }

    /// The VLANs given.
    public static VlanSet of(VlanId... vlans) {
        return of(Set.of(vlans));
    }

    /// The VLANs given.
    public static VlanSet of(Collection<VlanId> vlans) {
        VlanSet set = NONE;
        for (VlanId vlan : vlans) {
            set = set.with(vlan.value(), vlan.value());
        }
        return set;
    }

    /// These and a further one.
    public VlanSet with(VlanId vlan) {
        return with(vlan.value(), vlan.value());
    }

    /// The VLANs of both.
    public VlanSet with(VlanSet other) {
        long[] more = words.clone();
        for (int at = 0; at < WORDS; at++) {
            more[at] |= other.words[at];
        }
        return new VlanSet(more);
    }

    private VlanSet with(int from, int to) {
        long[] more = words.clone();
        for (int vid = from; vid <= to; vid++) {
            more[vid >>> 6] |= 1L << vid;
        }
        return new VlanSet(more);
    }

    /// Whether a VLAN is in it; 0 and 4095 never are.
    ///
    /// @param vid 0 to 4095
    public boolean contains(int vid) {
        return (words[vid >>> 6] >>> vid & 1) != 0;
    }

    /// Whether all VLANs of another set are in this one.
    public boolean containsAll(VlanSet other) {
        for (int at = 0; at < WORDS; at++) {
            if ((other.words[at] & ~words[at]) != 0) {
                return false;
            }
        }
        return true;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof VlanSet that && Arrays.equals(words, that.words);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(words);
    }

    /// The VLANs as people write them: `10,20-29`, `none`.
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        for (int vid = VlanId.MIN; vid <= VlanId.MAX; vid++) {
            if (contains(vid) && !contains(vid - 1)) {
                int last = vid;
                while (contains(last + 1)) {
                    last++;
                }
                text.append(text.isEmpty() ? "" : ",").append(vid).append(last == vid ? "" : "-" + last);
            }
        }
        return text.isEmpty() ? "none" : text.toString();
    }
}
