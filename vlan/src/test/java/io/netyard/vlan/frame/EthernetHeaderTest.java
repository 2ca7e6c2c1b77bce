package io.netyard.vlan.frame;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EthernetHeaderTest {
    @ParameterizedTest
    @ValueSource(ints = {14, 15, 16, 60})
    void readsTheHeaderOfAFrameOfAnyLength(int length) {
        try (MemoryBlock block = new MemoryBlock(64)) {
            Memory.copy(HexFormat.of().parseHex("0a0b0c0d0e0f" + "1a1b1c1d1e1f" + "8100" + "600a"), block.address());
            long first = EthernetHeader.first(block.address());
            long second = EthernetHeader.second(block.address(), length);
            assertThat(EthernetHeader.destination(first)).isEqualTo(0x0a0b0c0d0e0fL);
            assertThat(EthernetHeader.source(first, second)).isEqualTo(0x1a1b1c1d1e1fL);
            assertThat(EthernetHeader.type(second)).isEqualTo(0x8100);
            assertThat(EthernetHeader.next(second)).isEqualTo(length < 16 ? 0 : 0x600a);
        }
    }

    @Test
    void tellsGroupsFromStations() {
        assertThat(EthernetHeader.isGroup(EthernetHeader.BROADCAST)).isTrue();
        assertThat(EthernetHeader.isGroup(0x01005e000001L)).isTrue();
        assertThat(EthernetHeader.isStation(0x020000000001L)).isTrue();
        assertThat(EthernetHeader.isStation(0)).isFalse();
        assertThat(EthernetHeader.isStation(0x01005e000001L)).isFalse();
    }

    @Test
    void knowsTheSixteenReservedAddresses() {
        assertThat(EthernetHeader.isReserved(0x0180c2000000L)).isTrue();
        assertThat(EthernetHeader.isReserved(0x0180c200000fL)).isTrue();
        assertThat(EthernetHeader.isReserved(0x0180c2000010L)).isFalse();
        assertThat(EthernetHeader.isReserved(0x0180c1000000L)).isFalse();
    }
}
