package io.netyard.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.IoEventLoop;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.EpollIoHandler;
import io.netyard.linux.PacketOptions;
import io.netyard.net.InterfaceName;
import io.netyard.net.VlanId;
import io.netyard.vlan.PortVlans;
import io.netyard.vlan.VlanSet;
import io.netyard.vswitch.VirtualSwitch;
import io.netyard.vswitch.device.PacketPort;
import io.netyard.vswitch.pipeline.PortSettings;
import io.netyard.vswitch.pipeline.RelaySettings;
import io.netyard.vswitch.port.MemoryFrame;
import io.netyard.vswitch.port.MemoryPort;
import io.netyard.vswitch.port.PortCapabilities;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// A switch at full load for a time, while ports come, go, flap and are set anew: memory, descriptors and
/// threads do not grow, and the ports that nobody touches lose no frame.
///
/// ```text
/// quiet1:eth0 === q1 ┐  access 20      access 10  ┌ b1 === busy1:eth0
/// quiet2:eth0 === q2 ┤        ── switch ──        ├ TAP b2, busy2:eth0
///                    └                            ├ f  === flaps:eth0
///                                                 └ memory port "churn", a thousand new stations at a time
/// ```
///
/// A minute by default; `NETYARD_TEST_OPTIONS=-Dnetyard.soak.seconds=600 integration-tests/ring this
/// --select-class io.netyard.it.SoakIT` for ten.
class SoakIT {
    private static final int SECONDS = Integer.getInteger("netyard.soak.seconds", 60);
    private static final int PHASES = 6;
    private static final VlanId TEN = new VlanId(10);
    private static final VlanId TWENTY = new VlanId(20);
    private static final int STATIONS = 1000;
    private static final int TRANSFER = 64;
    private static final int ADDRESSES = 4096;
    private static final long MOST_HEAP_GROWTH = 4 << 20;
    /// That it starts and ends as it likes, to compile and to wait for processes. Dozens of ports come and
    /// go.
    private static final int THREADS_OF_THE_JVM = 3;

    private static final long MOST_RESIDENT_GROWTH = 64L << 20;

    @RegisterExtension
    private final Hosts hosts = Hosts.named("switch", "quiet1", "quiet2", "busy1", "busy2", "flaps")
            .with("net.ipv6.conf.default.disable_ipv6=1");

    private final Random random = new Random(7);
    private final MultiThreadIoEventLoopGroup group = new MultiThreadIoEventLoopGroup(1, EpollIoHandler.newFactory());
    private final IoEventLoop loop = group.next();
    private final ConcurrentLinkedQueue<String> failures = new ConcurrentLinkedQueue<>();
    private final VirtualSwitch bridge =
            new VirtualSwitch(loop, ADDRESSES, (port, cause) -> failures.add(port + ": " + cause));
    private final MemoryPort churn = new MemoryPort("churn", PortCapabilities.PLAIN);
    private volatile boolean running;
    private long churned;
    private long mebibytes;
    private int disturbances;
    private int reopened;

    @Test
    void holdsOutWithoutGrowingOrLosingFrames() throws Exception {
        List<Footprint> footprints = new ArrayList<>();
        attachPorts();
        try (NumberedFrames quiet = new NumberedFrames(hosts.get("quiet1"), hosts.get("quiet2"))) {
            for (int phase = 1; phase <= PHASES; phase++) {
                load(quiet, TimeUnit.SECONDS.toNanos(SECONDS) / PHASES);
                Footprint footprint = Footprint.now();
                footprints.add(footprint);
                System.out.println("soak " + SECONDS * phase / PHASES + " s: " + footprint + "; " + mebibytes
                        + " MiB of TCP, " + churned + " stations, " + disturbances + " disturbances, " + reopened
                        + " ports reopened, " + quiet.sent() + " frames on quiet ports, " + quiet.lost() + " lost");
                assertThat(quiet.lost()).as("frames lost on untouched ports").isZero();
            }
        } finally {
            bridge.close().syncUninterruptibly();
            group.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
        }
        assertThat(failures).allMatch(failure -> failure.startsWith("f: "));
        assertNoGrowth(footprints.get(1), footprints.getLast());
        // What is collected when is up to the collector: a leak shows in every one of the later phases.
        assertThat(footprints.subList(PHASES / 2, PHASES))
                .as("heap")
                .anyMatch(later -> later.heap() < footprints.get(1).heap() + MOST_HEAP_GROWTH);
    }

    /// The first phases warm the compiler up.
    private static void assertNoGrowth(Footprint before, Footprint after) {
        assertThat(after.resident()).as("resident").isLessThan(before.resident() + MOST_RESIDENT_GROWTH);
        assertThat(after.descriptors()).as("descriptors").isLessThanOrEqualTo(before.descriptors());
        assertThat(after.threads()).as("threads").isLessThanOrEqualTo(before.threads() + THREADS_OF_THE_JVM);
    }

    private void attachPorts() {
        attach(PortKind.PACKET_IMMEDIATE, "q1", "quiet1", TWENTY);
        attach(PortKind.PACKET_IMMEDIATE, "q2", "quiet2", TWENTY);
        attach(PortKind.PACKET_IMMEDIATE, "b1", "busy1", TEN);
        attach(PortKind.TAP, "b2", "busy2", TEN);
        attach(PortKind.PACKET_IMMEDIATE, "f", "flaps", TEN);
        Tool.run("ip", "-n", "busy1", "address", "add", "10.0.0.1/24", "dev", "eth0");
        Tool.run("ip", "-n", "busy2", "address", "add", "10.0.0.2/24", "dev", "eth0");
        bridge.attach(churn, new PortSettings(PortVlans.access(TEN))).syncUninterruptibly();
    }

    private void attach(PortKind kind, String name, String host, VlanId vlan) {
        bridge.attach(
                        kind.open(name, host, hosts.get(host), hosts.get("switch")),
                        new PortSettings(PortVlans.access(vlan)))
                .syncUninterruptibly();
    }

    /// Everything at once, for a time.
    private void load(NumberedFrames quiet, long nanoseconds) throws Exception {
        running = true;
        try (ExecutorService threads = Executors.newFixedThreadPool(3)) {
            Future<?> busy = threads.submit(() -> {
                transferAgainAndAgain();
                return true;
            });
            Future<?> numbered = threads.submit(() -> {
                while (running) {
                    quiet.sendSome();
                }
                return true;
            });
            try {
                long end = System.nanoTime() + nanoseconds;
                while (System.nanoTime() < end) {
                    disturb();
                    TimeUnit.MILLISECONDS.sleep(20);
                }
            } finally {
                running = false;
            }
            busy.get(90, TimeUnit.SECONDS);
            numbered.get(10, TimeUnit.SECONDS);
        }
        quiet.awaitLast();
        // What was mirrored there.
        loop.submit(churn::takeSent).syncUninterruptibly();
    }

    private void transferAgainAndAgain() throws Exception {
        long expected = Transfer.checksum(TRANSFER);
        while (running) {
            assertThat(Transfer.run(hosts.get("busy1"), hosts.get("busy2"), "10.0.0.2", TRANSFER))
                    .isEqualTo(expected);
            mebibytes += TRANSFER;
        }
    }

    private void disturb() {
        disturbances++;
        switch (disturbances % 16) {
            case 1 -> Tool.run("ip", "-n", "switch", "link", "set", "f", "down");
            case 2 -> Tool.run("ip", "-n", "switch", "link", "set", "f", "up");
            case 3 -> reopen();
            case 4 -> replaceDevice();
            case 5 -> bridge.configure("f", new PortSettings(PortVlans.trunk(VlanSet.of(TEN, TWENTY))));
            case 6 -> bridge.configure("f", new PortSettings(PortVlans.access(TEN)).withIsolated(true));
            case 7 -> bridge.configure(RelaySettings.DEFAULT.withAgeing(10).withMirrors(mirror()));
            case 8 -> bridge.configure(RelaySettings.DEFAULT);
            case 9 -> bridge.logDecisions(decision -> {});
            case 10 -> bridge.stopLogging();
            case 11 -> bridge.snapshot();
            case 12 -> bridge.forgetLearned();
            default -> flood();
        }
    }

    private static List<RelaySettings.Mirror> mirror() {
        return List.of(new RelaySettings.Mirror("churn", Set.of("b1"), Set.of("b2")));
    }

    /// The port goes, and comes back on the same device.
    private void reopen() {
        bridge.detach("f").syncUninterruptibly();
        PacketPort port = PacketPort.open("f", hosts.get("switch"), new InterfaceName("f"), PacketOptions.immediate());
        bridge.attach(port, new PortSettings(PortVlans.access(TEN))).syncUninterruptibly();
        reopened++;
    }

    /// The device goes, the port with it, and another one comes.
    private void replaceDevice() {
        Tool.run("ip", "-n", "switch", "link", "del", "f");
        bridge.detach("f").syncUninterruptibly();
        attach(PortKind.PACKET_IMMEDIATE, "f", "flaps", TEN);
        reopened++;
    }

    /// Frames from stations that nobody has heard of.
    private void flood() {
        List<MemoryFrame> frames = new ArrayList<>(STATIONS);
        for (int station = 0; station < STATIONS; station++) {
            ByteBuffer frame = ByteBuffer.allocate(60);
            frame.putShort((short) 0x0200).putInt(random.nextInt());
            frame.putShort((short) 0x0600).putInt(random.nextInt());
            frame.putShort((short) 0x88b5);
            frames.add(new MemoryFrame(frame.array()));
        }
        loop.submit(() -> {
                    churn.receive(frames);
                    churn.takeSent();
                })
                .syncUninterruptibly();
        churned += STATIONS;
    }
}
