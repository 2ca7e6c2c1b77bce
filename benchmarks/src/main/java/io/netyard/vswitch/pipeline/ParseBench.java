package io.netyard.vswitch.pipeline;

import io.netyard.vlan.VlanTag;
import io.netyard.vlan.frame.Memory;
import io.netyard.vlan.frame.MemoryBlock;
import io.netyard.vswitch.port.Burst;
import io.netyard.vswitch.port.Port;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/// The first stage of the data path alone, without what comes after it. In the package of the pipeline,
/// since taking a frame apart is nobody else's business.
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(5)
@Warmup(iterations = 3, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 4, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@OperationsPerInvocation(Burst.CAPACITY)
@SuppressWarnings("NullAway.Init") // setUp comes first
public class ParseBench {
    private static final int SLOT = 256;
    private static final int LENGTH = 64;
    private static final long ADDRESS = 0x0200_0000_0000L;

    private final FrameInHand frame = new FrameInHand();
    private Burst untagged;
    private Burst tagged;
    private MemoryBlock block;

    /// Writes frames of the least length, half of them with a tag.
    @Setup(Level.Trial)
    public void setUp() {
        block = new MemoryBlock(2L * Burst.CAPACITY * SLOT);
        untagged = frames(0, 0x0800_4500L);
        tagged = frames(Burst.CAPACITY, VlanTag.of(VlanTag.C_TAG, 10) & 0xffff_ffffL);
    }

    private Burst frames(int firstSlot, long third) {
        Burst burst = new Burst();
        for (int at = 0; at < Burst.CAPACITY; at++) {
            long address = block.address() + (long) (firstSlot + at) * SLOT + Port.HEAD_ROOM;
            long source = ADDRESS | at;
            Memory.putLong(address, ADDRESS << 16 | source >>> 32);
            Memory.putLong(address + 8, source << 32 | third);
            burst.add(address, LENGTH);
        }
        return burst;
    }

    /// Frees memory.
    @TearDown(Level.Trial)
    public void tearDown() {
        block.close();
    }

    /// Addresses, type and no tag of each frame.
    @Benchmark
    public long parse() {
        return sum(untagged);
    }

    /// The same and its tag.
    @Benchmark
    public long parseTagged() {
        return sum(tagged);
    }

    private long sum(Burst burst) {
        long sum = 0;
        for (int at = 0; at < burst.size(); at++) {
            if (frame.take(burst, at, VlanTag.C_TAG) == null) {
                sum += frame.destination() ^ frame.source() ^ frame.tag;
            }
        }
        return sum;
    }
}
