package io.netyard.vxlan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.netyard.vlan.frame.InternetChecksum;
import io.netyard.vlan.frame.Memory;
import io.netyard.vlan.frame.MemoryBlock;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InnerPacketTest {
    private static final String ADDRESSES = "020000000002020000000001";
    private static final String IPV4 =
            "0800" + "45b9001c00004000" + "2011" + "0000" + "0a000001" + "0a000002" + "04d2003500080000";
    private static final String IPV6 = "86dd" + "6b90000000081140" + "fd00" + "00".repeat(13) + "01" + "fd00"
            + "00".repeat(13) + "02" + "04d2003500080000";
    private static final String ARP = "0806" + "00".repeat(46);

    private final MemoryBlock block = new MemoryBlock(256);
    private final long frame = block.address();

    @AfterEach
    void free() {
        block.close();
    }

    @Test
    void readsTrafficClassAndHopLimitOfBothFamiliesBehindATagToo() {
        for (String tag : new String[] {"", "8100000a"}) {
            int length = put(ADDRESSES + tag + IPV4);
            assertThat(InnerPacket.trafficClass(packet(length))).isEqualTo(0xb9);
            assertThat(InnerPacket.hopLimit(packet(length))).isEqualTo(0x20);
            length = put(ADDRESSES + tag + IPV6);
            assertThat(InnerPacket.trafficClass(packet(length))).isEqualTo(0xb9);
            assertThat(InnerPacket.hopLimit(packet(length))).isEqualTo(0x40);
        }
    }

    @Test
    void findsNoIpInOtherFramesNorInShortOnes() {
        int length = put(ADDRESSES + ARP);
        assertThat(InnerPacket.trafficClass(packet(length))).isEqualTo(InnerPacket.NO_IP);
        put(ADDRESSES + IPV6);
        assertThat(InnerPacket.hopLimit(packet(53))).isEqualTo(InnerPacket.NO_IP);
        length = put(ADDRESSES + "0800" + "65".repeat(40));
        assertThat(InnerPacket.hopLimit(packet(length)))
                .as("of another version")
                .isEqualTo(InnerPacket.NO_IP);
    }

    @ParameterizedTest
    @CsvSource({
        // inner, outer, result: RFC 6040 figure 4
        "0, 0, 0", "0, 2, 0", "0, 1, 0", "0, 3, -1",
        "2, 0, 2", "2, 2, 2", "2, 1, 1", "2, 3, 3",
        "1, 0, 1", "1, 2, 1", "1, 1, 1", "1, 3, 3",
        "3, 0, 3", "3, 2, 3", "3, 1, 3", "3, 3, 3"
    })
    void rfc6040Section42DecapsulatesByTheTable(int inner, int outer, int result) {
        assertThat(Ecn.decapsulate(0xb8 | inner, 0x28 | outer)).isEqualTo(result);
        assertThat(Ecn.encapsulate(0xb8 | inner)).isEqualTo(inner);
    }

    @Test
    void setsEcnAndKeepsTheChecksumRight() {
        int length = put(ADDRESSES + IPV4);
        Memory.putShort(frame + 24, InternetChecksum.of(InternetChecksum.sum(frame + 14, 20)));
        InnerPacket.setEcn(packet(length), Ecn.CE);
        assertThat(InnerPacket.trafficClass(packet(length))).isEqualTo(0xbb);
        assertThat(InternetChecksum.of(InternetChecksum.sum(frame + 14, 20))).isZero();

        length = put(ADDRESSES + IPV6);
        InnerPacket.setEcn(packet(length), Ecn.CE);
        assertThat(InnerPacket.trafficClass(packet(length))).isEqualTo(0xbb);
        assertThat(Memory.getInt(frame + 14)).isEqualTo(0x6bb00000);
    }

    @Test
    void takesOverWhatItIsToldToFromTheInnerPacket() {
        OuterFields inherit = new OuterFields(OptionalInt.empty(), OptionalInt.empty());
        OuterFields fixed = new OuterFields(OptionalInt.of(9), OptionalInt.of(10));
        int length = put(ADDRESSES + IPV4);
        assertThat(inherit.trafficClass(packet(length))).isEqualTo(0xb9);
        assertThat(inherit.ttl(packet(length))).isEqualTo(0x20);
        assertThat(fixed.trafficClass(packet(length))).as("ECN follows always").isEqualTo(10 << 2 | 1);
        assertThat(fixed.ttl(packet(length))).isEqualTo(9);
        length = put(ADDRESSES + ARP);
        assertThat(inherit.trafficClass(packet(length))).isZero();
        assertThat(inherit.ttl(packet(length))).isEqualTo(64);
        assertThatIllegalArgumentException().isThrownBy(() -> new OuterFields(OptionalInt.of(0), OptionalInt.of(0)));
        assertThatIllegalArgumentException().isThrownBy(() -> new OuterFields(OptionalInt.of(1), OptionalInt.of(64)));
    }

    @Test
    void rfc7348Section5SpreadsFlowsOverTheSourcePorts() {
        Set<Integer> ports = new HashSet<>();
        int length = put(ADDRESSES + IPV4);
        for (int flow = 0; flow < 1000; flow++) {
            Memory.putShort(frame + 34, flow);
            int port = InnerPacket.sourcePort(InnerPacket.flow(frame, length, packet(length)));
            assertThat(port).isBetween(49_152, 65_535);
            assertThat(InnerPacket.sourcePort(InnerPacket.flow(frame, length, packet(length))))
                    .isEqualTo(port);
            ports.add(port);
        }
        assertThat(ports).hasSizeGreaterThan(900);
    }

    @Test
    void fragmentsOfAPacketShareItsFlow() {
        int length = put(ADDRESSES + IPV4);
        Memory.putShort(frame + 20, 0x2000);
        int first = InnerPacket.flow(frame, length, packet(length));
        Memory.putShort(frame + 20, 0x0010);
        Memory.putInt(frame + 34, 0x12345678);
        assertThat(InnerPacket.flow(frame, length, packet(length))).isEqualTo(first);
    }

    private long packet(int length) {
        return InnerPacket.find(frame, length);
    }

    private int put(String hex) {
        byte[] bytes = HexFormat.of().parseHex(hex);
        Memory.copy(bytes, frame);
        return bytes.length;
    }
}
