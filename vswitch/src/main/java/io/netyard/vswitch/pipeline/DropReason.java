package io.netyard.vswitch.pipeline;

import io.netyard.vlan.IngressDiscard;

/// Why a frame, or one of its copies, was not sent on. Clauses are those of IEEE 802.1Q-2022.
public enum DropReason {
    /// Shorter than an Ethernet header.
    RUNT("shorter than an Ethernet header"),

    /// Announces a tag and ends within it.
    TRUNCATED_TAG("ends within its VLAN tag"),

    /// From a group address or from zero, which no station has.
    INVALID_SOURCE("its source is no address of a station"),

    /// See [IngressDiscard#RESERVED_VID].
    RESERVED_VID("VLAN 4095 is reserved"),

    /// See [IngressDiscard#TAGGED_NOT_ADMITTED].
    TAGGED_NOT_ADMITTED("the port admits no tagged frames"),

    /// See [IngressDiscard#UNTAGGED_NOT_ADMITTED].
    UNTAGGED_NOT_ADMITTED("the port admits no untagged frames"),

    /// See [IngressDiscard#NOT_A_MEMBER].
    NOT_A_MEMBER("the port it came from is not a member of its VLAN"),

    /// The port neither learns nor forwards, or only learns (clause 8.4).
    NOT_FORWARDING("the port is not forwarding"),

    /// For one of 01-80-C2-00-00-00 to 0F (clause 8.6.3, table 8-1).
    RESERVED_ADDRESS("its destination is reserved for bridges"),

    /// For a station on the port that it came from (clause 8.6.1).
    SAME_PORT("its destination is where it came from"),

    /// For a station on a port that is not a member of the VLAN (clause 8.6.4).
    EGRESS_NOT_A_MEMBER("the port of its destination is not a member of its VLAN"),

    /// From one isolated port to another.
    ISOLATED("both ports are isolated"),

    /// From one tunnel of a full mesh to another (RFC 4762 section 4.4).
    SPLIT_HORIZON("both ports are tunnels of one mesh"),

    /// More broadcasts than the port may send.
    BROADCAST_STORM("too many broadcasts"),

    /// More frames for groups than the port may send.
    MULTICAST_STORM("too many multicasts"),

    /// More frames for unknown stations than the port may send.
    UNKNOWN_STORM("too many frames for unknown stations"),

    /// A message of IGMP or MLD that breaks the rules (RFC 4541 section 2.1.1, point 5).
    BAD_GROUP_MESSAGE("it is no valid message of IGMP or MLD"),

    /// For a group that no other port has members of, or a router.
    NO_MEMBER("no other port has members of the group"),

    /// No other port takes frames of the VLAN.
    NO_OTHER_PORT("no other port takes it"),

    /// It came in by a port that only mirrors.
    MIRROR_PORT("the port only shows what others pass"),

    /// Longer than the MTU of the port that it should leave by (clause 6.5.8); bridges do not fragment.
    TOO_LONG("longer than the port allows"),

    /// What its sender left to do does not fit its bytes.
    BAD_OFFLOAD("its offload does not fit its headers"),

    /// The port could not send it; see the port's own counters.
    TRANSMIT_FAILED("the port could not send it");

    private static final DropReason[] ALL = values();

    private final String text;

    DropReason(String text) {
        this.text = text;
    }

    /// For people: the rest of a sentence that begins with "dropped:".
    public String text() {
        return text;
    }

    static int count() {
        return ALL.length;
    }

    /// Where a table by reason has it.
    @SuppressWarnings("EnumOrdinal") // an EnumMap would box the counts
    int index() {
        return ordinal();
    }

    static DropReason of(IngressDiscard discard) {
        return switch (discard) {
            case RESERVED_VID -> RESERVED_VID;
            case TAGGED_NOT_ADMITTED -> TAGGED_NOT_ADMITTED;
            case UNTAGGED_NOT_ADMITTED -> UNTAGGED_NOT_ADMITTED;
            case NOT_A_MEMBER -> NOT_A_MEMBER;
        };
    }
}
