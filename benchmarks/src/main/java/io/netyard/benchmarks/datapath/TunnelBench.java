package io.netyard.benchmarks.datapath;

import io.netty.channel.IoEventLoop;
import io.netyard.net.IpAddress;
import io.netyard.net.VlanId;
import io.netyard.vlan.PortVlans;
import io.netyard.vlan.VlanSet;
import io.netyard.vlan.VlanTag;
import io.netyard.vswitch.pipeline.MacRelay;
import io.netyard.vswitch.pipeline.PortSettings;
import io.netyard.vswitch.port.Burst;
import io.netyard.vswitch.port.Offload;
import io.netyard.vswitch.port.Port;
import io.netyard.vswitch.port.PortContext;
import io.netyard.vswitch.tunnel.Datagrams;
import io.netyard.vswitch.tunnel.TunnelEndpoint;
import io.netyard.vxlan.OuterFields;
import io.netyard.vxlan.TunnelHeader;
import io.netyard.vxlan.VtepTable;
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

/// A frame through the whole switch into a VXLAN tunnel and out of one. To be read less
/// [SwitchBench#source].
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(5)
@Warmup(iterations = 3, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 4, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@OperationsPerInvocation(FrameSource.BURST)
@SuppressWarnings("NullAway.Init") // setUp comes first
public class TunnelBench {
    private static final VlanId TEN = new VlanId(10);
    private static final IpAddress REMOTE = IpAddress.parse("192.0.2.1");
    private static final int VNI = 5000;

    /// How many stations there are on each side.
    @Param({"1", "1000", "16000"})
    public int stations;

    private final Datagrams datagrams = new Datagrams();
    private MacRelay relay;
    private MacRelay.Ingress access;
    private MacRelay.Ingress trunk;
    private CountingUnderlay underlay;
    private FrameSource untagged;
    private FrameSource tagged;
    private int remote;
    private long now;

    /// Makes a switch with an access port, a trunk and a tunnel, and stations behind the tunnel and behind
    /// the port.
    @Setup(Level.Trial)
    public void setUp() {
        relay = new MacRelay(Math.max(8192, stations * 2), 7, (port, cause) -> {
            throw cause;
        });
        access = add(new CountingPort("access"), PortVlans.access(TEN));
        trunk = add(new CountingPort("trunk"), PortVlans.trunk(VlanSet.of(TEN)));
        underlay = new CountingUnderlay();
        VtepTable remotes = new VtepTable(1024, false);
        remotes.flood(List.of(REMOTE));
        remote = remotes.list(REMOTE);
        TunnelEndpoint endpoint = new TunnelEndpoint(TunnelHeader.VXLAN, underlay);
        Port tunnel = endpoint.port("tunnel", VNI, remotes, OuterFields.DEFAULT);
        MacRelay.Ingress out = add(tunnel, PortVlans.access(TEN));
        tunnel.attach(new Context(out));
        untagged = new FrameSource(stations, 0);
        tagged = new FrameSource(stations, 10);
        untagged.learn(out, VlanTag.NONE, remote, false);
        untagged.learn(access, VlanTag.NONE, 0, true);
    }

    private MacRelay.Ingress add(Port port, PortVlans vlans) {
        relay.add(port, new PortSettings(vlans), 0);
        return relay.ingress(port.name());
    }

    /// Frees memory.
    @TearDown(Level.Trial)
    public void tearDown() {
        relay.close();
        untagged.close();
        tagged.close();
    }

    /// From access port to tunnel.
    @Benchmark
    public long encapsulate() {
        access.receive(untagged.next(), now += 1000);
        return underlay.bytes();
    }

    /// From trunk to tunnel: a tag is popped first.
    @Benchmark
    public long popAndEncapsulate() {
        trunk.receive(tagged.next(), now += 1000);
        return underlay.bytes();
    }

    /// From tunnel to access port.
    @Benchmark
    public long decapsulate() {
        Burst burst = untagged.nextBack();
        datagrams.clear();
        for (int at = 0; at < burst.size(); at++) {
            long header = burst.address(at) - TunnelHeader.LENGTH;
            TunnelHeader.VXLAN.write(header, VNI, 0);
            int length = burst.length(at) + TunnelHeader.LENGTH;
            datagrams.addReceived(header, length, VtepTable.high(REMOTE), VtepTable.low(REMOTE), 0, Offload.NONE);
        }
        underlay.receive(datagrams);
        return now;
    }

    private record Context(MacRelay.Ingress ingress) implements PortContext {
        @Override
        public IoEventLoop loop() {
            throw new IllegalStateException("no loop here");
        }

        @Override
        public void receive(Burst burst) {
            ingress.receive(burst, 0);
        }

        @Override
        public void failed(Throwable cause) {
            throw new IllegalStateException(cause);
        }
    }
}
