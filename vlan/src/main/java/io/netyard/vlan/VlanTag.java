package io.netyard.vlan;

/// A VLAN tag as one number, the way it stands on the wire (IEEE 802.1Q clause 9.3 to 9.6, figure 9-1):
///
/// ```text
///  31                16 15  13 12 11            0
/// +--------------------+------+---+--------------+
/// |        TPID        | PCP  |DEI|     VID      |
/// +--------------------+------+---+--------------+
/// ```
///
/// [#NONE] stands for the absence of a tag. A tag with VID 0, a priority tag, is no [#NONE]: its TPID is
/// set.
public final class VlanTag {
    /// No tag.
    public static final int NONE = 0;

    /// Bytes of a tag in a frame.
    public static final int LENGTH = 4;

    /// TPID of a customer tag (IEEE 802.1Q table 9-1).
    public static final int C_TAG = 0x8100;

    /// TPID of a service tag (IEEE 802.1Q table 9-1, once 802.1ad).
    public static final int S_TAG = 0x88a8;

    /// TPID that some switches used for outer tags before 802.1ad.
    public static final int QINQ_9100 = 0x9100;

    /// TPID that some switches used for outer tags before 802.1ad.
    public static final int QINQ_9200 = 0x9200;

    /// The VID of a priority tag, which names no VLAN (clause 9.6, table 9-2).
    public static final int PRIORITY_VID = 0;

    /// The VID that no frame may carry (clause 9.6, table 9-2).
    public static final int RESERVED_VID = 0xfff;

    private static final int VID_MASK = 0xfff;
    private static final int TCI_MASK = 0xffff;
    private static final int PRIORITY_MASK = 0xf000;

    private VlanTag() {}

    /// A tag from its parts.
    ///
    /// @param tpid 16 bits
    /// @param pcp priority code point, 0 to 7
    /// @param dei 1 if the frame may be dropped first, else 0
    /// @param vid 0 to 4095
    public static int of(int tpid, int pcp, int dei, int vid) {
        return tpid << 16 | pcp << 13 | dei << 12 | vid;
    }

    /// A tag from its type and its tag control information, both 16 bits.
    public static int of(int tpid, int tci) {
        return tpid << 16 | tci;
    }

    /// The type of a tag, 0 for [#NONE].
    public static int tpid(int tag) {
        return tag >>> 16;
    }

    /// PCP, DEI and VID, 16 bits.
    public static int tci(int tag) {
        return tag & TCI_MASK;
    }

    /// The priority code point, 0 to 7.
    public static int pcp(int tag) {
        return tag >>> 13 & 7;
    }

    /// The drop eligible indicator, 0 or 1.
    public static int dei(int tag) {
        return tag >>> 12 & 1;
    }

    /// The VLAN identifier, 0 to 4095.
    public static int vid(int tag) {
        return tag & VID_MASK;
    }

    /// PCP and DEI where they stand in a tag.
    public static int priority(int tag) {
        return tag & PRIORITY_MASK;
    }

    /// Whether an EtherType announces a tag in one of the four known ways.
    public static boolean isTpid(int etherType) {
        return etherType == C_TAG || etherType == S_TAG || etherType == QINQ_9100 || etherType == QINQ_9200;
    }

    /// A tag for people: `802.1Q vlan 10 pcp 3`, `none`.
    public static String toString(int tag) {
        if (tag == NONE) {
            return "none";
        }
        String kind = switch (tpid(tag)) {
            case C_TAG -> "802.1Q";
            case S_TAG -> "802.1ad";
            default -> "0x" + Integer.toHexString(tpid(tag));
        };
        return kind + " vlan " + vid(tag) + (pcp(tag) == 0 ? "" : " pcp " + pcp(tag)) + (dei(tag) == 0 ? "" : " dei");
    }
}
