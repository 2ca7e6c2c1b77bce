package io.netyard.vswitch.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.netyard.net.MacAddress;
import io.netyard.vlan.TagCodec;
import io.netyard.vlan.VlanTag;
import io.netyard.vlan.frame.EthernetHeader;
import io.netyard.vlan.frame.Memory;
import io.netyard.vlan.frame.MemoryBlock;
import io.netyard.vswitch.port.Burst;
import io.netyard.vxlan.InnerPacket;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.pcap4j.packet.Dot1qVlanTagPacket;
import org.pcap4j.packet.EthernetPacket;
import org.pcap4j.packet.IllegalRawDataException;
import org.pcap4j.packet.IpV4Packet;
import org.pcap4j.packet.IpV6Packet;
import org.pcap4j.packet.Packet;

/// The parser against pcap4j's on random frames: addresses, tags, traffic class, hop limit.
class ParserOracleTest {
    private static final int FRAMES = 20_000;

    private final Random random = new Random(6);

    @Test
    @Tag("F39")
    void readsFramesAsPcap4jDoes() throws IllegalRawDataException {
        int tagged = 0;
        int packets = 0;
        try (MemoryBlock block = new MemoryBlock(2048)) {
            for (int round = 0; round < FRAMES; round++) {
                byte[] bytes = frame();
                long address = block.address() + 256;
                Memory.copy(bytes, address);
                EthernetPacket oracle = EthernetPacket.newPacket(bytes, 0, bytes.length);
                FrameInHand frame = new FrameInHand();
                Burst burst = new Burst(1);
                burst.add(address, bytes.length);
                assertThat(frame.take(burst, 0, VlanTag.C_TAG)).isNull();
                assertThat(new MacAddress(frame.destination()))
                        .hasToString(oracle.getHeader().getDstAddr().toString());
                assertThat(new MacAddress(frame.source()))
                        .hasToString(oracle.getHeader().getSrcAddr().toString());
                assertThat(EthernetHeader.type(frame.second))
                        .isEqualTo(oracle.getHeader().getType().value() & 0xffff);
                packets += assertSamePacket(oracle, address, bytes.length) ? 1 : 0;
                tagged += assertSameTags(oracle, address, bytes.length) ? 1 : 0;
            }
        }
        assertThat(tagged).isGreaterThan(FRAMES / 4);
        assertThat(packets).isGreaterThan(FRAMES / 4);
    }

    /// Pops one tag after the other, which leaves nothing of the frame.
    private static boolean assertSameTags(EthernetPacket oracle, long address, int length) {
        List<String> ours = new ArrayList<>();
        List<String> theirs = new ArrayList<>();
        long at = address;
        int left = length;
        int tag = TagCodec.read(at, left, VlanTag.C_TAG);
        while (tag != VlanTag.NONE) {
            ours.add(VlanTag.vid(tag) + " " + VlanTag.pcp(tag) + " " + VlanTag.dei(tag));
            at = TagCodec.pop(at);
            left -= VlanTag.LENGTH;
            tag = TagCodec.read(at, left, VlanTag.C_TAG);
        }
        Packet next = oracle.getPayload();
        while (next instanceof Dot1qVlanTagPacket packet) {
            Dot1qVlanTagPacket.Dot1qVlanTagHeader header = packet.getHeader();
            theirs.add(header.getVidAsInt() + " " + header.getPriority() + " " + (header.getCfi() ? 1 : 0));
            next = packet.getPayload();
        }
        assertThat(ours).isEqualTo(theirs);
        return !ours.isEmpty();
    }

    private static boolean assertSamePacket(EthernetPacket oracle, long address, int length) {
        long packet = InnerPacket.find(address, length);
        int trafficClass = InnerPacket.trafficClass(packet);
        int hopLimit = InnerPacket.hopLimit(packet);
        IpV4Packet ipv4 = oracle.get(IpV4Packet.class);
        IpV6Packet ipv6 = oracle.get(IpV6Packet.class);
        boolean isDeep = oracle.getPayload() instanceof Dot1qVlanTagPacket outer
                && outer.getPayload() instanceof Dot1qVlanTagPacket;
        if (isDeep || ipv4 == null && ipv6 == null) {
            assertThat(trafficClass).isEqualTo(InnerPacket.NO_IP);
            return false;
        }
        if (ipv4 != null) {
            assertThat(trafficClass).isEqualTo(ipv4.getHeader().getTos().value() & 0xff);
            assertThat(hopLimit).isEqualTo(ipv4.getHeader().getTtlAsInt());
        } else {
            assertThat(trafficClass)
                    .isEqualTo(ipv6.getHeader().getTrafficClass().value() & 0xff);
            assertThat(hopLimit).isEqualTo(ipv6.getHeader().getHopLimitAsInt());
        }
        return true;
    }

    private byte[] frame() {
        byte[] bytes = new byte[14 + 12 + 100];
        random.nextBytes(bytes);
        int at = 12;
        for (int tags = random.nextInt(4); tags > 0; tags--) {
            bytes[at] = (byte) 0x81;
            bytes[at + 1] = 0;
            at += 4;
        }
        int kind = random.nextInt(4);
        int type = kind == 0 ? 0x9999 : kind == 1 ? 0x86dd : 0x0800;
        bytes[at] = (byte) (type >> 8);
        bytes[at + 1] = (byte) type;
        boolean isIpv4 = type == 0x0800;
        bytes[at + 2] = isIpv4 ? 0x45 : (byte) (0x60 | bytes[at + 2] & 0xf);
        if (isIpv4) {
            bytes[at + 4] = 0;
            bytes[at + 5] = 60;
            bytes[at + 11] = (byte) 253;
        } else {
            bytes[at + 6] = 0;
            bytes[at + 7] = 40;
            bytes[at + 8] = (byte) 253;
        }
        return bytes;
    }
}
