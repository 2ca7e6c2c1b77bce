package io.netyard.vswitch.wrap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.netty.channel.IoEventLoop;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.EpollIoHandler;
import io.netyard.vlan.VlanTag;
import io.netyard.vlan.frame.Memory;
import io.netyard.vswitch.port.Burst;
import io.netyard.vswitch.port.MemoryFrame;
import io.netyard.vswitch.port.MemoryPort;
import io.netyard.vswitch.port.Port;
import io.netyard.vswitch.port.PortCapabilities;
import io.netyard.vswitch.port.PortContext;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Ports around a memory port.
@Timeout(30)
class WrappersTest {
    private static final int FRAMES = 10_000;
    private static final long MILLISECOND = 1_000_000;

    private final MultiThreadIoEventLoopGroup group = new MultiThreadIoEventLoopGroup(1, EpollIoHandler.newFactory());
    private final IoEventLoop loop = group.next();
    private final MemoryPort device = new MemoryPort("p1", PortCapabilities.PLAIN);
    private final Received received = new Received();

    @AfterEach
    void stop() {
        group.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
    }

    /// Keeps what comes in, with the time.
    private final class Received implements PortContext {
        private final List<byte[]> frames = new ArrayList<>();
        private final List<Long> times = new ArrayList<>();

        @Override
        public IoEventLoop loop() {
            return loop;
        }

        @Override
        public void receive(Burst burst) {
            for (int at = 0; at < burst.size(); at++) {
                frames.add(Memory.toBytes(burst.address(at), burst.length(at)));
                times.add(System.nanoTime());
            }
        }

        @Override
        public void failed(Throwable cause) {
            throw new AssertionError(cause);
        }
    }

    private static byte[] frame(int number) {
        return ByteBuffer.allocate(64).putInt(number).array();
    }

    /// Lets numbered frames come in and waits until no more are under way.
    private void run(Impairment impairment, long seed, int frames, long wait) throws InterruptedException {
        Port port = new ImpairedPort(device, impairment, Impairment.NONE, seed);
        loop.submit(() -> {
                    port.attach(received);
                    for (int number = 0; number < frames; number++) {
                        device.receive(frame(number));
                    }
                })
                .syncUninterruptibly();
        TimeUnit.NANOSECONDS.sleep(wait);
        loop.submit(port::detach).syncUninterruptibly();
    }

    private List<Integer> numbers() {
        return received.frames.stream()
                .map(each -> ByteBuffer.wrap(each).getInt())
                .toList();
    }

    @Test
    void aGoodLineChangesNothing() throws InterruptedException {
        run(Impairment.NONE, 1, 100, 0);
        for (int number = 0; number < 100; number++) {
            assertThat(received.frames.get(number)).isEqualTo(frame(number));
        }
    }

    @Test
    void losesAsManyFramesAsAsked() throws InterruptedException {
        run(Impairment.NONE.withLoss(0.1), 1, FRAMES, 0);
        assertThat(received.frames).hasSizeBetween(8800, 9200);
        assertThat(numbers()).isSorted();
    }

    @Test
    void losesTheSameFramesForTheSameSeed() throws InterruptedException {
        run(Impairment.NONE.withLoss(0.5), 42, 100, 0);
        List<Integer> first = numbers();
        received.frames.clear();
        MemoryPort other = new MemoryPort("p1", PortCapabilities.PLAIN);
        Port port = new ImpairedPort(other, Impairment.NONE.withLoss(0.5), Impairment.NONE, 42);
        loop.submit(() -> {
                    port.attach(received);
                    for (int number = 0; number < 100; number++) {
                        other.receive(frame(number));
                    }
                    port.detach();
                })
                .syncUninterruptibly();
        assertThat(numbers()).isEqualTo(first);
    }

    @Test
    void duplicatesFrames() throws InterruptedException {
        run(Impairment.NONE.withDuplicate(0.2), 1, FRAMES, 0);
        assertThat(received.frames).hasSizeBetween(11_700, 12_300);
    }

    @Test
    void turnsOneBitOver() throws InterruptedException {
        run(Impairment.NONE.withCorrupt(1), 1, 100, 0);
        for (int number = 0; number < 100; number++) {
            BitSet difference = BitSet.valueOf(received.frames.get(number));
            difference.xor(BitSet.valueOf(frame(number)));
            assertThat(difference.cardinality()).isEqualTo(1);
        }
    }

    @Test
    void delaysFramesAndKeepsTheirOrder() throws InterruptedException {
        long start = System.nanoTime();
        run(Impairment.NONE.withDelay(20 * MILLISECOND, 0), 1, 100, 200 * MILLISECOND);
        assertThat(numbers()).hasSize(100).isSorted();
        assertThat(received.times.getFirst() - start).isGreaterThanOrEqualTo(20 * MILLISECOND);
    }

    @Test
    void spreadsFramesByJitter() throws InterruptedException {
        run(Impairment.NONE.withDelay(20 * MILLISECOND, 10 * MILLISECOND), 1, 500, 300 * MILLISECOND);
        assertThat(numbers()).hasSize(500).doesNotHaveDuplicates();
        assertThat(received.times.getLast() - received.times.getFirst()).isGreaterThan(15 * MILLISECOND);
    }

    @Test
    void letsFramesOvertakeOthers() throws InterruptedException {
        run(Impairment.NONE.withDelay(50 * MILLISECOND, 0).withReorder(0.1), 1, 500, 300 * MILLISECOND);
        List<Integer> early = numbers().subList(0, 20);
        assertThat(early).isSorted();
        assertThat(early.getLast()).isGreaterThan(40);
        assertThat(numbers()).hasSize(500);
    }

    @Test
    void keepsToARate() throws InterruptedException {
        // 88 bytes on the line for each frame: 500 frames take 35.2 ms at 10 Mbit/s.
        long start = System.nanoTime();
        run(Impairment.NONE.withRate(10_000_000, 1000), 1, 500, 300 * MILLISECOND);
        assertThat(numbers()).hasSize(500).isSorted();
        assertThat(received.times.getLast() - start).isGreaterThanOrEqualTo(35 * MILLISECOND);
    }

    @Test
    void losesWhatFindsTheQueueFull() throws InterruptedException {
        run(Impairment.NONE.withRate(1_000_000, 10), 1, 100, 100 * MILLISECOND);
        assertThat(received.frames.size()).isCloseTo(10, within(3));
    }

    @Test
    void refusesWhatMakesNoSense() {
        assertThatThrownBy(() -> Impairment.NONE.withLoss(1.5)).hasMessageContaining("0 to 1");
        assertThatThrownBy(() -> Impairment.NONE.withLoss(Double.NaN)).hasMessageContaining("0 to 1");
        assertThatThrownBy(() -> Impairment.NONE.withDelay(1, 2)).hasMessageContaining("jitter");
        assertThatThrownBy(() -> Impairment.NONE.withReorder(0.1)).hasMessageContaining("without a delay");
    }

    @Test
    void tracesFramesInBothDirections() {
        List<String> lines = new ArrayList<>();
        Port port = new ObservedPort(device, new FrameTrace(lines::add));
        byte[] plain = HexFormat.of().parseHex("ffffffffffff" + "020000000001" + "0806" + "00".repeat(46));
        byte[] tagged = HexFormat.of()
                .parseHex("020000000002" + "020000000001" + "88a80007" + "8100600a" + "0800" + "00".repeat(42));
        loop.submit(() -> {
                    port.attach(received);
                    device.receive(List.of(new MemoryFrame(plain, 0, VlanTag.of(0x8100, 10), 0)));
                    device.receive(tagged);
                    device.receive(new byte[3]);
                    port.detach();
                })
                .syncUninterruptibly();
        assertThat(lines)
                .containsExactly(
                        "p1 in   02:00:00:00:00:01 > ff:ff:ff:ff:ff:ff  8100 vlan 10 prio 0  0806  60 bytes",
                        "p1 in   02:00:00:00:00:01 > 02:00:00:00:00:02  88a8 vlan 7 prio 0  8100 vlan 10 prio 3"
                                + "  0800  64 bytes",
                        "p1 in   cut off  3 bytes");
        assertThat(received.frames).hasSize(3);
    }
}
