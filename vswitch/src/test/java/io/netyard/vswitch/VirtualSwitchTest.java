package io.netyard.vswitch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.channel.IoEventLoop;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.EpollIoHandler;
import io.netyard.net.VlanId;
import io.netyard.vlan.PortVlans;
import io.netyard.vswitch.pipeline.PortSettings;
import io.netyard.vswitch.pipeline.RelaySettings;
import io.netyard.vswitch.pipeline.RelaySnapshot;
import io.netyard.vswitch.port.Burst;
import io.netyard.vswitch.port.MemoryFrame;
import io.netyard.vswitch.port.MemoryPort;
import io.netyard.vswitch.port.Port;
import io.netyard.vswitch.port.PortCapabilities;
import io.netyard.vswitch.port.PortContext;
import io.netyard.vswitch.port.PortCounters;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class VirtualSwitchTest {
    private static final byte[] BROADCAST =
            HexFormat.of().parseHex("ffffffffffff" + "020000000001" + "0800" + "00".repeat(46));
    private static final PortSettings PLAIN = new PortSettings(PortVlans.transparent());
    private static MultiThreadIoEventLoopGroup group;

    private final IoEventLoop loop = group.next();
    private final BlockingQueue<String> failures = new LinkedBlockingQueue<>();
    private final VirtualSwitch virtualSwitch =
            new VirtualSwitch(loop, 1024, (port, cause) -> failures.add(port + ": " + cause.getMessage()));

    @BeforeAll
    static void startLoop() {
        group = new MultiThreadIoEventLoopGroup(1, EpollIoHandler.newFactory());
    }

    @AfterAll
    static void stopLoop() throws Exception {
        group.shutdownGracefully(0, 1, TimeUnit.SECONDS).sync();
    }

    @AfterEach
    void closeSwitch() throws Exception {
        virtualSwitch.close().sync();
        assertThat(failures).isEmpty();
    }

    @Test
    void passesFramesBetweenAttachedPorts() throws Exception {
        MemoryPort one = attach("p1");
        MemoryPort two = attach("p2");
        assertThat(pass(one, two)).containsExactly(new MemoryFrame(BROADCAST));
        RelaySnapshot snapshot = virtualSwitch.snapshot().sync().getNow();
        assertThat(snapshot.port("p1").receivedFrames()).isEqualTo(1);
        assertThat(snapshot.addresses()).hasSize(1);
    }

    @Test
    void changesOnlyWhatDiffers() throws Exception {
        MemoryPort one = attach("p1");
        MemoryPort two = attach("p2");
        MemoryPort three = attach("p3");
        pass(one, two);
        MemoryPort four = new MemoryPort("p4", PortCapabilities.PLAIN);
        PortSettings ten = new PortSettings(PortVlans.access(new VlanId(10)));
        SwitchSettings wanted = new SwitchSettings(RelaySettings.DEFAULT, Map.of("p1", PLAIN, "p2", PLAIN, "p4", ten));
        virtualSwitch.reconfigure(wanted, Map.of("p4", four)).sync();

        RelaySnapshot snapshot = virtualSwitch.snapshot().sync().getNow();
        assertThat(snapshot.ports())
                .extracting(RelaySnapshot.PortSnapshot::name)
                .containsExactly("p1", "p2", "p4");
        assertThat(snapshot.port("p1").receivedFrames()).as("untouched").isEqualTo(1);
        assertThat(snapshot.addresses()).as("untouched").hasSize(1);
        assertThatThrownBy(() -> pass(three, one)).hasMessageContaining("not attached");
        three.takeSent();
        assertThat(pass(one, four)).isEmpty();

        virtualSwitch.configure("p4", PLAIN).sync();
        assertThat(pass(one, four)).hasSize(1);
    }

    @Test
    void losesNoFrameOnUntouchedPortsWhileOthersComeAndGo() throws Exception {
        MemoryPort one = attach("p1");
        MemoryPort two = attach("p2");
        AtomicBoolean stop = new AtomicBoolean();
        int[] sent = {0};
        loop.execute(new Runnable() {
            @Override
            public void run() {
                one.receive(BROADCAST);
                sent[0]++;
                if (!stop.get()) {
                    loop.execute(this);
                }
            }
        });
        for (int round = 0; round < 50; round++) {
            MemoryPort other = new MemoryPort("other", PortCapabilities.PLAIN);
            virtualSwitch.attach(other, PLAIN).sync();
            virtualSwitch
                    .configure(RelaySettings.DEFAULT.withAgeing(10 + round))
                    .sync();
            virtualSwitch.detach("other").sync();
        }
        stop.set(true);
        int[] received = {0};
        loop.submit(() -> received[0] = two.takeSent().size()).sync();
        assertThat(received[0]).isEqualTo(sent[0]).isGreaterThan(50);
    }

    @Test
    @Tag("F41")
    void detachesAPortThatFailsAndGoesOn() throws Exception {
        MemoryPort one = attach("p1");
        MemoryPort two = attach("p2");
        FailingPort failing = new FailingPort(false);
        virtualSwitch.attach(failing, PLAIN).sync();
        assertThat(pass(one, two)).hasSize(1);
        assertThat(failures.poll(5, TimeUnit.SECONDS)).isEqualTo("failing: the device is gone");
        assertThat(failing.isDetached).isTrue();
        assertThat(pass(one, two)).hasSize(1);
    }

    @Test
    void aPortThatCannotBeAttachedLeavesNothingBehind() throws Exception {
        MemoryPort one = attach("p1");
        assertThatThrownBy(
                        () -> virtualSwitch.attach(new FailingPort(true), PLAIN).sync())
                .hasMessageContaining("no such device");
        SwitchSettings wanted =
                new SwitchSettings(RelaySettings.DEFAULT, Map.of("p1", PLAIN, "p2", PLAIN, "failing", PLAIN));
        MemoryPort two = new MemoryPort("p2", PortCapabilities.PLAIN);
        assertThatThrownBy(() -> virtualSwitch
                        .reconfigure(wanted, Map.of("p2", two, "failing", new FailingPort(true)))
                        .sync())
                .hasMessageContaining("some ports could not be attached");
        assertThat(pass(one, two)).as("the others are there").hasSize(1);
    }

    @Test
    void tellsDecisionsWhileAskedTo() throws Exception {
        MemoryPort one = attach("p1");
        BlockingQueue<String> log = new LinkedBlockingQueue<>();
        virtualSwitch.logDecisions(decision -> log.add(decision.toString())).sync();
        pass(one, one);
        virtualSwitch.stopLogging().sync();
        pass(one, one);
        assertThat(log).hasSize(1).first().asString().endsWith("dropped: no other port takes it");
    }

    private MemoryPort attach(String name) throws Exception {
        MemoryPort port = new MemoryPort(name, PortCapabilities.PLAIN);
        virtualSwitch.attach(port, PLAIN).sync();
        return port;
    }

    private List<MemoryFrame> pass(MemoryPort from, MemoryPort to) throws Exception {
        return loop.submit(() -> {
                    from.receive(BROADCAST);
                    return to.takeSent();
                })
                .sync()
                .getNow();
    }

    private static final class FailingPort implements Port {
        private final PortCounters counters = new PortCounters();
        private final boolean cannotAttach;
        private boolean isDetached;

        FailingPort(boolean cannotAttach) {
            this.cannotAttach = cannotAttach;
        }

        @Override
        public String name() {
            return "failing";
        }

        @Override
        public PortCapabilities capabilities() {
            return PortCapabilities.PLAIN;
        }

        @Override
        public PortCounters counters() {
            return counters;
        }

        @Override
        public void attach(PortContext context) {
            if (cannotAttach) {
                throw new IllegalStateException("no such device");
            }
        }

        @Override
        public int transmit(Burst burst) {
            throw new IllegalStateException("the device is gone");
        }

        @Override
        public void detach() {
            isDetached = true;
        }
    }
}
