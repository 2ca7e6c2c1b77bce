package io.netyard.it.oracle;

import io.netyard.net.MacAddress;
import io.netyard.vlan.TagCodec;
import io.netyard.vlan.VlanTag;
import io.netyard.vlan.frame.EthernetHeader;
import io.netyard.vlan.frame.Memory;
import io.netyard.vxlan.InnerPacket;
import io.netyard.vxlan.TunnelHeader;

/// What Netyard's views say of a frame, in words that [Dissection] has for what Wireshark says. Reading
/// takes the frame apart.
final class HeaderViews {
    private static final int[] TPIDS = {VlanTag.C_TAG, VlanTag.S_TAG, VlanTag.QINQ_9100};
    private static final int IPV4_PROTOCOL = 9;
    private static final int IPV4_HEADER = 20;
    private static final int UDP_HEADER = 8;
    private static final int UDP = 17;

    private final StringBuilder words = new StringBuilder();

    HeaderViews(long address, int length) {
        read(address, length);
    }

    private void read(long address, int length) {
        long first = EthernetHeader.first(address);
        long second = EthernetHeader.second(address, length);
        words.append(new MacAddress(EthernetHeader.destination(first)))
                .append(' ')
                .append(new MacAddress(EthernetHeader.source(first, second)))
                .append(" type %04x".formatted(EthernetHeader.type(second)));
        long packet = InnerPacket.find(address, length);
        int trafficClass = InnerPacket.trafficClass(packet);
        int hopLimit = InnerPacket.hopLimit(packet);
        long at = address;
        int left = length;
        int tag = tag(at, left);
        int tags = 0;
        while (tag != VlanTag.NONE) {
            tags++;
            words.append(" tag %s %d pcp %d dei %d"
                    .formatted(
                            VlanTag.tpid(tag) == VlanTag.S_TAG ? "88a8" : "8100",
                            VlanTag.vid(tag),
                            VlanTag.pcp(tag),
                            VlanTag.dei(tag)));
            at = TagCodec.pop(at);
            left -= VlanTag.LENGTH;
            tag = tag(at, left);
        }
        if (tags <= 1 && trafficClass != InnerPacket.NO_IP) {
            words.append(" class %d hops %d".formatted(trafficClass, hopLimit));
        }
        if (Memory.getShort(at + EthernetHeader.TYPE) == EthernetHeader.IPV4) {
            readTunnel(at + EthernetHeader.LENGTH, left - EthernetHeader.LENGTH);
        }
    }

    private static int tag(long frame, int length) {
        for (int tpid : TPIDS) {
            int tag = TagCodec.read(frame, length, tpid);
            if (tag != VlanTag.NONE) {
                return tag;
            }
        }
        return VlanTag.NONE;
    }

    private void readTunnel(long packet, int length) {
        int protocol = Memory.getByte(packet + IPV4_PROTOCOL);
        if (protocol != UDP && protocol != TunnelHeader.GRE_PROTOCOL) {
            return;
        }
        TunnelHeader header = protocol == UDP ? TunnelHeader.VXLAN : TunnelHeader.NVGRE;
        int before = IPV4_HEADER + (protocol == UDP ? UDP_HEADER : 0);
        int identifier = header.read(packet + before, length - before);
        words.append(header == TunnelHeader.VXLAN ? " vxlan " : " nvgre ")
                .append(identifier)
                .append(": ");
        read(packet + before + TunnelHeader.LENGTH, length - before - TunnelHeader.LENGTH);
    }

    @Override
    public String toString() {
        return words.toString();
    }
}
