package io.netyard.vswitch.pcap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Files of others, good and bad.
@Timeout(60)
class PcapReaderTest {
    private static final int MICROSECONDS = 0xa1b2c3d4;
    private static final int NANOSECONDS = 0xa1b23c4d;
    private static final int ETHERNET = 1;
    private static final int HEADER = 24;

    @TempDir
    Path folder = Path.of("");

    @Test
    void readsNanosecondsAndMicrosecondsOfEitherByteOrder() throws IOException {
        for (ByteOrder order : List.of(ByteOrder.BIG_ENDIAN, ByteOrder.LITTLE_ENDIAN)) {
            assertThat(Fixture.read(classic(order, NANOSECONDS, ETHERNET)))
                    .extracting(PcapFrame::nanoseconds)
                    .containsExactly(1_700_000_000_000_000_007L);
            assertThat(Fixture.read(classic(order, MICROSECONDS, ETHERNET)))
                    .extracting(PcapFrame::nanoseconds)
                    .containsExactly(1_700_000_000_000_007_000L);
        }
    }

    @Test
    void tellsWhatACaptureCutOff() throws IOException {
        PcapFrame frame = Fixture.read(classic(ByteOrder.BIG_ENDIAN, NANOSECONDS, ETHERNET))
                .getFirst();
        assertThat(frame.bytes()).hasSize(20);
        assertThat(frame.length()).isEqualTo(100);
        assertThat(frame.isTruncated()).isTrue();
    }

    @Test
    void refusesFramesThatAreNotEthernets() throws IOException {
        Path raw = classic(ByteOrder.BIG_ENDIAN, NANOSECONDS, 101);
        assertThatThrownBy(() -> PcapReader.open(raw))
                .isInstanceOf(PcapException.class)
                .hasMessageContaining(raw.toString())
                .hasMessageContaining("not Ethernet's");
    }

    @ParameterizedTest
    @CsvSource({"'', truncated dump file", "'hello, this is a text file', unknown file format"})
    void saysWhatIsWrongWithAFile(String content, String reason) throws IOException {
        Path file = Files.writeString(folder.resolve("wrong.pcap"), content);
        assertThatThrownBy(() -> PcapReader.open(file))
                .isInstanceOf(PcapException.class)
                .hasMessageContaining("cannot read frames from " + file)
                .hasMessageContaining(reason);
    }

    @Test
    void refusesWhatIsNoFile() {
        assertThatThrownBy(() -> PcapReader.open(folder)).hasMessageContaining("there is no such file");
        assertThatThrownBy(() -> PcapReader.open(folder.resolve("none.pcap")))
                .hasMessageContaining("there is no such file");
    }

    @Test
    void givesTheFramesBeforeTheEndOfATruncatedFile() throws IOException {
        Path whole = folder.resolve("whole.pcapng");
        List<byte[]> frames = Fixture.frames(3, 1);
        Fixture.write(whole, frames);
        byte[] bytes = Files.readAllBytes(whole);
        for (int length = 0; length < bytes.length; length++) {
            Path cut = Files.write(folder.resolve("cut.pcapng"), Arrays.copyOf(bytes, length));
            readAsFarAsItGoes(cut);
        }
        byte[] lastMissing = Arrays.copyOf(bytes, bytes.length - 1);
        Path cut = Files.write(folder.resolve("cut.pcapng"), lastMissing);
        try (PcapReader reader = PcapReader.open(cut)) {
            assertThat(reader.next().orElseThrow().bytes()).isEqualTo(frames.get(0));
            assertThat(reader.next().orElseThrow().bytes()).isEqualTo(frames.get(1));
            assertThatThrownBy(reader::next).isInstanceOf(PcapException.class).hasMessageContaining("truncated");
        }
    }

    @Test
    void survivesDamagedFiles() throws IOException {
        Path ng = folder.resolve("good.pcapng");
        Fixture.write(ng, Fixture.frames(5, 2));
        List<byte[]> originals = List.of(
                Files.readAllBytes(ng),
                Files.readAllBytes(classic(ByteOrder.BIG_ENDIAN, NANOSECONDS, ETHERNET)),
                Files.readAllBytes(classic(ByteOrder.LITTLE_ENDIAN, MICROSECONDS, ETHERNET)));
        Random random = new Random(3);
        Path file = folder.resolve("damaged");
        for (int round = 0; round < 3000; round++) {
            byte[] bytes = originals.get(round % originals.size()).clone();
            for (int change = random.nextInt(6); change >= 0; change--) {
                int at = random.nextInt(random.nextBoolean() ? Math.min(64, bytes.length) : bytes.length);
                bytes[at] = (byte) (random.nextBoolean() ? random.nextInt() : random.nextBoolean() ? 0xff : 0);
            }
            readAsFarAsItGoes(Files.write(file, bytes));
        }
    }

    /// Frames, then the end or a sentence; nothing else.
    private static void readAsFarAsItGoes(Path file) {
        try {
            assertThat(Fixture.read(file)).allMatch(frame -> frame.length() >= frame.bytes().length);
        } catch (PcapException failure) {
            assertThat(failure).hasMessageStartingWith("cannot read frames from " + file + ": ");
        }
    }

    /// A file with one frame of 100 bytes, of which 20 are there, second 1,700,000,000 and 7 parts.
    private Path classic(ByteOrder order, int magic, int linkType) throws IOException {
        ByteBuffer file = ByteBuffer.allocate(HEADER + 16 + 20).order(order);
        file.putInt(magic)
                .putShort((short) 2)
                .putShort((short) 4)
                .putLong(0)
                .putInt(65_535)
                .putInt(linkType);
        file.putInt(1_700_000_000).putInt(7).putInt(20).putInt(100);
        return Files.write(folder.resolve("classic.pcap"), file.array());
    }
}
