package io.netyard.netlink.route;

import io.netyard.netlink.message.Codec;
import io.netyard.netlink.message.NumberedConstant;
import java.util.Locale;

/// How macvlan interfaces share their parent (`MACVLAN_MODE_…`).
public enum MacvlanMode implements NumberedConstant {
    /// They do not reach each other.
    PRIVATE(1),
    /// They reach each other through a switch that sends frames back (802.1Qbg).
    VEPA(2),
    /// They reach each other directly.
    BRIDGE(4),
    /// One interface takes the parent over.
    PASSTHRU(8),
    /// Only frames from listed sources come in.
    SOURCE(16),
    /// A number that is not in this list.
    UNKNOWN(-1);

    static final Codec<MacvlanMode> CODEC = Codec.constant(Codec.S32, values());

    private final int number;

    MacvlanMode(int number) {
        this.number = number;
    }

    @Override
    public int number() {
        return number;
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
