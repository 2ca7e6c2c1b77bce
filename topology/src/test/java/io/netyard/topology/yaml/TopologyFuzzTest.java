package io.netyard.topology.yaml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.netyard.topology.model.Topology;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/// Mutated examples: the reader never fails on one, never hangs, and takes nothing silently.
class TopologyFuzzTest {
    /// Processor time: a loaded machine makes nothing hang.
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private static final int FILES = 200_000;
    /// Chance finds another spelling of the same now and then: `10.0.0..1.2/24` in a list for `10.0.0.2/24,
    /// 10.0.1.2/24`. A key or a value that is passed over would be found hundreds of times.
    private static final int MOST_OTHER_SPELLINGS = 5;

    private static final int LONGEST_BASE = 800;
    private static final String ALPHABET = "abz019 .:-{}[]&*!|>'\"#,\n\t/%~<?@`\\\u0000\u00e9\u2028";
    private static final List<String> PIECES = List.of(
            "1..9",
            "..",
            " -- ",
            "h1",
            "eth0",
            "kind: ",
            "vlan",
            "10.0.0.1/24",
            "fd00::1/64",
            "*a",
            "&a ",
            "<<: ",
            "!!str ",
            "---\n",
            "? ",
            "true",
            "null",
            "[[[[",
            "{{{{",
            "- ",
            "\n  ",
            "4095",
            "99999999999",
            "reaches",
            "cannot reach");

    private static final YAMLMapper YAML = YAMLMapper.builder().build();

    private record Base(String text, Topology topology, JsonNode tree) {}

    @Test
    @Tag("F33")
    void mutatedExamplesAreReadOrExplained() throws IOException {
        List<Base> bases = Examples.texts().stream()
                .map(TopologyFuzzTest::withoutComments)
                .filter(text -> text.length() < LONGEST_BASE)
                .map(text -> new Base(
                        text, TopologyFile.parse("t.yaml", text).topology().orElseThrow(), YAML.readTree(text)))
                .toList();
        AtomicLong slowest = new AtomicLong();
        AtomicLong accepted = new AtomicLong();
        Queue<String> silent = new ConcurrentLinkedQueue<>();
        assertTimeoutPreemptively(
                Duration.ofMinutes(5),
                () -> IntStream.range(0, FILES).parallel().forEach(seed -> {
                    Random random = new Random(seed);
                    Base base = bases.get(random.nextInt(bases.size()));
                    String text = mutate(base.text(), bases, random);
                    long start = THREADS.getCurrentThreadCpuTime();
                    TopologyFile file = TopologyFile.parse("t.yaml", text);
                    slowest.accumulateAndGet(THREADS.getCurrentThreadCpuTime() - start, Math::max);
                    if (file.topology().isPresent()) {
                        accepted.incrementAndGet();
                        differenceWithoutEffect(base, text, file.topology().get())
                                .ifPresent(difference -> silent.add("seed " + seed + ": " + difference));
                    } else {
                        assertThat(file.hasErrors())
                                .as("seed %d: %s", seed, text)
                                .isTrue();
                    }
                }));
        assertThat(silent).as("changes without effect").hasSizeLessThanOrEqualTo(MOST_OTHER_SPELLINGS);
        assertThat(accepted.get()).isBetween(FILES / 100L, FILES - FILES / 100L);
        assertThat(Duration.ofNanos(slowest.get())).isLessThan(Duration.ofSeconds(5));
    }

    /// Long files and comments cost time and find nothing.
    private static String withoutComments(String text) {
        return text.lines().filter(line -> !line.startsWith("#")).collect(Collectors.joining("\n", "", "\n"));
    }

    /// A file that says something else is another topology, or else a word of it had no effect. Spaces,
    /// quotes, the case of letters in addresses and zeros in front of numbers do not say anything, nor does
    /// a default that is written out.
    private static Optional<String> differenceWithoutEffect(Base base, String text, Topology topology) {
        if (!topology.equals(base.topology())) {
            return Optional.empty();
        }
        String before = words(base.tree());
        String after = words(YAML.readTree(text));
        int same = Arrays.mismatch(before.toCharArray(), after.toCharArray());
        return same < 0
                ? Optional.empty()
                : Optional.of(excerpt(before, same) + " and " + excerpt(after, same) + " in "
                        + base.topology().lab());
    }

    private static String excerpt(String text, int at) {
        return text.substring(Math.max(0, at - 30), Math.min(text.length(), at + 30));
    }

    private static String words(JsonNode tree) {
        return tree.toString()
                .toLowerCase(Locale.ROOT)
                .replaceAll("\\\\[tnr]|[\\s\"]", "")
                .replaceAll("(?<![0-9])0+(?=[0-9a-f])", "")
                .replace("null", "{}")
                .replace("mode:l2,", "");
    }

    private static String mutate(String original, List<Base> bases, Random random) {
        StringBuilder text = new StringBuilder(original);
        for (int change = random.nextInt(4); change >= 0 && !text.isEmpty(); change--) {
            int at = random.nextInt(text.length());
            int end = Math.min(text.length(), at + 1 + random.nextInt(40));
            switch (random.nextInt(8)) {
                case 0 -> text.deleteCharAt(at);
                case 1, 2 -> text.insert(at, ALPHABET.charAt(random.nextInt(ALPHABET.length())));
                case 3 -> text.setCharAt(at, ALPHABET.charAt(random.nextInt(ALPHABET.length())));
                case 4 -> text.insert(at, PIECES.get(random.nextInt(PIECES.size())));
                case 5 -> text.delete(at, end);
                case 6 -> text.insert(random.nextInt(text.length()), text.substring(at, end));
                default -> {
                    String other = bases.get(random.nextInt(bases.size())).text();
                    int from = random.nextInt(other.length());
                    text.insert(at, other, from, Math.min(other.length(), from + 60));
                }
            }
        }
        return text.toString();
    }
}
