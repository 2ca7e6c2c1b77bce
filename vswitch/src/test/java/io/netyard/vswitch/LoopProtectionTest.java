package io.netyard.vswitch;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.IoEventLoop;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.EpollIoHandler;
import io.netyard.net.MacAddress;
import io.netyard.net.VlanId;
import io.netyard.vlan.PortVlans;
import io.netyard.vlan.VlanSet;
import io.netyard.vswitch.pipeline.PortSettings;
import io.netyard.vswitch.pipeline.RelaySettings;
import io.netyard.vswitch.pipeline.RelaySettings.Mirror;
import io.netyard.vswitch.port.MemoryFrame;
import io.netyard.vswitch.port.MemoryPort;
import io.netyard.vswitch.port.PortCapabilities;
import io.netyard.vswitch.stp.BridgeId;
import io.netyard.vswitch.stp.PortRole;
import io.netyard.vswitch.stp.TreeSettings;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Three switches in a ring, each with a port `h` for a station:
///
/// ```text
///  h-- 0 --a-----b-- 1 --h
///      b             a
///       \___a 2 b___/
///             h
/// ```
class LoopProtectionTest {
    private static final byte[] BROADCAST =
            HexFormat.of().parseHex("ffffffffffff" + "020000000001" + "0800" + "00".repeat(46));

    private final MultiThreadIoEventLoopGroup group = new MultiThreadIoEventLoopGroup(1, EpollIoHandler.newFactory());
    private final IoEventLoop loop = group.next();
    private final List<VirtualSwitch> switches = new ArrayList<>();
    private final List<Map<String, MemoryPort>> ports = new ArrayList<>();
    private final List<MemoryPort[]> cables = new ArrayList<>();
    private final Queue<String> found = new ConcurrentLinkedQueue<>();
    private long carried;

    private void ring(PortVlans between, PortVlans station) throws Exception {
        for (int number = 0; number < 3; number++) {
            VirtualSwitch each = new VirtualSwitch(loop, 100, (_, _) -> {});
            switches.add(each);
            ports.add(Map.of("a", port("a"), "b", port("b"), "h", port("h")));
            for (String name : List.of("h", "a", "b")) {
                each.attach(ports.getLast().get(name), new PortSettings(name.equals("h") ? station : between))
                        .sync();
            }
        }
        for (int number = 0; number < 3; number++) {
            cables.add(new MemoryPort[] {
                ports.get(number).get("a"), ports.get((number + 1) % 3).get("b")
            });
        }
    }

    private void protectByTrees() throws Exception {
        for (int number = 0; number < 3; number++) {
            BridgeId id = new BridgeId(BridgeId.DEFAULT_PRIORITY, new MacAddress(0x0200_0000_0000L + number));
            protect(number, new LoopProtection.Tree(new TreeSettings(id, 6, 2, 1), Set.of()));
        }
    }

    private void protect(int number, LoopProtection protection) throws Exception {
        switches.get(number)
                .protect(protection, (port, blocked) -> found.add(number + port + (blocked ? " blocked" : " freed")))
                .sync();
    }

    private static MemoryPort port(String name) {
        return new MemoryPort(name, PortCapabilities.PLAIN);
    }

    @AfterEach
    void stop() throws Exception {
        for (VirtualSwitch each : switches) {
            each.close().sync();
        }
        group.shutdownGracefully(0, 1, TimeUnit.SECONDS).sync();
    }

    private void carry() {
        for (MemoryPort[] cable : cables) {
            carry(cable[0], cable[1]);
            carry(cable[1], cable[0]);
        }
    }

    private void turn() throws Exception {
        Runnable carry = this::carry;
        loop.submit(carry).sync();
    }

    private void carry(MemoryPort from, MemoryPort to) {
        List<MemoryFrame> frames = from.takeSent();
        carried += frames.size();
        if (!frames.isEmpty()) {
            to.receive(frames);
        }
    }

    private void until(BooleanSupplier condition, int milliseconds) throws Exception {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(milliseconds);
        while (!loop.submit(() -> {
                    carry();
                    return condition.getAsBoolean();
                })
                .get()) {
            assertThat(System.nanoTime()).as("in time").isLessThan(end);
            TimeUnit.MILLISECONDS.sleep(1);
        }
    }

    private ProtectionStatus status(int number) {
        return switches.get(number).protection().syncUninterruptibly().getNow();
    }

    private boolean isSettled() {
        return List.of(0, 1, 2).stream().allMatch(number -> status(number).isSettled());
    }

    private long received(int number) throws Exception {
        loop.submit(() -> ports.forEach(each -> each.get("h").takeSent())).sync();
        loop.submit(() -> ports.getFirst().get("h").receive(BROADCAST)).sync();
        for (int turn = 0; turn < 20; turn++) {
            turn();
        }
        return loop.submit(() -> ports.get(number).get("h").takeSent().stream()
                        .filter(frame -> frame.equals(new MemoryFrame(BROADCAST)))
                        .count())
                .get();
    }

    private void untilSettled() throws Exception {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(8);
        while (!isSettled()) {
            assertThat(System.nanoTime()).as("in time").isLessThan(end);
            turn();
            TimeUnit.MILLISECONDS.sleep(2);
        }
    }

    @Test
    void aTreeDeliversABroadcastOnceAndHealsWhenACableIsCut() throws Exception {
        ring(PortVlans.transparent(), PortVlans.transparent());
        protectByTrees();
        untilSettled();
        assertThat(status(0).tree().orElseThrow().rootPort()).isZero();
        assertThat(status(2).treePorts().get("b").role()).isEqualTo(PortRole.ALTERNATE);
        assertThat(received(1)).isEqualTo(1);
        assertThat(received(2)).isEqualTo(1);

        MemoryPort[] cut = cables.removeFirst();
        switches.get(0).detach(cut[0].name()).sync();
        switches.get(1).detach(cut[1].name()).sync();
        untilSettled();
        assertThat(received(1)).isEqualTo(1);
        assertThat(status(1).treePorts()).containsOnlyKeys("a", "h");
    }

    @Test
    void bpdusPassWhereTrunksAdmitNoUntaggedFrames() throws Exception {
        VlanId ten = new VlanId(10);
        ring(PortVlans.trunk(VlanSet.of(ten)), PortVlans.access(ten));
        protectByTrees();
        untilSettled();
        assertThat(received(2)).isEqualTo(1);
    }

    @Test
    void aPortThatOthersAreMirroredToIsNoPartOfTheTree() throws Exception {
        ring(PortVlans.transparent(), PortVlans.transparent());
        protectByTrees();
        untilSettled();
        Mirror mirror = new Mirror("h", Set.of("a"), Set.of());
        switches.getFirst()
                .configure(RelaySettings.DEFAULT.withMirrors(List.of(mirror)))
                .sync();
        assertThat(status(0).treePorts().get("h").role()).isEqualTo(PortRole.DISABLED);
        assertThat(status(0).treePorts().get("a").role()).isEqualTo(PortRole.DESIGNATED);
    }

    @Test
    void detectionBreaksTheLoopAndTellsOfIt() throws Exception {
        ring(PortVlans.transparent(), PortVlans.transparent());
        for (int number = 0; number < 3; number++) {
            protect(number, new LoopProtection.Detection());
        }
        loop.submit(() -> ports.getFirst().get("h").receive(BROADCAST)).sync();
        until(() -> found.size() == 1, 5000);
        assertThat(found.peek()).endsWith("b blocked");
        for (int turn = 0; turn < 20; turn++) {
            turn();
        }
        assertThat(received(1)).isEqualTo(1);
        assertThat(received(2)).isEqualTo(1);
        assertThat(List.of(0, 1, 2))
                .filteredOn(number -> !status(number).loops().isEmpty())
                .hasSize(1);

        cables.removeFirst();
        until(() -> found.size() == 2, 8000);
        assertThat(found).last().asString().endsWith("b freed");
    }

    @Test
    void detectionSeesLoopsWithinAVlan() throws Exception {
        VlanId ten = new VlanId(10);
        ring(PortVlans.trunk(VlanSet.of(ten)), PortVlans.access(ten));
        for (int number = 0; number < 3; number++) {
            protect(number, new LoopProtection.Detection());
        }
        loop.submit(() -> ports.getFirst().get("h").receive(BROADCAST)).sync();
        until(() -> found.size() == 1, 5000);
    }

    @Test
    void detectionSeesALoopInTheLastOfAllVlansAndKeepsItBroken() throws Exception {
        VlanSet all = VlanSet.none();
        for (int vlan = 1; vlan <= 200; vlan++) {
            all = all.with(new VlanId(vlan));
        }
        VlanId last = new VlanId(201);
        ring(PortVlans.trunk(all.with(last)), PortVlans.access(last));
        // In all other VLANs there is no loop.
        loop.submit(() -> switches.get(0).configure("a", new PortSettings(PortVlans.trunk(VlanSet.of(last)))))
                .sync();
        for (int number = 0; number < 3; number++) {
            protect(number, new LoopProtection.Detection());
        }
        loop.submit(() -> ports.getFirst().get("h").receive(BROADCAST)).sync();
        until(() -> found.size() == 1, 10_000);
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(5);
        until(() -> found.size() > 1 || System.nanoTime() > end, 8_000);
        assertThat(found).hasSize(1);
    }

    @Test
    void withoutProtectionAFrameGoesRoundForEver() throws Exception {
        ring(PortVlans.transparent(), PortVlans.transparent());
        loop.submit(() -> ports.getFirst().get("h").receive(BROADCAST)).sync();
        until(() -> carried > 300, 5000);
        protect(0, new LoopProtection.Detection());
        protect(0, new LoopProtection.None());
        assertThat(status(0)).isEqualTo(ProtectionStatus.NONE);
    }
}
