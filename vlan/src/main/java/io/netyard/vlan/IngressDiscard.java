package io.netyard.vlan;

/// Why a port does not take a frame in (IEEE 802.1Q clauses 6.9 and 8.6.2).
public enum IngressDiscard {
    /// The VID is 4095, which no frame may carry (clause 9.6, table 9-2).
    RESERVED_VID(-1),

    /// Tagged, on a port that admits only untagged and priority-tagged frames (clause 6.9).
    TAGGED_NOT_ADMITTED(-2),

    /// Untagged or priority-tagged, on a port that admits only VLAN-tagged frames or has no VLAN for others
    /// (clause 6.9).
    UNTAGGED_NOT_ADMITTED(-3),

    /// Of a VLAN that the port is no member of (clause 8.6.2, ingress filtering).
    NOT_A_MEMBER(-4);

    private static final IngressDiscard[] BY_RESULT = values();

    private final int result;

    IngressDiscard(int result) {
        this.result = result;
    }

    /// The reason in a negative result of [VlanTable#ingress].
    public static IngressDiscard of(int result) {
        return BY_RESULT[-1 - result];
    }

    int result() {
        return result;
    }
}
