package io.netyard.vxlan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.netyard.vlan.frame.Memory;
import io.netyard.vlan.frame.MemoryBlock;
import java.util.HexFormat;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TunnelHeaderTest {
    private final MemoryBlock block = new MemoryBlock(64);

    @AfterEach
    void free() {
        block.close();
    }

    @Test
    void rfc7348Section5WritesTheFlagAndTheVni() {
        TunnelHeader.VXLAN.write(block.address(), 0x123456, 0xff);
        assertThat(HexFormat.of().formatHex(Memory.toBytes(block.address(), 8))).isEqualTo("0800000012345600");
        assertThat(TunnelHeader.VXLAN.read(block.address(), 8)).isEqualTo(0x123456);
    }

    @Test
    void rfc7637Section32WritesKeyProtocolVsidAndFlow() {
        TunnelHeader.NVGRE.write(block.address(), 0x123456, 0xabc);
        assertThat(HexFormat.of().formatHex(Memory.toBytes(block.address(), 8))).isEqualTo("20006558123456bc");
        assertThat(TunnelHeader.NVGRE.read(block.address(), 8)).isEqualTo(0x123456);
    }

    @ParameterizedTest
    @CsvSource({
        "VXLAN, 0800000012345600, 1193046",
        "VXLAN, ffffffff000000ff, 0",
        "VXLAN, 0000000012345600, -1",
        "VXLAN, f7ffffff12345600, -1",
        "NVGRE, 20006558123456ff, 1193046",
        "NVGRE, 4ff8655812345600, -1",
        "NVGRE, 2ff8655812345600, 1193046",
        "NVGRE, a000655812345600, -1",
        "NVGRE, 3000655812345600, -1",
        "NVGRE, 0000655812345600, -1",
        "NVGRE, 2001655812345600, -1",
        "NVGRE, 2000080012345600, -1"
    })
    @Tag("F44")
    void takesWhatTheDocumentsSayAndIgnoresReservedBits(TunnelHeader header, String hex, int identifier) {
        Memory.copy(HexFormat.of().parseHex(hex), block.address());
        assertThat(header.read(block.address(), 8)).isEqualTo(identifier);
        assertThat(header.read(block.address(), 7)).isEqualTo(TunnelHeader.INVALID);
    }

    @Test
    @Tag("F42")
    void knowsItsOverhead() {
        assertThat(TunnelHeader.VXLAN.overhead(false)).isEqualTo(50);
        assertThat(TunnelHeader.VXLAN.overhead(true)).isEqualTo(70);
        assertThat(TunnelHeader.NVGRE.overhead(false)).isEqualTo(42);
        assertThat(TunnelHeader.NVGRE.overhead(true)).isEqualTo(62);
    }

    @Test
    void rfc7637Section32RefusesReservedVsids() {
        TunnelHeader.NVGRE.check(0x1000);
        TunnelHeader.VXLAN.check(0);
        assertThatIllegalArgumentException().isThrownBy(() -> TunnelHeader.NVGRE.check(0xfff));
        assertThatIllegalArgumentException().isThrownBy(() -> TunnelHeader.NVGRE.check(0xff_ffff));
        assertThatIllegalArgumentException().isThrownBy(() -> TunnelHeader.VXLAN.check(1 << 24));
    }
}
