package io.netyard.linux;

/// What the kernel may leave undone in frames that it hands to the reader of a [TapDevice], since the
/// reader says that it can finish it (`TUN_F_…`; features of the interface, `ethtool -k`).
public enum TapOffload {
    /// `TUN_F_CSUM`: TCP and UDP checksums are left out; the header in front of the frame says where they
    /// go.
    CHECKSUM(0x01),
    /// `TUN_F_TSO4`: TCP over IPv4 comes in pieces of up to 64 KiB. Takes [#CHECKSUM].
    TSO4(0x02),
    /// `TUN_F_TSO6`: the same over IPv6.
    TSO6(0x04),
    /// `TUN_F_TSO_ECN`: also where the segments carry ECN. Takes [#TSO4] or [#TSO6].
    TSO_ECN(0x08),
    /// `TUN_F_USO4`: UDP over IPv4 comes in pieces of up to 64 KiB. Takes [#CHECKSUM] and [#USO6]; Linux
    /// 6.2.
    USO4(0x20),
    /// `TUN_F_USO6`: the same over IPv6. Takes [#USO4].
    USO6(0x40);

    private final int bit;

    TapOffload(int bit) {
        this.bit = bit;
    }

    int bit() {
        return bit;
    }
}
