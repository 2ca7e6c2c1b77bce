package io.netyard.vswitch.port;

/// What a port can take. The switch completes checksums, cuts segments, pads and drops before a port that
/// cannot.
///
/// @param offloads kinds of work that may be left to the port, a sum of [Offload#CHECKSUM], [Offload#TCP4],
///     [Offload#TCP6] and [Offload#UDP]; segmentation implies [Offload#CHECKSUM]
/// @param pads whether shorter frames must be filled up to 60 bytes, the least of an Ethernet frame without
///     its FCS (IEEE 802.3 clause 4.2.3.3)
/// @param mtu bytes after the Ethernet header and the VLAN tags, for a frame to segment those of each
///     segment; 68 to 65,535
public record PortCapabilities(int offloads, boolean pads, int mtu) {
    /// No offloads, no padding, an MTU of 1,500 bytes.
    public static final PortCapabilities PLAIN = new PortCapabilities(0, false, 1500);

    /// Every offload: what a virtual device with a virtio header takes.
    public static final int ALL_OFFLOADS = Offload.CHECKSUM | Offload.TCP4 | Offload.TCP6 | Offload.UDP;

    /// The least MTU.
    public static final int MIN_MTU = 68;

    /// The largest MTU.
    public static final int MAX_MTU = 65_535;

    public PortCapabilities {
        if ((offloads & ~ALL_OFFLOADS) != 0) {
            throw new IllegalArgumentException("unknown offloads: 0x" + Integer.toHexString(offloads));
        }
        if ((offloads & ~Offload.CHECKSUM) != 0 && (offloads & Offload.CHECKSUM) == 0) {
            throw new IllegalArgumentException("a port that cuts segments also completes checksums");
        }
        if (mtu < MIN_MTU || mtu > MAX_MTU) {
            throw new IllegalArgumentException("an MTU is " + MIN_MTU + " to " + MAX_MTU + ", not " + mtu);
        }
    }

    /// The same with another MTU.
    public PortCapabilities withMtu(int bytes) {
        return new PortCapabilities(offloads, pads, bytes);
    }
}
