package io.netyard.vswitch.snooping;

import io.netyard.vlan.frame.InternetChecksum;
import io.netyard.vlan.frame.Memory;
import org.jspecify.annotations.Nullable;

/// What hosts and routers say about groups, in IGMP or MLD, taken apart. One object for each of the two,
/// refilled for each message.
///
/// A message is read once from end to end before anything in it counts, so that a length that lies spoils
/// all of it.
abstract sealed class GroupMessage permits IgmpMessage, MldMessage {
    /// What a packet is.
    enum Kind {
        /// No message about groups.
        NONE,
        /// A message of a type that is not known.
        UNKNOWN,
        /// It breaks a rule of its protocol.
        DAMAGED,
        QUERY,
        REPORT,
        LEAVE
    }

    /// What a report says of one group.
    enum Wish {
        JOIN,
        LEAVE,
        /// Nothing that concerns the group as a whole.
        OTHER
    }

    /// Bits of a checksum that is right.
    static final int GOOD = 0xffff;

    private static final int AUXILIARY_WORD = 4;

    // Record types (RFC 3376 section 4.2.12, RFC 3810 section 5.2.12).
    private static final int IS_INCLUDE = 1;
    private static final int IS_EXCLUDE = 2;
    private static final int TO_INCLUDE = 3;
    private static final int TO_EXCLUDE = 4;
    private static final int ALLOW = 5;

    private final int recordHeader;
    private final int sourceLength;

    /// The group of a query; zero in a general one.
    long high;

    long low;

    /// Who sent a query, in the two halves of an IPv6 address; zero if it does not tell.
    long senderHigh;

    long senderLow;

    /// Milliseconds within which a query wants to be answered.
    int responseTime;

    /// Whether a query is general: for all groups.
    boolean isGeneral;

    /// Whether a query for a group lets memberships end that nobody confirms: it names no sources, and does
    /// not say that timers stay as they are (RFC 3376 section 4.1.5).
    boolean endsMemberships;

    private long record;
    private int recordsLeft;
    /// What a message without a list says; null if there is a list.
    private @Nullable Wish single;

    GroupMessage(int recordHeader, int sourceLength) {
        this.recordHeader = recordHeader;
        this.sourceLength = sourceLength;
    }

    /// Takes a message apart.
    ///
    /// @param ip where the packet begins
    /// @param length bytes from there to the end of the frame, at least those of an IP header
    abstract Kind read(long ip, int length);

    /// Goes on to the next record of a report.
    ///
    /// @return whether there is one: [#high] and [#low] are its group then
    final boolean nextRecord() {
        if (recordsLeft == 0) {
            return false;
        }
        recordsLeft--;
        return true;
    }

    /// Reads the record that was gone on to, and sets [#high] and [#low].
    final Wish record() {
        Wish known = single;
        if (known != null) {
            return known;
        }
        int type = Memory.getByte(record);
        int sources = Memory.getShort(record + 2);
        readGroup(record + recordHeader - sourceLength);
        record += recordLength(record);
        return switch (type) {
            case IS_EXCLUDE, TO_EXCLUDE, ALLOW -> Wish.JOIN;
            case IS_INCLUDE, TO_INCLUDE -> sources == 0 ? Wish.LEAVE : Wish.JOIN;
            default -> Wish.OTHER;
        };
    }

    /// Sets [#high] and [#low] from an address.
    abstract void readGroup(long address);

    /// A message about one group, which has been read.
    final Kind single(Wish what) {
        single = what;
        recordsLeft = 1;
        return what == Wish.LEAVE ? Kind.LEAVE : Kind.REPORT;
    }

    /// A report with a list.
    ///
    /// @param count records that it says it has
    final Kind list(long first, int count, long end) {
        long at = first;
        for (int left = count; left > 0; left--) {
            if (at + recordHeader > end || at + recordLength(at) > end) {
                return Kind.DAMAGED;
            }
            at += recordLength(at);
        }
        single = null;
        record = first;
        recordsLeft = count;
        return Kind.REPORT;
    }

    private int recordLength(long at) {
        return recordHeader + sourceLength * Memory.getShort(at + 2) + AUXILIARY_WORD * Memory.getByte(at + 1);
    }

    static boolean isGood(long sum) {
        return InternetChecksum.fold(sum) == GOOD;
    }

    /// A code that is a number below a limit, and above it a floating one (RFC 3376 section 4.1.1, RFC 3810
    /// section 5.1.3).
    ///
    /// @param mantissaBits of those that stand beside three bits of exponent
    static int value(int code, int mantissaBits) {
        if (code < 1 << mantissaBits + 3) {
            return code;
        }
        int mantissa = code & (1 << mantissaBits) - 1 | 1 << mantissaBits;
        return mantissa << (code >>> mantissaBits & 7) + 3;
    }
}
