package io.netyard.cli.daemon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.netyard.cli.daemon.Message.Request;
import io.netyard.cli.daemon.Message.Verb;
import io.netyard.net.InterfaceName;
import io.netyard.net.MacAddress;
import io.netyard.net.VlanId;
import io.netyard.topology.state.Resource;
import io.netyard.topology.state.Resource.UserPort;
import io.netyard.topology.state.Resource.UserSwitch;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Requests to a daemon that are none.
class MessageFuzzTest {
    /// Processor time: a loaded machine makes nothing hang.
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private static final int REQUESTS = 300_000;

    private static final Request GOOD = new Request(
            Verb.PUT,
            List.of(
                    new UserSwitch(
                            "s1",
                            "br0",
                            UserSwitch.Mode.VLAN_AWARE,
                            new UserSwitch.Multicast(true, Optional.of(MacAddress.parse("02:00:00:00:00:01")))),
                    new UserPort(
                            "s1",
                            "br0",
                            new InterfaceName("p1"),
                            UserPort.Device.PACKET,
                            UserPort.Vlans.access(new VlanId(10)))));
    private static final String[] PIECES = {
        "{",
        "}",
        "[",
        "]",
        ",",
        "\"",
        "null",
        "-1",
        "1e9",
        "4095",
        "99999999999999999999999",
        "\"do\":\"STOP\"",
        "[[[[[[[[",
        "\"type\":\"port\"",
        "\"../x\"",
        "\\ud800",
        "\"version\":2",
        "\u0000",
        "10.7",
        "true"
    };

    @Test
    void whatIsWrittenIsRead() {
        assertThat(Request.read(GOOD.write())).isEqualTo(GOOD);
    }

    @Test
    void mutatedRequestsAreReadOrRefused() {
        byte[] good = GOOD.write();
        AtomicLong read = new AtomicLong();
        AtomicLong slowest = new AtomicLong();
        assertTimeoutPreemptively(
                Duration.ofMinutes(5),
                () -> IntStream.range(0, REQUESTS).parallel().forEach(seed -> {
                    byte[] bytes = mutate(good, new Random(seed));
                    long start = THREADS.getCurrentThreadCpuTime();
                    try {
                        Request request = Request.read(bytes);
                        read.incrementAndGet();
                        assertThat(Request.read(request.write()))
                                .as("seed %d", seed)
                                .isEqualTo(request);
                        assertThat(request.resources()).map(Resource::node).allMatch(node -> !node.contains("/"));
                    } catch (IllegalArgumentException refused) {
                        assertThat(refused.getMessage()).as("seed %d", seed).isNotBlank();
                    }
                    slowest.accumulateAndGet(THREADS.getCurrentThreadCpuTime() - start, Math::max);
                }));
        assertThat(read.get()).isBetween(REQUESTS / 1000L, REQUESTS / 2L);
        assertThat(Duration.ofNanos(slowest.get())).isLessThan(Duration.ofSeconds(1));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "0",
                "[]",
                "{\"version\":1}",
                "{\"version\":1,\"do\":\"read\",\"resources\":[]}",
                "{\"version\":1,\"do\":[\"READ\"],\"resources\":[]}",
                "{\"version\":1,\"do\":\"READ\"}",
                "{\"version\":1,\"do\":\"READ\",\"resources\":{}}",
                "{\"version\":\"1\",\"do\":\"READ\",\"resources\":[]}",
                "{\"version\":2,\"do\":\"READ\",\"resources\":[]}",
                "{\"version\":1,\"do\":\"READ\",\"resources\":[]}{}",
                "{\"version\":1,\"version\":1,\"do\":\"READ\",\"resources\":[]}",
                "{\"version\":1,\"do\":\"PUT\",\"resources\":[{}]}",
                "{\"version\":1,\"do\":\"PUT\",\"resources\":[{\"type\":\"switch\",\"node\":\"../x\",\"mode\":\"HUB\"}]}",
            })
    void whatIsNoRequestIsRefused(String text) {
        assertThatThrownBy(() -> Request.read(text.getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void nestingAndNumbersOfTokensHaveALimit() {
        for (String text :
                List.of("[".repeat(1_000_000), "[" + "{},".repeat(6_000_000) + "{}]", "\"" + "x".repeat(200_000))) {
            assertTimeoutPreemptively(
                    Duration.ofSeconds(5),
                    () -> assertThatThrownBy(() -> Request.read(text.getBytes(StandardCharsets.UTF_8)))
                            .isInstanceOf(IllegalArgumentException.class));
        }
    }

    private static byte[] mutate(byte[] original, Random random) {
        byte[] bytes = original;
        for (int change = random.nextInt(3); change >= 0 && bytes.length > 0; change--) {
            int at = random.nextInt(bytes.length);
            int end = Math.min(bytes.length, at + random.nextInt(20));
            byte[] piece = PIECES[random.nextInt(PIECES.length)].getBytes(StandardCharsets.UTF_8);
            bytes = switch (random.nextInt(5)) {
                case 0 -> splice(bytes, at, at + 1, new byte[] {(byte) random.nextInt(256)});
                case 1 -> splice(bytes, at, at, piece);
                case 2 -> splice(bytes, at, end, piece);
                case 3 -> splice(bytes, at, at, Arrays.copyOfRange(bytes, at, end));
                default -> splice(bytes, at, end, new byte[0]);
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
