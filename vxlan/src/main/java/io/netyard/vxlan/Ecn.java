package io.netyard.vxlan;

/// Explicit congestion notification through a tunnel (RFC 6040), in its two lowest bits of the traffic
/// class.
public final class Ecn {
    /// Not capable.
    public static final int NOT_ECT = 0;

    /// Capable, one of two codes.
    public static final int ECT_1 = 1;

    /// Capable, the other.
    public static final int ECT_0 = 2;

    /// Congestion experienced.
    public static final int CE = 3;

    /// The result of [#decapsulate] for a packet to drop.
    public static final int DROP = -1;

    static final int MASK = 3;

    private Ecn() {}

    /// The field of the outer header: that of the inner one (section 4.1, normal mode).
    ///
    /// @param inner traffic class of the inner packet
    public static int encapsulate(int inner) {
        return inner & MASK;
    }

    /// The field that the inner packet goes on with (section 4.2, figure 4).
    ///
    /// @param inner traffic class of the inner packet, of which the ECN field counts, as below
    /// @param outer traffic class of the outer packet
    /// @return the field, or [#DROP] if congestion was met and the inner packet could not tell of it
    public static int decapsulate(int inner, int outer) {
        int own = inner & MASK;
        return switch (outer & MASK) {
            case CE -> own == NOT_ECT ? DROP : CE;
            case ECT_1 -> own == ECT_0 ? ECT_1 : own;
            default -> own;
        };
    }
}
