package io.netyard.netlink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import com.sun.management.ThreadMXBean;
import io.netyard.net.InterfaceName;
import io.netyard.netlink.message.Attributes;
import io.netyard.netlink.message.MalformedMessageException;
import io.netyard.netlink.message.Netlink;
import io.netyard.netlink.message.Octets;
import io.netyard.netlink.route.Golden;
import io.netyard.netlink.route.Link;
import io.netyard.netlink.route.LinkSpec;
import io.netyard.netlink.route.RouteEvent;
import io.netyard.netlink.route.RouteRequest;
import io.netyard.netlink.route.Vxlan;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Random octets and mutations of captured datagrams through everything that reads: headers, attributes,
/// typed objects, acknowledgements. Nothing may come of it but values and the declared exceptions, in good
/// time and with memory in proportion. A round is repeated with `-Dnetyard.fuzz.seed=`.
@Timeout(120)
class ReaderFuzzTest {
    private static final int EVENTS = 900_000;
    private static final int ANSWERS = 100_000;

    /// Octets that one message may cost besides the share for each of its own: a range of four thousand
    /// VLANs takes a few octets.
    private static final long ALLOCATED_AT_LEAST = 512 * 1024;

    private static final long ALLOCATED_FOR_EACH_OCTET = 200;

    /// Rounds in which classes are still loaded, which allocates too.
    private static final int WARM_UP = 5000;

    private static final int LONGEST = 16 * 1024;
    private static final int[] TYPES = {2, 3, 16, 17, 20, 21, 24, 25, 28, 29, 30};
    private static final int[] LENGTHS = {0, 1, 3, 4, 5, 7, 8, 12, 20, 0x7fff, 0x8000, 0xfffe, 0xffff};

    /// A request that has nests, so that the kernel can complain of something within.
    private static final RouteRequest REQUEST = new RouteRequest.CreateLink(LinkSpec.of(
            new InterfaceName("vx0"),
            new Vxlan(Attributes.EMPTY.with(Vxlan.ID, 5L).with(Vxlan.PORT, 4789))));

    private final List<byte[]> seeds = Golden.datagrams();
    private final byte[] bytes = new byte[LONGEST];
    private final ByteBuffer datagram = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    private Random random = new Random();
    private long objects;
    private long malformed;

    @Test
    @Tag("F17")
    void eventsAreValuesOrMalformed() {
        run("events", EVENTS, this::readEvents);
        assertThat(objects).as("many mutations still make sense").isGreaterThan(EVENTS / 10);
        assertThat(malformed).as("and many do not").isGreaterThan(EVENTS / 100);
    }

    @Test
    @Tag("F17")
    void answersAreHandedOverOrRefused() {
        run("answers", ANSWERS, this::readAnswers);
    }

    private interface Reading {
        void read(int length);
    }

    private void run(String what, int rounds, Reading reading) {
        long seed = Long.getLong("netyard.fuzz.seed", System.nanoTime());
        random = new Random(seed);
        ThreadMXBean memory = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long start = System.nanoTime();
        for (int round = 0; round < rounds; round++) {
            int length = next();
            long before = memory.getCurrentThreadAllocatedBytes();
            try {
                reading.read(length);
            } catch (RuntimeException failure) {
                fail("seed " + seed + " round " + round + ": " + hex(length), failure);
            }
            long allocated = memory.getCurrentThreadAllocatedBytes() - before;
            if (round > WARM_UP && allocated > ALLOCATED_AT_LEAST + ALLOCATED_FOR_EACH_OCTET * length) {
                fail("seed " + seed + " round " + round + " allocated " + allocated + ": " + hex(length));
            }
        }
        System.out.println("ReaderFuzzTest: " + rounds + " " + what + " of seed " + seed + ", " + objects + " objects, "
                + malformed + " malformed, "
                + Duration.ofNanos(System.nanoTime() - start).toMillis() + " ms");
    }

    private String hex(int length) {
        return HexFormat.of().formatHex(bytes, 0, length);
    }

    /// Makes the next datagram.
    private int next() {
        return random.nextInt(4) == 0 ? random() : mutation();
    }

    private int random() {
        int length = Netlink.HEADER + random.nextInt(96);
        for (int at = 0; at < length; at++) {
            bytes[at] = (byte) (random.nextInt(3) == 0 ? random.nextInt(12) : random.nextInt(256) >> random.nextInt(8));
        }
        datagram.putInt(0, random.nextInt(8) == 0 ? random.nextInt() : length);
        datagram.putShort(4, (short) TYPES[random.nextInt(TYPES.length)]);
        return length;
    }

    private int mutation() {
        byte[] seed = seeds.get(random.nextInt(seeds.size()));
        int length = Math.min(seed.length, LONGEST);
        System.arraycopy(seed, 0, bytes, 0, length);
        for (int changes = random.nextInt(6); changes > 0 && length > Netlink.HEADER; changes--) {
            int at = random.nextInt(length);
            switch (random.nextInt(6)) {
                case 0 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
                case 1 -> bytes[at] = (byte) random.nextInt(256);
                case 2 -> datagram.putShort(at & ~3, (short) LENGTHS[random.nextInt(LENGTHS.length)]);
                case 3 -> datagram.putShort((at & ~3) + 2, (short) random.nextInt(64));
                case 4 -> System.arraycopy(bytes, random.nextInt(length), bytes, at, 4);
                default -> length = Math.max(Netlink.HEADER, at);
            }
        }
        if (random.nextBoolean()) {
            datagram.putInt(0, length);
        }
        return length;
    }

    private void readEvents(int length) {
        EventMonitor.split(datagram, length, event -> {
            try {
                RouteEvent.of(event).ifPresent(this::look);
            } catch (MalformedMessageException _) {
                malformed++;
            }
        });
    }

    /// Reads all of a value, as its users would.
    private void look(RouteEvent event) {
        objects++;
        if (objects % 64 == 0) {
            assertThat(event.toString()).isNotNull();
            assertThat(event.equals(event)).isTrue();
            assertThat(event.hashCode()).isEqualTo(event.hashCode());
        }
        if (event instanceof RouteEvent.Changed(Link link)) {
            for (Attributes.Entry<?> entry : link.attributes()) {
                Objects.requireNonNull(entry.value());
            }
            Objects.requireNonNull(
                    link.kind().data().differencesFrom(link.kind().data()));
        }
    }

    private void readAnswers(int length) {
        // The answer is to the one request that was sent, whatever else the mutation made of it.
        datagram.putInt(8, 1);
        NetlinkConnection connection = new NetlinkConnection(new OneDatagram(length), Duration.ZERO);
        try {
            if (random.nextBoolean()) {
                connection.dump(RouteRequest.Dump.LINKS, () -> {}, this::handle);
            } else {
                connection.execute(REQUEST, this::handle);
            }
        } catch (NetlinkException | MalformedMessageException failure) {
            assertThat(failure.getMessage()).isNotBlank();
            malformed++;
        }
    }

    private void handle(int type, ByteBuffer buffer, int at, int end) {
        byte[] payload = new byte[end - at];
        buffer.get(at, payload);
        RouteEvent.of(new Event.Message(type, Octets.of(payload))).ifPresent(this::look);
    }

    /// A kernel that says one thing.
    private final class OneDatagram implements Datagrams {
        private int length;

        OneDatagram(int length) {
            this.length = length;
        }

        @Override
        public void send(ByteBuffer request) {}

        @Override
        public int receive(ByteBuffer buffer) {
            int received = length;
            if (received >= 0) {
                buffer.put(0, bytes, 0, received);
            }
            length = -1;
            return received;
        }

        @Override
        public int senderPort() {
            return 0;
        }

        @Override
        public boolean await(Duration limit) {
            return false;
        }

        @Override
        public void close() {}
    }
}
