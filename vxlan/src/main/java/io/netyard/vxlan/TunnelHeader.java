package io.netyard.vxlan;

import io.netyard.vlan.frame.EthernetHeader;
import io.netyard.vlan.frame.Memory;

/// The header between the underlay's and a tunnelled frame, eight bytes in both protocols.
///
/// VXLAN (RFC 7348 section 5), behind a UDP header:
///
/// ```text
/// |R|R|R|R|I|R|R|R|            reserved                           |
/// |                VNI                            |   reserved    |
/// ```
///
/// NVGRE (RFC 7637 section 3.2), behind an IP header with protocol 47:
///
/// ```text
/// |0| |1|0|   reserved0     | version |    protocol 0x6558        |
/// |                VSID                           |    FlowID     |
/// ```
///
/// Reserved bits are sent as zero and, as both documents ask, ignored on receipt.
public enum TunnelHeader {
    /// VXLAN.
    VXLAN(0x0800_0000, 0x0800_0000, 8, 0),

    /// NVGRE. Its VSID is 4,096 to 16,777,214 (RFC 7637 section 3.2).
    NVGRE(0x2000_6558, 0xb007_ffff, 0, 0xff);

    /// Bytes of the header.
    public static final int LENGTH = 8;

    /// The result of [#read] for what is no such header.
    public static final int INVALID = -1;

    /// UDP port of VXLAN (RFC 7348 section 5, assigned by IANA).
    public static final int VXLAN_PORT = 4789;

    /// IP protocol of GRE, which NVGRE is in.
    public static final int GRE_PROTOCOL = 47;

    private final int firstWord;
    private final int firstMask;
    private final int udpLength;
    private final int flowMask;

    TunnelHeader(int firstWord, int firstMask, int udpLength, int flowMask) {
        this.firstWord = firstWord;
        this.firstMask = firstMask;
        this.udpLength = udpLength;
        this.flowMask = flowMask;
    }

    /// The header's identifier: a VNI or a VSID.
    ///
    /// @param length bytes from the address to the end of the datagram
    /// @return 0 to 2^24 - 1, or [#INVALID] if there is no room for it, a flag that must be set is not, or
    ///     one that must not be set is
    public int read(long address, int length) {
        return length < LENGTH || (Memory.getInt(address) & firstMask) != firstWord
                ? INVALID
                : Memory.getInt(address + 4) >>> 8;
    }

    /// Writes the header.
    ///
    /// @param identifier VNI or VSID, 24 bits
    /// @param flow what tells flows apart, of which NVGRE carries 8 bits (RFC 7637 section 3.2, FlowID)
    public void write(long address, int identifier, int flow) {
        Memory.putLong(address, (long) firstWord << 32 | (long) identifier << 8 | flow & flowMask);
    }

    /// Bytes that a tunnelled frame's payload is shorter than a packet of the underlay: outer IP header,
    /// UDP header if any, this header, inner Ethernet header. 50 and 70 for VXLAN, 42 and 62 for NVGRE.
    public int overhead(boolean underlayIsIpv6) {
        return (underlayIsIpv6 ? 40 : 20) + udpLength + LENGTH + EthernetHeader.LENGTH;
    }

    /// Refuses an identifier that the protocol reserves.
    ///
    /// @throws IllegalArgumentException if it is out of range
    public void check(int identifier) {
        int least = this == NVGRE ? 0x1000 : 0;
        int most = this == NVGRE ? 0xff_fffe : 0xff_ffff;
        if (identifier < least || identifier > most) {
            throw new IllegalArgumentException(
                    "an identifier of " + this + " is " + least + " to " + most + ", not " + identifier);
        }
    }
}
