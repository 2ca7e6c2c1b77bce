package io.netyard.vswitch.device;

import io.netyard.vlan.frame.InternetChecksum;
import io.netyard.vlan.frame.Memory;
import io.netyard.vxlan.TunnelHeader;
import io.netyard.vxlan.VtepTable;

/// The packet around a tunnel's datagram, read from its network header on. One object, opened for each
/// packet; nothing behind the packet's end is read.
final class OuterPacket {
    private static final int IPV4_HEADER = 20;
    private static final int IPV4_LENGTH = 2;
    private static final int IPV4_FRAGMENT = 6;
    private static final int FRAGMENT_BITS = 0x3fff;
    private static final int IPV4_PROTOCOL = 9;
    private static final int IPV4_SOURCE = 12;
    private static final int IPV4_TARGET = 16;
    private static final int IPV6_HEADER = 40;
    private static final int IPV6_LENGTH = 4;
    private static final int IPV6_NEXT = 6;
    private static final int IPV6_SOURCE = 8;
    private static final int IPV6_TARGET = 24;
    private static final int IPV6_OPTIONS = 60;
    private static final int UDP = 17;
    private static final int UDP_HEADER = 8;
    private static final int UDP_TARGET = 2;
    private static final int UDP_LENGTH = 4;
    private static final int UDP_CHECKSUM = 6;

    private final boolean isIpv6;
    private final int protocol;
    private final int port;

    private long packet;
    private long transport;
    private long end;
    private int trafficClass;

    /// @param header says which protocol of IP
    /// @param port of UDP; of no matter for other protocols
    OuterPacket(TunnelHeader header, boolean isIpv6, int port) {
        this.isIpv6 = isIpv6;
        this.protocol = header == TunnelHeader.VXLAN ? UDP : TunnelHeader.GRE_PROTOCOL;
        this.port = port;
    }

    /// Takes a packet.
    ///
    /// @param bytes from the network header to the end of the frame
    /// @return false if it is none of the tunnel, or its lengths lie
    boolean open(long address, int bytes) {
        packet = address;
        return (isIpv6 ? openIpv6(bytes) : openIpv4(bytes)) && (protocol != UDP || openUdp());
    }

    private boolean openIpv4(int bytes) {
        if (bytes < IPV4_HEADER || Memory.getByte(packet) >>> 4 != 4) {
            return false;
        }
        int header = (Memory.getByte(packet) & 0xf) * 4;
        int total = Memory.getShort(packet + IPV4_LENGTH);
        transport = packet + header;
        end = packet + total;
        trafficClass = Memory.getByte(packet + 1);
        return header >= IPV4_HEADER
                && header <= total
                && total <= bytes
                && Memory.getByte(packet + IPV4_PROTOCOL) == protocol
                && (Memory.getShort(packet + IPV4_FRAGMENT) & FRAGMENT_BITS) == 0;
    }

    private boolean openIpv6(int bytes) {
        if (bytes < IPV6_HEADER || Memory.getByte(packet) >>> 4 != 6) {
            return false;
        }
        transport = packet + IPV6_HEADER;
        end = transport + Memory.getShort(packet + IPV6_LENGTH);
        trafficClass = Memory.getShort(packet) >>> 4 & 0xff;
        int next = Memory.getByte(packet + IPV6_NEXT);
        if (end > packet + bytes) {
            return false;
        }
        if (next == IPV6_OPTIONS && transport + 8 <= end) {
            next = Memory.getByte(transport);
            transport += 8L + 8L * Memory.getByte(transport + 1);
        }
        return transport <= end && next == protocol;
    }

    private boolean openUdp() {
        if (transport + UDP_HEADER > end || Memory.getShort(transport + UDP_TARGET) != port) {
            return false;
        }
        int length = Memory.getShort(transport + UDP_LENGTH);
        if (length < UDP_HEADER || transport + length > end) {
            return false;
        }
        end = transport + length;
        return true;
    }

    /// Whether the checksum of UDP is right, or there is none, or the protocol has none.
    boolean isIntact() {
        if (protocol != UDP || Memory.getShort(transport + UDP_CHECKSUM) == 0) {
            return true;
        }
        int length = (int) (end - transport);
        long addresses =
                isIpv6 ? InternetChecksum.sum(packet + IPV6_SOURCE, 32) : InternetChecksum.sum(packet + IPV4_SOURCE, 8);
        return InternetChecksum.of(addresses + UDP + length + InternetChecksum.sum(transport, length)) == 0;
    }

    /// Where the datagram begins, behind the header of UDP or IP.
    long datagram() {
        return protocol == UDP ? transport + UDP_HEADER : transport;
    }

    /// Its bytes.
    int length() {
        return (int) (end - datagram());
    }

    /// DSCP and ECN.
    int trafficClass() {
        return trafficClass;
    }

    /// The high half of the sender's address, see [VtepTable].
    long sourceHigh() {
        return isIpv6 ? Memory.getLong(packet + IPV6_SOURCE) : VtepTable.MAPPED_HIGH;
    }

    /// The low half of the sender's address.
    long sourceLow() {
        return isIpv6
                ? Memory.getLong(packet + IPV6_SOURCE + 8)
                : VtepTable.mapped(Memory.getInt(packet + IPV4_SOURCE));
    }

    /// The high half of the target's address.
    long targetHigh() {
        return isIpv6 ? Memory.getLong(packet + IPV6_TARGET) : VtepTable.MAPPED_HIGH;
    }

    /// The low half of the target's address.
    long targetLow() {
        return isIpv6
                ? Memory.getLong(packet + IPV6_TARGET + 8)
                : VtepTable.mapped(Memory.getInt(packet + IPV4_TARGET));
    }

    /// Whether the target is a group.
    boolean isToGroup() {
        return isIpv6
                ? Memory.getByte(packet + IPV6_TARGET) == 0xff
                : Memory.getByte(packet + IPV4_TARGET) >>> 4 == 0xe;
    }
}
