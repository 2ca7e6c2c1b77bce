package io.netyard.benchmarks.datapath;

import io.netyard.net.VlanId;
import io.netyard.vlan.PortVlans;
import io.netyard.vlan.VlanSet;
import io.netyard.vlan.VlanTag;
import io.netyard.vswitch.pipeline.MacRelay;
import io.netyard.vswitch.pipeline.PortSettings;
import io.netyard.vswitch.port.Burst;
import java.util.ArrayList;
import java.util.List;
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
@Fork(5)
@Warmup(iterations = 3, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 4, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@OperationsPerInvocation(FrameSource.BURST)
@SuppressWarnings("NullAway.Init") // setUp comes first
public class SwitchBench {
    private static final VlanId TEN = new VlanId(10);

    /// How many stations there are on each side.
    @Param({"1", "1000", "16000"})
    public int stations;

    private final List<MacRelay> relays = new ArrayList<>();
    private MacRelay.Ingress plain;
    private MacRelay.Ingress access;
    private MacRelay.Ingress trunk;
    private FrameSource untagged;
    private FrameSource tagged;
    private long now;

    /// Makes a switch of two ports for each benchmark, with stations behind the second.
    @Setup(Level.Trial)
    public void setUp() {
        untagged = new FrameSource(stations, 0);
        tagged = new FrameSource(stations, 10);
        PortVlans accessVlans = PortVlans.access(TEN);
        PortVlans trunkVlans = PortVlans.trunk(VlanSet.of(TEN));
        plain = newSwitch(accessVlans, accessVlans, VlanTag.NONE);
        access = newSwitch(accessVlans, trunkVlans, VlanTag.of(VlanTag.C_TAG, 10));
        trunk = newSwitch(trunkVlans, accessVlans, VlanTag.NONE);
    }

    private MacRelay.Ingress newSwitch(PortVlans near, PortVlans far, int farTag) {
        MacRelay relay = new MacRelay(Math.max(8192, stations * 2), 7, (port, cause) -> {
            throw cause;
        });
        relays.add(relay);
        relay.add(new CountingPort("near"), new PortSettings(near), 0);
        relay.add(new CountingPort("far"), new PortSettings(far), 0);
        untagged.learn(relay.ingress("far"), farTag, 0, false);
        return relay.ingress("near");
    }

    /// Frees memory.
    @TearDown(Level.Trial)
    public void tearDown() {
        relays.forEach(MacRelay::close);
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
