package io.netyard.benchmarks;

import io.netyard.topology.compile.KernelFeatures;
import io.netyard.topology.compile.TopologyCompiler;
import io.netyard.topology.plan.Plan;
import io.netyard.topology.state.NetworkState;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/// Plans between states of 1,000 nodes.
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class PlanBench {
    private static final int HOSTS = 999;

    private final NetworkState desired = TopologyCompiler.compile(StarFile.topology(HOSTS), () -> KernelFeatures.ALL);
    private final NetworkState same = TopologyCompiler.compile(StarFile.topology(HOSTS), () -> KernelFeatures.ALL);
    private final NetworkState smaller =
            TopologyCompiler.compile(StarFile.topology(HOSTS - 10), () -> KernelFeatures.ALL);

    /// Nothing is there yet.
    @Benchmark
    public Plan create() {
        return Plan.between(desired, NetworkState.EMPTY);
    }

    /// Everything is there already.
    @Benchmark
    public Plan nothing() {
        return Plan.between(desired, same);
    }

    /// Ten hosts are missing.
    @Benchmark
    public Plan tenHosts() {
        return Plan.between(desired, smaller);
    }
}
