package io.netyard.vlan.frame;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;

class InternetChecksumTest {
    @Test
    void computesTheChecksumOfAnIpv4Header() {
        byte[] header = HexFormat.of().parseHex("45000073000040004011" + "0000" + "c0a80001c0a800c7");
        try (MemoryBlock block = new MemoryBlock(64)) {
            Memory.copy(header, block.address());
            assertThat(InternetChecksum.of(InternetChecksum.sum(block.address(), header.length)))
                    .isEqualTo(0xb861);
        }
    }

    @Test
    void agreesWithTheSumWordByWordAtEveryLengthAndAlignment() {
        Random random = new Random(2);
        byte[] bytes = new byte[300];
        try (MemoryBlock block = new MemoryBlock(400)) {
            for (int round = 0; round < 2000; round++) {
                random.nextBytes(bytes);
                if (round % 3 == 0) {
                    Arrays.fill(bytes, (byte) 0xff);
                }
                int from = random.nextInt(16);
                int length = random.nextInt(bytes.length - from);
                Memory.copy(bytes, block.address());
                assertThat(InternetChecksum.fold(InternetChecksum.sum(block.address() + from, length)))
                        .isEqualTo(wordByWord(bytes, from, length));
            }
        }
    }

    @Test
    void writesAZeroOfUdpAsAllOnes() {
        assertThat(InternetChecksum.of(0xffff)).isZero();
        assertThat(InternetChecksum.ofUdp(0xffff)).isEqualTo(0xffff);
        assertThat(InternetChecksum.ofUdp(1)).isEqualTo(0xfffe);
    }

    private static int wordByWord(byte[] bytes, int from, int length) {
        int sum = 0;
        for (int at = 0; at < length; at++) {
            int value = bytes[from + at] & 0xff;
            sum += at % 2 == 0 ? value << 8 : value;
            sum = (sum & 0xffff) + (sum >>> 16);
        }
        return sum;
    }
}
