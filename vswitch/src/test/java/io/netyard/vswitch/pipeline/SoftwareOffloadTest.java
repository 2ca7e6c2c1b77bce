package io.netyard.vswitch.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.netyard.net.VlanId;
import io.netyard.vlan.PortVlans;
import io.netyard.vlan.VlanSet;
import io.netyard.vlan.VlanTag;
import io.netyard.vswitch.port.Burst;
import io.netyard.vswitch.port.MemoryFrame;
import io.netyard.vswitch.port.Offload;
import io.netyard.vswitch.port.Port;
import io.netyard.vswitch.port.PortCapabilities;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Checksums and segments before ports that cannot do them, against an implementation that goes byte by
/// byte.
class SoftwareOffloadTest {
    private static final PortSettings PLAIN = new PortSettings(PortVlans.transparent());
    private static final PortCapabilities CAPABLE = new PortCapabilities(PortCapabilities.ALL_OFFLOADS, false, 1500);
    private static final int ETHERNET = 14;
    private static final int TCP_HEADER = 32;

    private final Random random = new Random(5);
    private final RelayFixture relay = new RelayFixture();

    @AfterEach
    void close() {
        relay.close();
    }

    @Test
    void completesChecksumsForPortsThatCannot() {
        relay.add("from", CAPABLE, PLAIN).add("plain", PLAIN).add("capable", CAPABLE, PLAIN);
        for (int round = 0; round < 500; round++) {
            boolean isIpv4 = random.nextBoolean();
            boolean isTcp = random.nextBoolean();
            byte[] partial = packet(isIpv4, isTcp, random.nextInt(1400));
            long offload = checksum(isIpv4, isTcp, 0, 0);
            relay.send("from", new MemoryFrame(partial, offload, VlanTag.NONE, 0));
            var sent = relay.take();
            assertThat(sent.get("capable")).as("as it came").containsExactly(new MemoryFrame(partial, offload, 0, 0));
            byte[] complete = sent.get("plain").getFirst().bytes();
            assertThat(sent.get("plain").getFirst().offload()).isEqualTo(Offload.NONE);
            assertThat(complete).isEqualTo(complete(partial, isIpv4, isTcp));
            assertThat(transportSum(complete, isIpv4, isTcp)).isEqualTo(0xffff);
        }
    }

    @Test
    void completesTheChecksumOfSctpWhichIsAnother() {
        relay.add("from", CAPABLE, PLAIN).add("plain", PLAIN);
        for (boolean isIpv4 : new boolean[] {true, false}) {
            byte[] partial = packet(isIpv4, false, 100);
            int start = transport(isIpv4);
            partial[isIpv4 ? ETHERNET + 9 : ETHERNET + 6] = (byte) 132;
            long offload = Offload.of(Offload.CHECKSUM, 0, start, 8);
            relay.send("from", new MemoryFrame(partial, offload, VlanTag.NONE, 0));
            byte[] complete = relay.take().get("plain").getFirst().bytes();
            Arrays.fill(partial, start + 8, start + 12, (byte) 0);
            CRC32C sum = new CRC32C();
            sum.update(partial, start, partial.length - start);
            ByteBuffer.wrap(partial).order(ByteOrder.LITTLE_ENDIAN).putInt(start + 8, (int) sum.getValue());
            assertThat(complete).isEqualTo(partial);
        }
    }

    @Test
    void cutsSegmentsForPortsThatCannot() {
        relay.add("from", CAPABLE, PLAIN).add("plain", PLAIN).add("capable", CAPABLE, PLAIN);
        for (int round = 0; round < 300; round++) {
            boolean isIpv4 = random.nextBoolean();
            boolean isTcp = random.nextInt(3) > 0;
            int size = 1 + random.nextInt(1400);
            byte[] large = packet(isIpv4, isTcp, random.nextInt(Math.min(64_000, size * 60)));
            long offload = checksum(isIpv4, isTcp, gso(isIpv4, isTcp), size);
            relay.send("from", new MemoryFrame(large, offload, VlanTag.NONE, 0));
            var sent = relay.take();
            assertThat(sent.get("capable")).containsExactly(new MemoryFrame(large, offload, 0, 0));
            assertThat(hex(sent.get("plain"))).isEqualTo(segments(large, isIpv4, isTcp, size));
        }
        assertThat(relay.snapshot().port("plain").sentFrames())
                .as("counted by segments on the way in and out")
                .isEqualTo(relay.snapshot().port("capable").sentFrames())
                .isEqualTo(relay.snapshot().port("from").receivedFrames());
    }

    @Test
    void countsTheSegmentsOfAFrameThatIsNotSentAsFailed() {
        Port refusing = new RefusingPort();
        relay.add("from", CAPABLE, PLAIN).add(refusing, PLAIN);
        byte[] large = packet(true, true, 5000);
        long offload = checksum(true, true, Offload.TCP4, 1000);
        relay.send("from", new MemoryFrame(large, offload, VlanTag.NONE, 0));
        RelaySnapshot.PortSnapshot counts = relay.snapshot().port("refusing");
        assertThat(counts.drops(DropReason.TRANSMIT_FAILED)).isEqualTo(5);
        assertThat(counts.sentFrames()).isZero();
        assertThat(counts.sentBytes()).isZero();
    }

    @Test
    void cutsWhatTheKernelHasMergedWithoutPartialChecksums() {
        relay.add("from", CAPABLE, PLAIN).add("plain", PLAIN);
        byte[] large = complete(packet(true, true, 5000), true, true);
        relay.send("from", new MemoryFrame(large, Offload.of(Offload.TCP4, 1448, 0, 0), VlanTag.NONE, 0));
        assertThat(hex(relay.take().get("plain"))).isEqualTo(segments(large, true, true, 1448));
    }

    @Test
    void movesOffsetsWithAPushedOrPoppedTag() {
        VlanId ten = new VlanId(10);
        relay.add("access", CAPABLE, new PortSettings(PortVlans.access(ten)))
                .add("trunk", CAPABLE, new PortSettings(PortVlans.trunk(VlanSet.of(ten))))
                .add("plain", new PortSettings(PortVlans.trunk(VlanSet.of(ten))));
        byte[] large = packet(true, true, 3000);
        long offload = checksum(true, true, Offload.TCP4, 1000);
        relay.send("access", new MemoryFrame(large, offload, VlanTag.NONE, 0));
        var sent = relay.take();
        MemoryFrame tagged = sent.get("trunk").getFirst();
        assertThat(tagged.offload()).isEqualTo(Offload.moved(offload, 4));
        assertThat(hex(sent.get("plain")))
                .containsExactlyElementsOf(segments(large, true, true, 1000).stream()
                        .map(segment -> segment.substring(0, 24) + "8100000a" + segment.substring(24))
                        .toList());

        relay.send("trunk", new MemoryFrame(tagged.bytes(), tagged.offload(), VlanTag.NONE, 0));
        assertThat(relay.take().get("access")).containsExactly(new MemoryFrame(large, offload, 0, 0));
    }

    @Test
    void measuresSegmentsAgainstTheMtu() {
        relay.add("from", CAPABLE, PLAIN)
                .add("to", CAPABLE, PLAIN)
                .add("small", PortCapabilities.PLAIN.withMtu(1400), PLAIN);
        byte[] large = packet(true, true, 5000);
        relay.send("from", new MemoryFrame(large, checksum(true, true, Offload.TCP4, 1448), VlanTag.NONE, 0));
        var sent = relay.take();
        assertThat(sent.get("to")).hasSize(1);
        assertThat(sent.get("small")).isEmpty();
        assertThat(relay.drops("small", DropReason.TOO_LONG)).as("segments").isEqualTo(4);
    }

    @Test
    void dropsOffloadsThatDoNotFitTheirFrame() {
        relay.add("from", CAPABLE, PLAIN).add("plain", PLAIN);
        byte[] frame = packet(true, true, 100);
        List<Long> lies = List.of(
                Offload.of(Offload.CHECKSUM, 0, frame.length - 1, 0),
                Offload.of(Offload.CHECKSUM, 0, 2, 0),
                Offload.of(Offload.CHECKSUM, 0, 34, 0xffff),
                checksum(true, true, Offload.TCP4, 0),
                checksum(true, true, Offload.TCP6, 10),
                checksum(true, true, Offload.UDP, 10),
                Offload.of(Offload.CHECKSUM | Offload.TCP4, 10, 38, 16),
                Offload.of(Offload.CHECKSUM | Offload.TCP4, 10, 34, 6));
        for (long lie : lies) {
            relay.send("from", new MemoryFrame(frame, lie, VlanTag.NONE, 0));
        }
        assertThat(relay.take().get("plain")).isEmpty();
        assertThat(relay.drops("plain", DropReason.BAD_OFFLOAD)).isEqualTo(lies.size());
    }

    @Test
    @Tag("F39")
    void survivesHeadersThatLie() {
        relay.add("from", CAPABLE, PLAIN).add("plain", PLAIN);
        for (int round = 0; round < 20_000; round++) {
            boolean isIpv4 = random.nextBoolean();
            byte[] frame = packet(isIpv4, true, random.nextInt(3000));
            for (int flips = 1 + random.nextInt(4); flips > 0; flips--) {
                frame[ETHERNET - 2 + random.nextInt(60)] = (byte) random.nextInt(256);
            }
            byte[] cut = Arrays.copyOf(frame, 14 + random.nextInt(frame.length - 14));
            long offload = checksum(isIpv4, true, gso(isIpv4, true), 100 + random.nextInt(2000));
            relay.send("from", new MemoryFrame(cut, offload, VlanTag.NONE, 0));
            relay.take();
        }
    }

    private static int gso(boolean isIpv4, boolean isTcp) {
        return !isTcp ? Offload.UDP : isIpv4 ? Offload.TCP4 : Offload.TCP6;
    }

    private static long checksum(boolean isIpv4, boolean isTcp, int gso, int size) {
        return Offload.of(Offload.CHECKSUM | gso, size, transport(isIpv4), isTcp ? 16 : 6);
    }

    private static int transport(boolean isIpv4) {
        return ETHERNET + (isIpv4 ? 20 : 40);
    }

    /// A packet whose transport checksum is the sum of its pseudo header alone, as a sender leaves it.
    private byte[] packet(boolean isIpv4, boolean isTcp, int payload) {
        int transport = transport(isIpv4);
        int header = isTcp ? TCP_HEADER : 8;
        byte[] bytes = new byte[transport + header + payload];
        random.nextBytes(bytes);
        ByteBuffer frame = ByteBuffer.wrap(bytes);
        bytes[0] = 2;
        bytes[6] = 2;
        frame.putShort(12, (short) (isIpv4 ? 0x0800 : 0x86dd));
        if (isIpv4) {
            bytes[14] = 0x45;
            frame.putShort(16, (short) (bytes.length - 14));
            frame.putShort(20, (short) 0x4000);
            bytes[23] = (byte) (isTcp ? 6 : 17);
            frame.putShort(24, (short) 0);
            frame.putShort(24, (short) ~sum(bytes, 14, 20));
        } else {
            bytes[14] = 0x60;
            frame.putShort(18, (short) (bytes.length - 54));
            bytes[20] = (byte) (isTcp ? 6 : 17);
        }
        if (isTcp) {
            bytes[transport + 12] = (byte) (TCP_HEADER / 4 << 4);
        } else {
            frame.putShort(transport + 4, (short) (header + payload));
        }
        frame.putShort(transport + (isTcp ? 16 : 6), (short) pseudoSum(bytes, isIpv4, isTcp));
        return bytes;
    }

    private static byte[] complete(byte[] packet, boolean isIpv4, boolean isTcp) {
        byte[] complete = packet.clone();
        int at = transport(isIpv4) + (isTcp ? 16 : 6);
        complete[at] = 0;
        complete[at + 1] = 0;
        int checksum = ~transportSum(complete, isIpv4, isTcp) & 0xffff;
        ByteBuffer.wrap(complete).putShort(at, (short) (!isTcp && checksum == 0 ? 0xffff : checksum));
        return complete;
    }

    private static List<String> segments(byte[] large, boolean isIpv4, boolean isTcp, int size) {
        int transport = transport(isIpv4);
        int headers = transport + (isTcp ? TCP_HEADER : 8);
        List<String> segments = new ArrayList<>();
        int from = headers;
        do {
            int end = Math.min(from + size, large.length);
            byte[] segment = Arrays.copyOf(large, headers + end - from);
            System.arraycopy(large, from, segment, headers, end - from);
            ByteBuffer buffer = ByteBuffer.wrap(segment);
            if (isIpv4) {
                buffer.putShort(16, (short) (segment.length - 14));
                buffer.putShort(18, (short) (buffer.getShort(18) + segments.size()));
                buffer.putShort(24, (short) 0);
                buffer.putShort(24, (short) ~sum(segment, 14, 20));
            } else {
                buffer.putShort(18, (short) (segment.length - 54));
            }
            if (isTcp) {
                buffer.putInt(transport + 4, buffer.getInt(transport + 4) + from - headers);
                segment[transport + 13] &= (byte) (end < large.length ? ~0x09 : ~0);
                segment[transport + 13] &= (byte) (from > headers ? ~0x80 : ~0);
            } else {
                buffer.putShort(transport + 4, (short) (segment.length - transport));
            }
            segments.add(HexFormat.of().formatHex(complete(segment, isIpv4, isTcp)));
            from = end;
        } while (from < large.length);
        return segments;
    }

    private static List<String> hex(List<MemoryFrame> frames) {
        return frames.stream()
                .map(frame -> HexFormat.of().formatHex(frame.bytes()))
                .toList();
    }

    private static int transportSum(byte[] bytes, boolean isIpv4, boolean isTcp) {
        int transport = transport(isIpv4);
        return fold(pseudoSum(bytes, isIpv4, isTcp) + sum(bytes, transport, bytes.length - transport));
    }

    private static int pseudoSum(byte[] bytes, boolean isIpv4, boolean isTcp) {
        int addresses = isIpv4 ? sum(bytes, 26, 8) : sum(bytes, 22, 32);
        return fold(addresses + (isTcp ? 6 : 17) + bytes.length - transport(isIpv4));
    }

    private static int sum(byte[] bytes, int from, int length) {
        int sum = 0;
        for (int at = 0; at < length; at++) {
            int value = bytes[from + at] & 0xff;
            sum = fold(sum + (at % 2 == 0 ? value << 8 : value));
        }
        return sum;
    }

    private static int fold(int sum) {
        int folded = (sum & 0xffff) + (sum >>> 16);
        return (folded & 0xffff) + (folded >>> 16);
    }

    /// Takes frames to cut, and sends none.
    private static final class RefusingPort extends SinkPort {
        RefusingPort() {
            super("refusing", CAPABLE);
        }

        @Override
        public int transmit(Burst burst) {
            return 0;
        }
    }
}
