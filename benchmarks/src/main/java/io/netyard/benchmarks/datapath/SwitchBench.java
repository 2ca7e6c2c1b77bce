package io.netyard.benchmarks.datapath;

import io.netyard.net.VlanId;
import io.netyard.vlan.PortVlans;
import io.netyard.vlan.VlanSet;
import io.netyard.vlan.VlanTag;
import io.netyard.vswitch.pipeline.MacRelay;
import io.netyard.vswitch.pipeline.PortSettings;
import io.netyard.vswitch.port.Burst;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/// A frame through the whole switch: parse, ingress VLAN, learn, look up, egress VLAN, queue. To be read
/// less `source`, which is what writing the frames costs.
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 5, time = 1)
@OperationsPerInvocation(FrameSource.BURST)
@SuppressWarnings("NullAway.Init") // setUp comes first
public class SwitchBench {
    /// How many stations there are on each side.
    @Param({"1", "1000", "16000"})
    public int stations;

    private MacRelay relay;
    private MacRelay.Ingress plain;
    private MacRelay.Ingress access;
    private MacRelay.Ingress trunk;
    private FrameSource untagged;
    private FrameSource tagged;
    private long now;

    /// Makes a switch with a pair of ports for each benchmark, and stations behind the second of each pair.
    @Setup(Level.Trial)
    public void setUp() {
        relay = new MacRelay(Math.max(8192, stations * 6), 7, (port, cause) -> {
            throw cause;
        });
        plain = add("plain", PortVlans.access(new VlanId(1)));
        access = add("access", PortVlans.access(new VlanId(10)));
        trunk = add("trunk", PortVlans.trunk(VlanSet.of(new VlanId(20))));
        untagged = new FrameSource(stations, 0);
        tagged = new FrameSource(stations, 20);
        untagged.learn(add("plain-far", PortVlans.access(new VlanId(1))), VlanTag.NONE, 0, false);
        MacRelay.Ingress far = add("trunk-far", PortVlans.trunk(VlanSet.of(new VlanId(10))));
        untagged.learn(far, VlanTag.of(VlanTag.C_TAG, 10), 0, false);
        untagged.learn(add("access-far", PortVlans.access(new VlanId(20))), VlanTag.NONE, 0, false);
    }

    private MacRelay.Ingress add(String name, PortVlans vlans) {
        relay.add(new CountingPort(name), new PortSettings(vlans), 0);
        return relay.ingress(name);
    }

    /// Frees memory.
    @TearDown(Level.Trial)
    public void tearDown() {
        relay.close();
        untagged.close();
        tagged.close();
    }

    /// Writing the frames alone.
    @Benchmark
    public Burst source() {
        return untagged.next();
    }

    /// From access port to access port.
    @Benchmark
    public long forward() {
        plain.receive(untagged.next(), now += 1000);
        return now;
    }

    /// From access port to trunk: a tag is pushed.
    @Benchmark
    public long push() {
        access.receive(untagged.next(), now += 1000);
        return now;
    }

    /// From trunk to access port: a tag is popped.
    @Benchmark
    public long pop() {
        trunk.receive(tagged.next(), now += 1000);
        return now;
    }
}
