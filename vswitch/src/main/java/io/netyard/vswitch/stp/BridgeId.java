package io.netyard.vswitch.stp;

import io.netyard.net.MacAddress;
import java.util.Locale;

/// The identifier of a bridge (IEEE 802.1D-2004 clause 9.2.5); the lowest becomes root.
///
/// @param priority 0 to 65,535; bridges of 802.1D-2004 and later set it in steps of 4,096
/// @param address one of the bridge's MAC addresses
public record BridgeId(int priority, MacAddress address) implements Comparable<BridgeId> {
    /// Priorities go in steps of this.
    public static final int STEP = 4096;

    /// The priority that bridges have unless told otherwise.
    public static final int DEFAULT_PRIORITY = 8 * STEP;

    public BridgeId {
        if (priority < 0 || priority > 0xffff) {
            throw new IllegalArgumentException("a bridge priority is 0 to 65,535, not " + priority);
        }
    }

    /// From eight octets as on the wire.
    static BridgeId ofBits(long bits) {
        return new BridgeId((int) (bits >>> 48), new MacAddress(bits & 0xffff_ffff_ffffL));
    }

    /// The eight octets, the first on the wire highest.
    long bits() {
        return (long) priority << 48 | address.value();
    }

    @Override
    public int compareTo(BridgeId other) {
        return Long.compareUnsigned(bits(), other.bits());
    }

    /// As the kernel shows it in `/sys/class/net/br0/bridge/bridge_id`: `8000.020000000001`.
    @Override
    public String toString() {
        return String.format(Locale.ROOT, "%04x.%012x", priority, address.value());
    }
}
