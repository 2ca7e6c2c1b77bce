package io.netyard.vswitch.stp;

import static org.assertj.core.api.Assertions.assertThat;

import io.netyard.net.MacAddress;
import io.netyard.vswitch.pipeline.PortState;
import io.netyard.vswitch.stp.Bpdu.ChangeNotification;
import io.netyard.vswitch.stp.Bpdu.Configuration;
import io.netyard.vswitch.stp.Bpdu.Flags;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// One bridge, whose neighbours say what the test wants.
class TreePortTest {
    private static final MacAddress NEIGHBOUR = MacAddress.parse("02:00:00:00:00:01");
    private static final BridgeId BETTER = SimulatedNetwork.id(4096, 1);
    private static final BridgeId WORSE = SimulatedNetwork.id(0xf000, 1);
    private static final Times TIMES = new Times(0, 6, 2, 1);

    private final List<Bpdu> sent = new ArrayList<>();
    private final List<Integer> flushed = new ArrayList<>();
    private int changes;
    private final SpanningTree tree = new SpanningTree(
            new TreeSettings(SimulatedNetwork.id(BridgeId.DEFAULT_PRIORITY, 5), 6, 2, 1), new TreeActions() {
                @Override
                public void send(int port, byte[] frame) {
                    BpduFrame.read(frame).ifPresent(sent::add);
                }

                @Override
                public void state(int port, PortState state) {}

                @Override
                public void flush(int port) {
                    flushed.add(port);
                }

                @Override
                public void changed() {
                    changes++;
                }
            });

    private void receive(int port, Bpdu bpdu) {
        tree.receive(port, BpduFrame.write(bpdu, NEIGHBOUR));
    }

    private static Configuration older(BridgeId bridge) {
        Flags flags = new Flags(PortRole.DESIGNATED, false, false, false, false, false, false);
        return new Configuration(false, flags, new PriorityVector(bridge, 0, bridge, 0x8001), TIMES);
    }

    private TreeStatus.Port port(int number) {
        return tree.status().ports().get(number - 1);
    }

    private int secondsUntil(PortState state, int number) {
        int seconds = 0;
        while (port(number).state() != state && seconds < 100) {
            tree.tick();
            seconds++;
        }
        return seconds;
    }

    @Test
    void aPortToAStationForwardsAfterThreeSecondsOfSilence() {
        tree.addPort(1, TreePortSettings.ofCost(2));
        assertThat(tree.status().isSettled()).isTrue();
        tree.setUp(1, true);
        assertThat(tree.status().isSettled()).isFalse();
        assertThat(secondsUntil(PortState.FORWARDING, 1)).isEqualTo(3);
        assertThat(port(1).edge()).isTrue();
        assertThat(tree.status().changes()).as("stations come and go unnoticed").isZero();
    }

    @Test
    void aPortThatIsToldToBeAnEdgeForwardsAtOnceAndStopsAtABpdu() {
        tree.addPort(1, new TreePortSettings(2, 128, true, true, true));
        tree.setUp(1, true);
        assertThat(port(1).state()).isEqualTo(PortState.FORWARDING);
        receive(1, older(WORSE));
        assertThat(port(1).edge()).isFalse();
    }

    @Test
    void speaksTheOlderProtocolToAnOlderNeighbourAndGoesBackToTheRapidOne() {
        tree.addPort(1, TreePortSettings.ofCost(2));
        tree.setUp(1, true);
        for (int second = 0; second < 4; second++) {
            tree.tick();
            receive(1, older(WORSE));
        }
        assertThat(port(1).rapid()).isFalse();
        sent.clear();
        tree.tick();
        assertThat(sent)
                .singleElement()
                .isInstanceOfSatisfying(
                        Configuration.class, bpdu -> assertThat(bpdu.rapid()).isFalse());
        for (int second = 0; second < 4; second++) {
            receive(
                    1,
                    new Configuration(true, older(WORSE).flags(), older(WORSE).priority(), TIMES));
            tree.tick();
        }
        assertThat(port(1).rapid()).isTrue();
    }

    @Test
    void waitsTwiceTheForwardDelayWhereNobodyAgrees() {
        tree.addPort(1, new TreePortSettings(2, 128, false, false, true));
        tree.setUp(1, true);
        assertThat(secondsUntil(PortState.LEARNING, 1))
                .as("max age first: the port was down")
                .isEqualTo(6);
        assertThat(secondsUntil(PortState.FORWARDING, 1)).isEqualTo(2);
    }

    @Test
    void anAgreementOnASharedSegmentCountsForNothing() {
        tree.addPort(1, TreePortSettings.ofCost(2).shared());
        tree.setUp(1, true);
        BridgeId own = tree.status().bridge();
        receive(
                1,
                new Configuration(
                        true,
                        new Flags(PortRole.ROOT, false, false, false, true, true, true),
                        new PriorityVector(own, 2, WORSE, 0x8001),
                        TIMES));
        assertThat(port(1).state()).isEqualTo(PortState.DISCARDING);
    }

    @Test
    void tellsAnOlderRootOfAChangeUntilItIsAcknowledged() {
        tree.addPort(1, TreePortSettings.ofCost(2));
        tree.addPort(2, TreePortSettings.ofCost(2));
        tree.setUp(1, true);
        for (int second = 0; second < 5; second++) {
            receive(1, older(BETTER));
            tree.tick();
        }
        assertThat(port(1).role()).isEqualTo(PortRole.ROOT);
        tree.setUp(2, true);
        receive(2, older(WORSE));
        for (int second = 0; second < 9; second++) {
            receive(1, older(BETTER));
            receive(2, older(WORSE));
            tree.tick();
        }
        assertThat(port(2).state()).isEqualTo(PortState.FORWARDING);
        assertThat(sent).last().isInstanceOf(Bpdu.class);
        assertThat(sent).contains(new ChangeNotification());

        receive(
                1,
                new Configuration(
                        false,
                        new Flags(PortRole.DESIGNATED, false, true, false, false, false, false),
                        older(BETTER).priority(),
                        TIMES));
        sent.clear();
        tree.tick();
        assertThat(sent).doesNotContain(new ChangeNotification());
    }

    @Test
    void flushesOtherPortsWhenANeighbourTellsOfAChange() {
        tree.addPort(1, new TreePortSettings(2, 128, false, false, true));
        tree.addPort(2, new TreePortSettings(2, 128, false, false, true));
        tree.setUp(1, true);
        tree.setUp(2, true);
        assertThat(secondsUntil(PortState.FORWARDING, 2)).isEqualTo(8);
        flushed.clear();
        receive(1, new ChangeNotification());
        assertThat(flushed).containsExactly(2);
        assertThat(changes).as("told to whoever knows more than addresses").isPositive();
        sent.clear();
        tree.tick();
        assertThat(sent)
                .anySatisfy(bpdu ->
                        assertThat(((Configuration) bpdu).flags().change()).isTrue());
    }

    @Test
    void aPortThatHearsItselfNeverForwards() {
        tree.addPort(1, TreePortSettings.ofCost(2));
        tree.setUp(1, true);
        for (int second = 0; second < 60; second++) {
            tree.tick();
            for (Bpdu bpdu : List.copyOf(sent)) {
                receive(1, bpdu);
            }
            sent.clear();
            assertThat(port(1).state()).isNotEqualTo(PortState.FORWARDING);
        }
    }

    @Test
    void sendsNoMoreThanSixBpdusASecond() {
        tree.addPort(1, TreePortSettings.ofCost(2));
        tree.setUp(1, true);
        sent.clear();
        for (int priority = 0xf000; priority > 0x1000; priority--) {
            receive(1, older(SimulatedNetwork.id(priority, 1)));
        }
        assertThat(sent).hasSizeLessThanOrEqualTo(TreePort.TX_HOLD_COUNT);
    }

    @Test
    void survivesNonsense() {
        Random random = new Random(7);
        for (int number = 1; number <= 4; number++) {
            tree.addPort(number, TreePortSettings.ofCost(number));
        }
        byte[] good = BpduFrame.write(older(BETTER), NEIGHBOUR);
        for (int round = 0; round < 200_000; round++) {
            int number = 1 + random.nextInt(4);
            switch (random.nextInt(10)) {
                case 0 -> tree.tick();
                case 1 -> tree.setUp(number, random.nextInt(4) != 0);
                default -> {
                    byte[] frame = good.clone();
                    frame[19] = (byte) (random.nextBoolean() ? 2 : 0);
                    frame[20] = (byte) (random.nextInt(8) == 0 ? 0x80 : frame[19]);
                    frame[13] = 0x27;
                    for (int change = random.nextInt(8); change > 0; change--) {
                        frame[17 + random.nextInt(43)] = (byte) random.nextInt(random.nextBoolean() ? 4 : 256);
                    }
                    tree.receive(number, random.nextInt(50) == 0 ? Arrays.copyOf(frame, random.nextInt(60)) : frame);
                }
            }
        }
        assertThat(tree.ranOut()).isFalse();
        assertThat(port(1).unreadable()).isPositive();
    }
}
