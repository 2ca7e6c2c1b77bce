package io.netyard.vswitch.snooping;

import io.netyard.vlan.frame.EthernetHeader;
import io.netyard.vlan.frame.InternetChecksum;
import io.netyard.vlan.frame.Memory;
import io.netyard.vlan.frame.MemoryBlock;
import io.netyard.vswitch.port.Port;

/// Writes queries of IGMP version 3 (RFC 3376 section 4.1) and MLD version 2 (RFC 3810 section 5.1), which
/// hosts of earlier versions understand as well. One frame at a time, always in the same place.
final class QueryFrames implements AutoCloseable {
    /// The high half of the sender of MLD, fe80::.
    static final long LINK_LOCAL_HIGH = 0xfe80L << 48;

    private static final int IPV4_HEADER = 24;
    private static final int IGMP_LENGTH = 12;
    private static final int IPV6_HEADER = 40;
    private static final int OPTIONS = 8;
    private static final int MLD_LENGTH = 28;
    private static final int ALL_HOSTS = 0xe000_0001;
    private static final long ALL_NODES_HIGH = 0xff02L << 48;
    private static final int TENTHS = 100;
    private static final int ROBUSTNESS_AND_INTERVAL = MulticastSnooping.ROBUSTNESS << 8 | 125;

    private final MemoryBlock block = new MemoryBlock(Port.HEAD_ROOM + 128);
    private final long address = block.address() + Port.HEAD_ROOM;
    private final long packet = address + EthernetHeader.LENGTH;
    private final long mac;

    QueryFrames(long mac) {
        this.mac = mac;
    }

    long mac() {
        return mac;
    }

    /// The low half of the link-local address (RFC 4291 appendix A, modified EUI-64).
    long linkLocalLow() {
        return (mac >>> 24 << 40 | 0xfffeL << 24 | mac & 0xff_ffff) ^ 1L << 57;
    }

    /// Where frames are written.
    long address() {
        return address;
    }

    /// Writes a query of IGMP.
    ///
    /// @param group 0 for a general one
    /// @param responseTime milliseconds, up to 12,700
    /// @return bytes of the frame
    int writeIgmp(int group, int responseTime) {
        int to = group == 0 ? ALL_HOSTS : group;
        writeEthernet(0x0100_5e00_0000L | to & 0x7f_ffff, EthernetHeader.IPV4);
        Memory.putLong(packet, 0x46c0_0000_0000_0000L | (long) (IPV4_HEADER + IGMP_LENGTH) << 32);
        Memory.putLong(packet + 8, 0x0102_0000_0000_0000L);
        Memory.putInt(packet + 16, to);
        Memory.putInt(packet + 20, 0x9404_0000);
        Memory.putShort(packet + 10, InternetChecksum.of(InternetChecksum.sum(packet, IPV4_HEADER)));
        long igmp = packet + IPV4_HEADER;
        Memory.putInt(igmp, 0x1100_0000 | responseTime / TENTHS << 16);
        Memory.putInt(igmp + 4, group);
        Memory.putInt(igmp + 8, ROBUSTNESS_AND_INTERVAL << 16);
        Memory.putShort(igmp + 2, InternetChecksum.of(InternetChecksum.sum(igmp, IGMP_LENGTH)));
        return EthernetHeader.LENGTH + IPV4_HEADER + IGMP_LENGTH;
    }

    /// Writes a query of MLD.
    ///
    /// @param high the upper half of the group, 0 in a general one, as below
    /// @param low the lower half
    /// @param responseTime milliseconds, up to 32,767
    /// @return bytes of the frame
    int writeMld(long high, long low, int responseTime) {
        long toHigh = high == 0 ? ALL_NODES_HIGH : high;
        long toLow = high == 0 ? 1 : low;
        writeEthernet(0x3333_0000_0000L | toLow & 0xffff_ffffL, EthernetHeader.IPV6);
        Memory.putInt(packet, 0x6000_0000);
        Memory.putInt(packet + 4, OPTIONS + MLD_LENGTH << 16 | 1);
        Memory.putLong(packet + 8, LINK_LOCAL_HIGH);
        Memory.putLong(packet + 16, linkLocalLow());
        Memory.putLong(packet + 24, toHigh);
        Memory.putLong(packet + 32, toLow);
        Memory.putLong(packet + IPV6_HEADER, 0x3a00_0502_0000_0100L);
        long mld = packet + IPV6_HEADER + OPTIONS;
        Memory.putInt(mld, 0x8200_0000);
        Memory.putInt(mld + 4, responseTime << 16);
        Memory.putLong(mld + 8, high);
        Memory.putLong(mld + 16, low);
        Memory.putInt(mld + 24, ROBUSTNESS_AND_INTERVAL << 16);
        Memory.putShort(mld + 2, InternetChecksum.of(MldMessage.sum(packet, mld, MLD_LENGTH)));
        return EthernetHeader.LENGTH + IPV6_HEADER + OPTIONS + MLD_LENGTH;
    }

    private void writeEthernet(long to, int type) {
        Memory.putLong(address, to << 16 | mac >>> 32);
        Memory.putInt(address + 8, (int) mac);
        Memory.putShort(address + EthernetHeader.TYPE, type);
    }

    @Override
    public void close() {
        block.close();
    }
}
