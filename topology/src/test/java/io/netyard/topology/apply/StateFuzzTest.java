package io.netyard.topology.apply;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.netyard.linux.FileIdentity;
import io.netyard.topology.apply.StateFile.DamagedException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// A million mutations of a record: none is taken for a record, none fails in a way of its own, none takes
/// long.
@Tag("F22")
class StateFuzzTest {
    /// Processor time: a loaded machine makes nothing hang.
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private static final int MUTATIONS = 1_000_000;
    private static final Duration LONGEST = Duration.ofSeconds(1);

    private static final LabRecord RECORD = new LabRecord(
            "campus",
            LabRecord.Phase.PENDING,
            Map.of("h1", new FileIdentity(4, 4026532201L), "s1", new FileIdentity(4, 4026532207L)),
            Set.of("h2", "r-1"),
            new LabSummary.AppliedFile(
                    "/home/me/campus.yaml",
                    "lab: campus\nnodes: { h1..2: {}, \"s1\": { kind: switch } } # \u00e9\u2028\n"),
            Optional.of(new LabSummary.AppliedFile("old.yaml", "lab: campus\n")),
            7);
    private static final String[] PIECES = {
        "\"format\":1",
        "\"format\":2",
        "\"lab\":\"b\"",
        "{",
        "}",
        "[",
        "]",
        ",",
        ":",
        "\"",
        "\\u0000",
        "null",
        "1e999",
        "99999999999999999999",
        "\"phase\":\"committed\"",
        "\"../..\"",
        "[[[[[[[[",
        "\n",
        "\nsha256 ",
        "\"expected\":[]"
    };

    private final AtomicLong slowest = new AtomicLong();

    @Test
    void everyByteFlippedAndEveryTruncationIsFoundOut() {
        byte[] sealed = Seal.close(LabRecordJson.write(RECORD));
        for (int at = 0; at < sealed.length; at++) {
            for (int flip = 1; flip < 256; flip++) {
                byte[] changed = sealed.clone();
                changed[at] ^= (byte) flip;
                assertThat(open(changed)).as("byte %d, bits %x", at, flip).isEmpty();
            }
            assertThat(open(Arrays.copyOf(sealed, at))).as("cut to %d", at).isEmpty();
            assertThat(open(Arrays.copyOf(sealed, sealed.length + at + 1)))
                    .as("%d zeros after it", at + 1)
                    .isEmpty();
        }
    }

    @Test
    void aMillionMutationsAreFoundOutOrRefused() {
        byte[] sealed = Seal.close(LabRecordJson.write(RECORD));
        byte[] text = LabRecordJson.write(RECORD).getBytes(StandardCharsets.UTF_8);
        AtomicLong accepted = new AtomicLong();
        assertTimeoutPreemptively(
                Duration.ofMinutes(5),
                () -> IntStream.range(0, MUTATIONS).parallel().forEach(seed -> {
                    Random random = new Random(seed);
                    long start = THREADS.getCurrentThreadCpuTime();
                    if (seed % 2 == 0) {
                        byte[] changed = mutate(sealed, random);
                        assertThat(open(changed).isPresent())
                                .as("seed %d", seed)
                                .isEqualTo(Arrays.equals(changed, sealed));
                    } else if (readsWhole(new String(mutate(text, random), StandardCharsets.UTF_8), seed)) {
                        accepted.incrementAndGet();
                    }
                    slowest.accumulateAndGet(THREADS.getCurrentThreadCpuTime() - start, Math::max);
                }));
        // In the text of a file and in numbers, one thing is as good as another.
        assertThat(accepted.get()).isBetween(MUTATIONS / 100L, MUTATIONS / 4L);
        assertThat(Duration.ofNanos(slowest.get())).isLessThan(LONGEST);
    }

    private static Optional<LabRecord> open(byte[] sealed) {
        try {
            return Optional.of(LabRecordJson.read(Seal.open(sealed)));
        } catch (DamagedException _) {
            return Optional.empty();
        }
    }

    /// What is accepted without a seal is a record that says all that the text says.
    private static boolean readsWhole(String text, int seed) {
        LabRecord read;
        try {
            read = LabRecordJson.read(text);
        } catch (IllegalArgumentException refused) {
            assertThat(refused.getMessage()).as("seed %d: %s", seed, text).isNotBlank();
            return false;
        }
        assertThat(LabRecordJson.read(LabRecordJson.write(read)))
                .as("seed %d: %s", seed, text)
                .isEqualTo(read);
        assertThat(read.lab()).matches("[a-z][a-z0-9-]{0,23}");
        assertThat(read.nodes()).allMatch(node -> node.matches("[A-Za-z][A-Za-z0-9_-]{0,30}"));
        return true;
    }

    private static byte[] mutate(byte[] original, Random random) {
        byte[] bytes = original;
        for (int change = random.nextInt(4); change >= 0 && bytes.length > 0; change--) {
            int at = random.nextInt(bytes.length);
            int end = Math.min(bytes.length, at + 1 + random.nextInt(40));
            byte[] piece = PIECES[random.nextInt(PIECES.length)].getBytes(StandardCharsets.UTF_8);
            bytes = switch (random.nextInt(7)) {
                case 0 -> splice(bytes, at, at + 1, new byte[] {(byte) (bytes[at] ^ 1 << random.nextInt(8))});
                case 1 -> splice(bytes, at, at + 1, new byte[] {(byte) random.nextInt(256)});
                case 2 -> splice(bytes, at, at, piece);
                case 3 -> splice(bytes, at, end, piece);
                case 4 -> splice(bytes, at, end, new byte[0]);
                case 5 -> splice(bytes, at, at, Arrays.copyOfRange(bytes, at, end));
                default -> Arrays.copyOf(bytes, at);
            };
        }
        return bytes;
    }

    private static byte[] splice(byte[] bytes, int from, int to, byte[] piece) {
        byte[] spliced = new byte[from + piece.length + bytes.length - to];
        System.arraycopy(bytes, 0, spliced, 0, from);
        System.arraycopy(piece, 0, spliced, from, piece.length);
        System.arraycopy(bytes, to, spliced, from + piece.length, bytes.length - to);
        return spliced;
    }
}
