package io.netyard.vswitch.pcap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netyard.vlan.VlanTag;
import io.netyard.vlan.frame.Memory;
import io.netyard.vlan.frame.MemoryBlock;
import io.netyard.vswitch.wrap.FrameObserver.Direction;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// What a capture writes, as pcap's own readers read it.
@Timeout(60)
class CaptureTest {
    private static final byte[] ARP =
            HexFormat.of().parseHex("ffffffffffff" + "020000000001" + "0806" + "00".repeat(46));
    private static final byte[] TAGGED_ARP =
            HexFormat.of().parseHex("ffffffffffff" + "020000000001" + "8100600a" + "0806" + "00".repeat(46));

    @TempDir
    Path folder = Path.of("");

    private final MemoryBlock memory = new MemoryBlock(70_000);

    @AfterEach
    void free() {
        memory.close();
    }

    private Path file() {
        return folder.resolve("frames.pcapng");
    }

    private void see(Capture capture, String port, Direction direction, byte[] frame, int tag) {
        Memory.copy(frame, memory.address());
        capture.frame(port, direction, memory.address(), frame.length, 0, tag);
    }

    @Test
    void keepsFramesOfBothDirectionsAsTheyAre() {
        List<byte[]> frames = Fixture.frames(2000, 6);
        long before = nanoseconds(Instant.now());
        try (Capture capture = Capture.start(file(), "", Capture.WHOLE)) {
            for (byte[] frame : frames) {
                see(capture, "p1", frame.length % 2 == 0 ? Direction.IN : Direction.OUT, frame, VlanTag.NONE);
            }
            assertThat(capture.count()).isEqualTo(2000);
        }
        List<PcapFrame> read = Fixture.read(file());
        assertThat(Fixture.bytes(read)).usingElementComparator(Arrays::compare).containsExactlyElementsOf(frames);
        assertThat(read).extracting(PcapFrame::nanoseconds).isSorted().allMatch(time -> time >= before);
    }

    private static long nanoseconds(Instant time) {
        return time.getEpochSecond() * 1_000_000_000 + time.getNano();
    }

    @Test
    void putsTagsBackAndFiltersByThem() {
        try (Capture capture = Capture.start(file(), "vlan 10", Capture.WHOLE)) {
            see(capture, "p1", Direction.IN, ARP, VlanTag.of(VlanTag.C_TAG, 0x600a));
            see(capture, "p1", Direction.IN, ARP, VlanTag.NONE);
            see(capture, "p1", Direction.IN, ARP, VlanTag.of(VlanTag.C_TAG, 11));
        }
        assertThat(Fixture.bytes(Fixture.read(file())))
                .usingElementComparator(Arrays::compare)
                .containsExactly(TAGGED_ARP);
    }

    @Test
    void keepsTheBeginningOfFramesAndFiltersByAllOfThem() {
        try (Capture capture = Capture.start(file(), "greater 60 and not ether[59] = 1", 20)) {
            see(capture, "p1", Direction.IN, ARP, VlanTag.NONE);
            see(capture, "p1", Direction.IN, new byte[30], VlanTag.NONE);
        }
        PcapFrame frame = Fixture.read(file()).getFirst();
        assertThat(frame.bytes()).isEqualTo(Arrays.copyOf(ARP, 20));
        assertThat(frame.length()).isEqualTo(60);
    }

    @Test
    void takesFramesOf64KilobytesAndOfFewBytes() {
        try (Capture capture = Capture.start(file(), "", Capture.WHOLE)) {
            see(capture, "p1", Direction.OUT, new byte[65_550], VlanTag.of(VlanTag.S_TAG, 1));
            see(capture, "p1", Direction.OUT, new byte[3], VlanTag.of(VlanTag.S_TAG, 1));
        }
        assertThat(Fixture.read(file())).extracting(PcapFrame::length).containsExactly(65_554, 3);
    }

    @Test
    void tellsTsharkPortDirectionAndNanoseconds() throws Exception {
        try (CaptureFile capture = CaptureFile.create(file())) {
            int one = capture.addPort("p1", Capture.WHOLE, "arp");
            int two = capture.addPort("p2", Capture.WHOLE, "arp");
            capture.add(one, Fixture.START, CaptureFile.INBOUND, ARP, ARP.length, ARP.length);
            capture.add(two, Fixture.START.plusNanos(1), CaptureFile.OUTBOUND, ARP, 20, ARP.length);
        }
        String said = Fixture.run(
                folder,
                "tshark",
                "-r",
                file().toString(),
                "-T",
                "fields",
                "-e",
                "frame.time_epoch",
                "-e",
                "frame.interface_name",
                "-e",
                "frame.packet_flags_direction",
                "-e",
                "frame.len",
                "-e",
                "frame.cap_len");
        assertThat(said.toLowerCase(Locale.ROOT).replace("0x00000001", "1").replace("0x00000002", "2"))
                .isEqualTo("1700000000.123456789\tp1\t1\t60\t60\n1700000000.123456790\tp2\t2\t60\t20\n");
    }

    @Test
    void isReadByTcpdump() throws Exception {
        try (Capture capture = Capture.start(file(), "", Capture.WHOLE)) {
            see(capture, "p1", Direction.IN, TAGGED_ARP, VlanTag.NONE);
            capture.flush();
            assertThat(Fixture.run(folder, "tcpdump", "-e", "-n", "-t", "-r", file().toString()))
                    .contains("02:00:00:00:00:01 > ff:ff:ff:ff:ff:ff", "vlan 10, p 3");
        }
    }

    @Test
    void endsByItselfWhenTheDiskIsFull() {
        Path full = Path.of("/dev/full");
        try (Capture capture = Capture.start(full, "", Capture.WHOLE)) {
            see(capture, "p1", Direction.IN, ARP, VlanTag.NONE);
            assertThat(capture.failure())
                    .hasValueSatisfying(
                            why -> assertThat(why).startsWith("cannot write frames to /dev/full: No space left"));
            see(capture, "p1", Direction.IN, ARP, VlanTag.NONE);
            assertThat(capture.count()).isZero();
        }
    }

    @Test
    void refusesAFileThatCannotBeWritten() {
        assertThatThrownBy(() -> Capture.start(folder.resolve("no/such.pcap"), "ip", 100))
                .isInstanceOf(PcapException.class)
                .hasMessageContaining("cannot write frames to");
        assertThatThrownBy(() -> Capture.start(file(), "", 0)).hasMessageContaining("not 0");
        assertThat(Files.exists(file())).isFalse();
    }
}
