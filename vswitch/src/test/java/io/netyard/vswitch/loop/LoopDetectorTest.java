package io.netyard.vswitch.loop;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/// Detectors on switches that flood probes, joined by cables.
class LoopDetectorTest {
    private static final int PLAIN = 1;

    private final List<Switch> switches = new ArrayList<>();
    private final Queue<Runnable> inFlight = new ArrayDeque<>();
    private long moves;

    private final class Switch implements LoopActions {
        final LoopDetector detector;
        final List<Peer> peers = new ArrayList<>();
        final Set<Integer> blocked = new TreeSet<>();
        int sent;

        private record Peer(Switch other, int port, boolean[] isCut) {}

        Switch(long number) {
            detector = new LoopDetector(number, this);
            switches.add(this);
        }

        void join(Switch other) {
            boolean[] isCut = {false};
            int here = peers.size() + 1;
            int there = other == this ? here + 1 : other.peers.size() + 1;
            peers.add(new Peer(other, there, isCut));
            other.peers.add(new Peer(this, here, isCut));
            detector.addPort(here);
            other.detector.addPort(there);
        }

        void cut(int port) {
            peers.get(port - 1).isCut()[0] = true;
        }

        @Override
        public Collection<Integer> vlans(int port) {
            return List.of(PLAIN);
        }

        @Override
        public void send(int port, int vlan, byte[] frame) {
            sent++;
            pass(port, frame);
        }

        private void pass(int port, byte[] frame) {
            Peer peer = peers.get(port - 1);
            if (!peer.isCut()[0]) {
                inFlight.add(() -> peer.other().receive(peer.port(), frame));
            }
        }

        private void receive(int port, byte[] frame) {
            if (!detector.receive(port, PLAIN, frame) && !blocked.contains(port)) {
                for (int out = 1; out <= peers.size(); out++) {
                    if (out != port && !blocked.contains(out)) {
                        pass(out, frame);
                    }
                }
            }
        }

        @Override
        public boolean passes(int from, int to, int vlan) {
            return from != to;
        }

        @Override
        public void block(int port, boolean isBlocked) {
            assertThat(isBlocked ? blocked.add(port) : blocked.remove(port)).isTrue();
        }
    }

    /// Lets time pass in which addresses move, or not.
    private void run(int ticks, boolean moving) {
        for (int tick = 0; tick < ticks; tick++) {
            moves += moving ? 100 : 0;
            switches.forEach(each -> each.detector.tick(moves));
            for (int step = 0; step < 500 && !inFlight.isEmpty(); step++) {
                inFlight.remove().run();
            }
        }
    }

    private int blockedPorts() {
        return switches.stream().mapToInt(each -> each.blocked.size()).sum();
    }

    private void ringOfThree() {
        Switch one = new Switch(10);
        Switch two = new Switch(20);
        Switch three = new Switch(30);
        one.join(two);
        two.join(three);
        three.join(one);
    }

    @Test
    void saysNothingWhereAddressesStay() {
        ringOfThree();
        run(100, false);
        assertThat(switches).allSatisfy(each -> assertThat(each.sent).isZero());
    }

    @Test
    void blocksNothingWhereAddressesMoveWithoutALoop() {
        Switch one = new Switch(10);
        one.join(new Switch(20));
        one.join(new Switch(30));
        run(100, true);
        assertThat(blockedPorts()).isZero();
    }

    @Test
    void oneSwitchOfARingBlocksItsLaterPort() {
        ringOfThree();
        run(8, true);
        assertThat(switches.getFirst().blocked).containsExactly(2);
        assertThat(blockedPorts()).isEqualTo(1);
        run(300, false);
        assertThat(blockedPorts()).as("as long as the loop is there").isEqualTo(1);
        assertThat(switches.getFirst().detector.ports()).containsExactly(new LoopDetector.PortStatus(2, true, 1));
    }

    @Test
    void aPortForwardsAgainWhenTheLoopIsGone() {
        ringOfThree();
        run(8, true);
        switches.get(1).cut(2);
        run(40, false);
        assertThat(blockedPorts()).isZero();
        assertThat(switches.getFirst().detector.ports()).containsExactly(new LoopDetector.PortStatus(2, false, 1));
    }

    @Test
    void severalCablesBetweenTwoSwitchesLeaveOne() {
        Switch one = new Switch(10);
        Switch two = new Switch(20);
        one.join(two);
        one.join(two);
        one.join(two);
        run(8, true);
        assertThat(one.blocked).containsExactly(2, 3);
        assertThat(two.blocked).isEmpty();
    }

    @Test
    void aCableFromASwitchToItselfIsBlocked() {
        Switch one = new Switch(10);
        one.join(one);
        run(8, true);
        assertThat(one.blocked).containsExactly(2);
    }

    @Test
    void loopsApartAreBrokenOneAfterTheOther() {
        ringOfThree();
        Switch four = new Switch(40);
        Switch five = new Switch(50);
        switches.get(1).join(four);
        four.join(five);
        four.join(five);
        run(60, true);
        assertThat(blockedPorts()).isEqualTo(2);
        assertThat(four.blocked).containsExactly(3);
    }

    @Test
    void survivesNonsense() {
        Random random = new Random(3);
        Switch one = new Switch(10);
        one.join(new Switch(20));
        one.join(new Switch(30));
        byte[] good = new Probe(10, 1, PLAIN, 0, true).write();
        for (int round = 0; round < 100_000; round++) {
            byte[] frame = Arrays.copyOf(good, random.nextInt(20) == 0 ? random.nextInt(70) : good.length);
            for (int change = random.nextInt(4); change > 0 && frame.length > 12; change--) {
                frame[12 + random.nextInt(frame.length - 12)] = (byte) random.nextInt();
            }
            one.detector.receive(1 + random.nextInt(3), random.nextInt(3) - 1, frame);
        }
        run(100, false);
    }
}
