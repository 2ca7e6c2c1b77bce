package io.netyard.vswitch.port;

import static org.assertj.core.api.Assertions.assertThat;

import io.netyard.vlan.frame.InternetChecksum;
import io.netyard.vlan.frame.Memory;
import io.netyard.vlan.frame.MemoryBlock;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MissingChecksumTest {
    private static final String STATIONS = "020000000002020000000001";
    private static final int PAYLOAD = 30;

    private final MemoryBlock block = new MemoryBlock(256);
    private final Random random = new Random(9);
    private int length;
    private int transport;
    private int checksum;

    @AfterEach
    void free() {
        block.close();
    }

    @ParameterizedTest
    @CsvSource({
        "'', true, true",
        "'', true, false",
        "'', false, true",
        "'', false, false",
        "8100000a, true, true",
        "88a8000a8100000b, false, false"
    })
    void findsWhatTheSenderLeftUndone(String tags, boolean isIpv4, boolean isTcp) {
        put(tags, isIpv4, isTcp);
        storePseudoSum(isIpv4, isTcp);
        long found = MissingChecksum.find(block.address(), length);
        assertThat(found).isEqualTo(Offload.of(Offload.CHECKSUM, 0, transport, checksum));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void leavesFinishedFramesAsTheyAre(boolean isTcp) {
        int taken = 0;
        for (int round = 0; round < 300_000; round++) {
            put("", round % 2 == 0, isTcp);
            int pseudo = storePseudoSum(round % 2 == 0, isTcp);
            int finished = finish();
            Memory.putShort(block.address() + transport + checksum, finished);
            boolean isTaken = MissingChecksum.find(block.address(), length) != Offload.NONE;
            assertThat(isTaken).isEqualTo(finished == pseudo);
            if (isTaken) {
                taken++;
                assertThat(finish()).as("finished again").isEqualTo(finished);
            }
        }
        assertThat(taken).as("by chance, once in 65,536").isBetween(1, 20);
    }

    @Test
    void looksAtNothingElse() {
        put("", true, true);
        storePseudoSum(true, true);
        long ip = block.address() + 14;
        assertThat(MissingChecksum.find(block.address(), length + 6))
                .as("padded")
                .isZero();
        assertThat(MissingChecksum.find(block.address(), length - 1))
                .as("cut off")
                .isZero();
        Memory.putByte(ip, 0x42);
        assertThat(MissingChecksum.find(block.address(), length)).as("IHL of 2").isZero();
        Memory.putByte(ip, 0x45);
        Memory.putShort(ip + 6, 0x2000);
        assertThat(MissingChecksum.find(block.address(), length))
                .as("a fragment")
                .isZero();
        Memory.putShort(ip + 6, 0);
        Memory.putByte(ip + 9, 1);
        assertThat(MissingChecksum.find(block.address(), length)).as("ICMP").isZero();
        Memory.putShort(ip - 2, 0x88b5);
        assertThat(MissingChecksum.find(block.address(), length)).as("no IP").isZero();
        for (int shorter = 0; shorter < length; shorter++) {
            assertThat(MissingChecksum.find(block.address(), shorter)).isZero();
        }
    }

    private void put(String tags, boolean isIpv4, boolean isTcp) {
        int segment = (isTcp ? 20 : 8) + PAYLOAD;
        String protocol = isTcp ? "06" : "11";
        String size = HexFormat.of().toHexDigits((short) (isIpv4 ? 20 + segment : segment));
        String packet = isIpv4
                ? "080045b8" + size + "00004000" + "20" + protocol + "0000" + hex(8)
                : "86dd60000000" + size + protocol + "40" + hex(32);
        byte[] frame = HexFormat.of().parseHex(STATIONS + tags + packet + hex(segment));
        length = frame.length;
        transport = length - segment;
        checksum = isTcp ? 16 : 6;
        Memory.copy(frame, block.address());
    }

    private String hex(int count) {
        byte[] bytes = new byte[count];
        random.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    private int storePseudoSum(boolean isIpv4, boolean isTcp) {
        int addresses = isIpv4 ? 8 : 32;
        long sum = InternetChecksum.sum(block.address() + transport - addresses, addresses);
        int pseudo = InternetChecksum.fold(sum + (isTcp ? 6 : 17) + length - transport);
        Memory.putShort(block.address() + transport + checksum, pseudo);
        return pseudo;
    }

    /// The checksum of a frame that has the sum of the pseudo header in its place.
    private int finish() {
        long sum = InternetChecksum.sum(block.address() + transport, length - transport);
        return checksum == 6 ? InternetChecksum.ofUdp(sum) : InternetChecksum.of(sum);
    }
}
