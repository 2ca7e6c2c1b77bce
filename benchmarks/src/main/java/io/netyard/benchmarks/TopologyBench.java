package io.netyard.benchmarks;

import io.netyard.topology.compile.KernelFeatures;
import io.netyard.topology.compile.TopologyCompiler;
import io.netyard.topology.model.Topology;
import io.netyard.topology.state.NetworkState;
import io.netyard.topology.yaml.TopologyFile;
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

/// From a file of 200 nodes to the desired state.
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class TopologyBench {
    private static final int HOSTS = 199;

    private final String text = StarFile.text(HOSTS);
    private final Topology topology = StarFile.topology(HOSTS);

    /// Reads the YAML, with all checks.
    @Benchmark
    public TopologyFile read() {
        return TopologyFile.parse("star.yaml", text);
    }

    /// Compiles what was read.
    @Benchmark
    public NetworkState compile() {
        return TopologyCompiler.compile(topology, () -> KernelFeatures.ALL);
    }
}
