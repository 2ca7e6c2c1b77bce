package io.netyard.vswitch.device;

import static org.assertj.core.api.Assertions.assertThat;

import io.netyard.vlan.frame.Memory;
import io.netyard.vlan.frame.MemoryBlock;
import io.netyard.vxlan.TunnelHeader;
import io.netyard.vxlan.VtepTable;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Headers around datagrams of tunnels, from captures of the kernel's, and such that lie.
class OuterPacketTest {
    private static final String VXLAN = "0800000000002a00";
    private static final String UDP4 =
            "45b8002a00004000401176" + "ff" + "c0000201c0000202" + "c00012b500160000" + VXLAN + "010203040506";
    private static final String UDP6 = "6b80000000161140" + "fd000001000000000000000000000001"
            + "fd000001000000000000000000000002" + "c00012b500160000" + VXLAN + "010203040506";
    private static final String GRE4 = "4500002200004000402f0000c0000201c0000202" + "2000655800177042" + "010203040506";
    private static final String GRE6 = "6000000000123c40" + "fd000001000000000000000000000001"
            + "fd000001000000000000000000000002" + "2f00040104010100" + "2000655800177042" + "0102";

    private final MemoryBlock block = new MemoryBlock(4096);

    @AfterEach
    void free() {
        block.close();
    }

    /// The packet at the very end of the memory.
    private boolean open(OuterPacket packet, String hex) {
        byte[] bytes = HexFormat.of().parseHex(hex);
        long address = block.address() + 4096 - bytes.length;
        Memory.copy(bytes, address);
        return packet.open(address, bytes.length);
    }

    private static OuterPacket udp(boolean isIpv6) {
        return new OuterPacket(TunnelHeader.VXLAN, isIpv6, 4789);
    }

    @Test
    void readsUdpOverIpv4() {
        OuterPacket packet = udp(false);
        assertThat(open(packet, UDP4)).isTrue();
        assertThat(Memory.toBytes(packet.datagram(), packet.length()))
                .isEqualTo(HexFormat.of().parseHex(VXLAN + "010203040506"));
        assertThat(packet.trafficClass()).isEqualTo(0xb8);
        assertThat(packet.sourceLow()).isEqualTo(VtepTable.mapped(0xc0000201));
        assertThat(packet.targetLow()).isEqualTo(VtepTable.mapped(0xc0000202));
        assertThat(packet.isToGroup()).isFalse();
        assertThat(packet.isIntact()).isTrue();
    }

    @Test
    void readsUdpOverIpv6() {
        OuterPacket packet = udp(true);
        assertThat(open(packet, UDP6)).isTrue();
        assertThat(packet.length()).isEqualTo(14);
        assertThat(packet.trafficClass()).isEqualTo(0xb8);
        assertThat(packet.sourceHigh()).isEqualTo(0xfd00_0001_0000_0000L);
        assertThat(packet.sourceLow()).isEqualTo(1);
        assertThat(packet.targetLow()).isEqualTo(2);
    }

    @Test
    void readsGreAndPassesOptionsForTheDestination() {
        OuterPacket four = new OuterPacket(TunnelHeader.NVGRE, false, 0);
        assertThat(open(four, GRE4)).isTrue();
        assertThat(four.length()).isEqualTo(14);
        OuterPacket six = new OuterPacket(TunnelHeader.NVGRE, true, 0);
        assertThat(open(six, GRE6)).isTrue();
        assertThat(six.length()).isEqualTo(10);
    }

    @Test
    void verifiesAChecksumThatIsThere() {
        OuterPacket packet = udp(false);
        assertThat(open(packet, UDP4.replace("00160000", "0016" + checksum()))).isTrue();
        assertThat(packet.isIntact()).isTrue();
        assertThat(open(packet, UDP4.replace("00160000", "00161234"))).isTrue();
        assertThat(packet.isIntact()).isFalse();
    }

    /// By hand, from RFC 768.
    private static String checksum() {
        String words = "c0000201c0000202" + "0011" + "0016" + "c00012b500160000" + VXLAN + "010203040506";
        int sum = 0;
        for (int at = 0; at < words.length(); at += 4) {
            sum += Integer.parseInt(words.substring(at, at + 4), 16);
        }
        sum = (sum >>> 16) + (sum & 0xffff);
        sum = (sum >>> 16) + (sum & 0xffff);
        return "%04x".formatted(~sum & 0xffff);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "42b8002a", // header of two words
                "4fb8002a", // header beyond the end
                "45b80013", // shorter than its header
                "45b8002b", // longer than the frame
                "65b8002a" // another version
            })
    void refusesLengthsThatLie(String beginning) {
        assertThat(open(udp(false), beginning + UDP4.substring(8))).isFalse();
    }

    @Test
    void refusesFragmentsOtherPortsAndOtherProtocols() {
        assertThat(open(udp(false), UDP4.replace("00004000", "00002000"))).isFalse();
        assertThat(open(udp(false), UDP4.replace("00004000", "00000001"))).isFalse();
        assertThat(open(udp(false), UDP4.replace("12b5", "12b6"))).isFalse();
        assertThat(open(udp(false), UDP4.replace("c00012b50016", "c00012b50017")))
                .isFalse();
        assertThat(open(udp(false), UDP4.replace("c00012b50016", "c00012b50007")))
                .isFalse();
        assertThat(open(udp(false), GRE4)).isFalse();
        assertThat(open(udp(true), UDP4)).isFalse();
    }

    @Test
    void readsNothingBehindTheEndOfWhateverItGets() {
        Random random = new Random(1);
        String[] packets = {UDP4, UDP6, GRE4, GRE6};
        int taken = 0;
        for (int round = 0; round < 200_000; round++) {
            boolean isIpv6 = random.nextBoolean();
            OuterPacket packet =
                    new OuterPacket(random.nextBoolean() ? TunnelHeader.VXLAN : TunnelHeader.NVGRE, isIpv6, 4789);
            byte[] bytes = HexFormat.of().parseHex(packets[random.nextInt(4)]);
            for (int change = random.nextInt(3); change > 0; change--) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
            }
            int length = random.nextInt(bytes.length + 1);
            long address = block.address() + 4096 - length;
            Memory.copy(java.util.Arrays.copyOf(bytes, length), address);
            if (packet.open(address, length)) {
                taken++;
                assertThat(packet.datagram() + packet.length()).isLessThanOrEqualTo(block.address() + 4096);
                assertThat(packet.length()).isNotNegative();
            }
        }
        assertThat(taken).isPositive();
    }
}
