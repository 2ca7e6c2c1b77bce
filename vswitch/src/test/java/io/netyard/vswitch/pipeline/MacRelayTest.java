package io.netyard.vswitch.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.netyard.net.MacAddress;
import io.netyard.net.VlanId;
import io.netyard.vlan.PortVlans;
import io.netyard.vlan.VlanSet;
import io.netyard.vlan.VlanTag;
import io.netyard.vlan.frame.Memory;
import io.netyard.vlan.frame.MemoryBlock;
import io.netyard.vswitch.port.Burst;
import io.netyard.vswitch.port.MemoryFrame;
import io.netyard.vswitch.port.Offload;
import io.netyard.vswitch.port.Port;
import io.netyard.vswitch.port.PortCapabilities;
import io.netyard.vswitch.port.PortContext;
import io.netyard.vswitch.port.PortCounters;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class MacRelayTest {
    private static final VlanId TEN = new VlanId(10);
    private static final String A = "020000000001";
    private static final String B = "020000000002";
    private static final String C = "020000000003";
    private static final String ALL = "ffffffffffff";
    private static final String IP = "0800" + "45".repeat(46);
    private static final PortSettings PLAIN = new PortSettings(PortVlans.transparent());

    private final RelayFixture relay = new RelayFixture();

    @AfterEach
    void close() {
        relay.close();
        assertThat(relay.failures).isEmpty();
    }

    @Test
    void floodsUnknownStationsAndSendsToKnownOnesAlone() {
        addThreePlain();
        assertThat(relay.receive("p1", B + A + IP)).containsExactly("p2 " + B + A + IP, "p3 " + B + A + IP);
        assertThat(relay.receive("p2", A + B + IP)).containsExactly("p1 " + A + B + IP);
        assertThat(relay.receive("p1", B + A + IP)).containsExactly("p2 " + B + A + IP);
    }

    @Test
    void takesOverTheMtuOfADeviceThatChanges() {
        int[] mtu = {1500};
        List<Integer> sent = new ArrayList<>();
        relay.add("p1", new PortCapabilities(0, false, 9000), PLAIN);
        relay.add(new Sink("p2", mtu, sent), PLAIN);
        relay.receive("p1", ALL + A + "0800" + "45".repeat(1501));
        assertThat(relay.drops("p2", DropReason.TOO_LONG)).isOne();
        mtu[0] = 1501;
        relay.relay.refresh();
        relay.receive("p1", ALL + A + "0800" + "45".repeat(1501));
        assertThat(sent).containsExactly(1515);
    }

    /// A port whose MTU changes.
    private record Sink(String name, int[] mtu, List<Integer> sent) implements Port {
        @Override
        public PortCapabilities capabilities() {
            return PortCapabilities.PLAIN.withMtu(mtu[0]);
        }

        @Override
        public PortCounters counters() {
            return new PortCounters();
        }

        @Override
        public void attach(PortContext context) {}

        @Override
        public int transmit(Burst burst) {
            for (int at = 0; at < burst.size(); at++) {
                sent.add(burst.length(at));
            }
            return burst.size();
        }

        @Override
        public void detach() {}
    }

    @Test
    void givesTheSwitchAllOfABpduOfManyTrees() {
        List<Integer> lengths = new ArrayList<>();
        relay.add("p1", PLAIN);
        relay.relay.control(new ControlFrames() {
            @Override
            public boolean wants(long destination) {
                return true;
            }

            @Override
            public boolean take(String port, int vlan, byte[] frame) {
                return lengths.add(frame.length);
            }
        });
        // MST BPDUs of 64 instances, the most (IEEE 802.1Q clause 14.4).
        relay.receive("p1", "0180c2000000" + A + "0475" + "42".repeat(0x475));
        assertThat(lengths).containsExactly(14 + 0x475);
    }

    @Test
    void passesTagsOfAllKindsUntouchedWhenNoPortNamesAVlan() {
        addThreePlain();
        String stacked = ALL + A + "88a80064" + "8100e00a" + IP;
        assertThat(relay.receive("p1", stacked)).containsExactly("p2 " + stacked, "p3 " + stacked);
        MemoryFrame takenOut = new MemoryFrame(
                RelayFixture.bytes(ALL + A + "8100e00a" + IP), Offload.NONE, VlanTag.of(VlanTag.S_TAG, 100), 0);
        assertThat(relay.receive("p1", takenOut)).containsExactly("p2 " + stacked, "p3 " + stacked);
    }

    @Test
    void sendsAFloodedFrameInTheFormThatEachPortWants() {
        relay.add("p1", new PortSettings(PortVlans.access(TEN)))
                .add("p2", new PortSettings(PortVlans.trunk(VlanSet.of(TEN))))
                .add("p3", new PortSettings(PortVlans.trunk(VlanSet.of(TEN)).withTpid(VlanTag.S_TAG)))
                .add("p4", new PortSettings(PortVlans.access(TEN)))
                .add("p5", new PortSettings(PortVlans.access(new VlanId(20))));
        assertThat(relay.receive("p1", ALL + A + IP))
                .containsExactly(
                        "p2 " + ALL + A + "8100000a" + IP, "p3 " + ALL + A + "88a8000a" + IP, "p4 " + ALL + A + IP);
        assertThat(relay.receive("p2", ALL + B + "8100600a" + IP))
                .containsExactly("p1 " + ALL + B + IP, "p3 " + ALL + B + "88a8600a" + IP, "p4 " + ALL + B + IP);
    }

    @Test
    void aHubPassesEverythingOnUnlookedAt() {
        addThreePlain();
        relay.relay.configure(RelaySettings.DEFAULT.withHub(true));
        for (String frame : List.of("0180c2000000" + A + IP, B + ALL + IP, ALL + A + "8100ffff" + IP)) {
            assertThat(relay.receive("p1", frame)).containsExactly("p2 " + frame, "p3 " + frame);
        }
        relay.receive("p2", A + B + IP);
        assertThat(relay.receive("p1", B + A + IP)).as("it does not learn").hasSize(2);
        assertThat(relay.snapshot().addresses()).isEmpty();
    }

    @Test
    void aHubTakesNothingFromAPortThatIsHeld() {
        addThreePlain();
        relay.relay.configure(RelaySettings.DEFAULT.withHub(true));
        relay.relay.hold("p1", PortState.DISCARDING);
        assertThat(relay.receive("p1", ALL + A + IP)).isEmpty();
        assertThat(relay.drops("p1", DropReason.NOT_FORWARDING)).isEqualTo(1);
        assertThat(relay.receive("p2", ALL + A + IP)).containsExactly("p3 " + ALL + A + IP);
    }

    @Test
    void clause863ForwardsTheReservedAddressesThatItIsToldTo() {
        addThreePlain();
        assertThat(relay.receive("p1", "0180c2000000" + A + IP)).isEmpty();
        assertThat(relay.drops("p1", DropReason.RESERVED_ADDRESS)).isEqualTo(1);
        relay.relay.configure(RelaySettings.DEFAULT.withForwardedReserved(1));
        assertThat(relay.receive("p1", "0180c2000000" + A + IP)).hasSize(2);
        assertThat(relay.receive("p1", "0180c200000e" + A + IP)).isEmpty();
        assertThat(relay.receive("p1", "0180c2000010" + A + IP))
                .as("a group like others")
                .hasSize(2);
    }

    @Test
    void learnsFromReservedFramesAsClause86Does() {
        addThreePlain();
        relay.receive("p1", "0180c2000000" + A + IP);
        assertThat(relay.receive("p2", A + B + IP)).containsExactly("p1 " + A + B + IP);
    }

    @Test
    @Tag("F37")
    void limitsStormsOfEachKindOnItsOwn() {
        StormLimits limits = new StormLimits(OptionalInt.of(100), OptionalInt.of(0), OptionalInt.empty());
        relay.add("p1", PLAIN.withStorm(limits)).add("p2", PLAIN);
        for (int frame = 0; frame < 50; frame++) {
            relay.receive("p1", ALL + A + IP);
            relay.receive("p1", "01005e000001" + A + IP);
            relay.receive("p1", C + A + IP);
        }
        assertThat(relay.drops("p1", DropReason.BROADCAST_STORM))
                .as("a tenth of a second passes")
                .isEqualTo(40);
        assertThat(relay.drops("p1", DropReason.MULTICAST_STORM)).isEqualTo(50);
        assertThat(relay.drops("p1", DropReason.UNKNOWN_STORM)).isZero();
        relay.passSeconds(1);
        assertThat(relay.receive("p1", ALL + A + IP)).hasSize(1);
    }

    @Test
    @Tag("F37")
    void aCableLoopEndsAtTheStormLimit() {
        StormLimits limits = new StormLimits(OptionalInt.of(1000), OptionalInt.empty(), OptionalInt.empty());
        try (RelayFixture other = new RelayFixture()) {
            for (RelayFixture each : List.of(relay, other)) {
                each.add("p1", PLAIN.withStorm(limits))
                        .add("p2", PLAIN.withStorm(limits))
                        .add("host", PLAIN);
            }
            relay.send("host", new MemoryFrame(RelayFixture.bytes(ALL + A + IP)));
            int rounds = 0;
            int atTheHost = 0;
            boolean isAlive = true;
            while (isAlive && rounds < 10_000) {
                rounds++;
                atTheHost += carry(relay, other);
                isAlive = carry(other, relay) > 0;
            }
            assertThat(rounds).isLessThan(10_000);
            assertThat(atTheHost).isBetween(100, 1000);
            assertThat(other.drops("p1", DropReason.BROADCAST_STORM)).isPositive();
            assertThat(relay.snapshot().moves()).as("how a loop is seen").isPositive();
        }
    }

    /// Carries what left by both cables to the other end; says how many frames there were for the host.
    private static int carry(RelayFixture from, RelayFixture to) {
        Map<String, List<MemoryFrame>> sent = from.take();
        sent.getOrDefault("p1", List.of()).forEach(frame -> to.send("p1", frame));
        sent.getOrDefault("p2", List.of()).forEach(frame -> to.send("p2", frame));
        return sent.get("host").size();
    }

    @Test
    @Tag("F40")
    void staticStationsDoNotMove() {
        addThreePlain();
        relay.relay.configure(RelaySettings.DEFAULT.withStations(
                Set.of(new RelaySettings.Station(new VlanId(1), MacAddress.parse("02:00:00:00:00:02"), "p3", 0))));
        relay.receive("p2", ALL + B + IP);
        relay.passSeconds(1000);
        assertThat(relay.receive("p1", B + A + IP)).containsExactly("p3 " + B + A + IP);
        relay.relay.configure(RelaySettings.DEFAULT);
        assertThat(relay.receive("p1", B + A + IP)).hasSize(2);
    }

    @Test
    void forgetsWhatWasBehindAPortThatWasRemoved() {
        addThreePlain();
        relay.receive("p2", ALL + B + IP);
        relay.remove("p2");
        assertThat(relay.receive("p1", B + A + IP)).containsExactly("p3 " + B + A + IP);
        relay.add("p2", PLAIN);
        assertThat(relay.receive("p1", B + A + IP)).hasSize(2);
        assertThatIllegalArgumentException().isThrownBy(() -> relay.add("p2", PLAIN));
        assertThatIllegalArgumentException().isThrownBy(() -> relay.relay.remove("p9"));
    }

    @Test
    void mirrorsWhatAPortReceivesAndSendsInItsFormAtThatPort() {
        relay.add("p1", new PortSettings(PortVlans.access(TEN)))
                .add("p2", new PortSettings(PortVlans.trunk(VlanSet.of(TEN))))
                .add("m", PLAIN);
        relay.relay.configure(
                RelaySettings.DEFAULT.withMirrors(List.of(new RelaySettings.Mirror("m", Set.of("p2"), Set.of("p2")))));
        relay.receive("p1", ALL + A + IP);
        assertThat(relay.receive("p2", A + B + "8100000a" + IP))
                .containsExactly("p1 " + A + B + IP, "m " + A + B + "8100000a" + IP);
        assertThat(relay.receive("p1", B + A + IP))
                .containsExactly("p2 " + B + A + "8100000a" + IP, "m " + B + A + "8100000a" + IP);
        assertThat(relay.receive("p2", ALL + B + "81000014" + IP))
                .as("dropped, but shown")
                .containsExactly("m " + ALL + B + "81000014" + IP);
        assertThat(relay.receive("m", ALL + C + IP))
                .as("a mirror passes nothing")
                .isEmpty();
        assertThat(relay.drops("m", DropReason.MIRROR_PORT)).isEqualTo(1);
    }

    @Test
    void dropsWhatIsLongerThanThePortThatItLeavesBy() {
        relay.add("p1", PortCapabilities.PLAIN.withMtu(9000), new PortSettings(PortVlans.access(TEN)))
                .add("p2", new PortSettings(PortVlans.trunk(VlanSet.of(TEN))))
                .add("p3", PortCapabilities.PLAIN.withMtu(1501), new PortSettings(PortVlans.access(TEN)));
        assertThat(relay.receive("p1", ALL + A + "0800" + "00".repeat(1500)))
                .as("a tag does not count")
                .hasSize(2);
        assertThat(relay.receive("p1", ALL + A + "0800" + "00".repeat(1501))).hasSize(1);
        assertThat(relay.drops("p2", DropReason.TOO_LONG)).isEqualTo(1);
    }

    @Test
    void padsForPortsThatWantIt() {
        relay.add("p1", new PortSettings(PortVlans.trunk(VlanSet.of(TEN))))
                .add("p2", new PortCapabilities(0, true, 1500), new PortSettings(PortVlans.access(TEN)))
                .add("p3", new PortSettings(PortVlans.access(TEN)));
        String frame = ALL + A + "8100000a" + "0806" + "11".repeat(28);
        assertThat(relay.receive("p1", frame))
                .containsExactly(
                        "p2 " + ALL + A + "0806" + "11".repeat(28) + "00".repeat(18),
                        "p3 " + ALL + A + "0806" + "11".repeat(28));
    }

    @Test
    void countsFramesByPortAndVlan() {
        relay.add("p1", new PortSettings(PortVlans.access(TEN)))
                .add("p2", new PortSettings(PortVlans.trunk(VlanSet.of(TEN))));
        relay.receive("p1", ALL + A + IP);
        relay.receive("p1", ALL + A + "81000014" + IP);
        RelaySnapshot snapshot = relay.snapshot();
        assertThat(snapshot.port("p1").receivedFrames()).isEqualTo(2);
        assertThat(snapshot.port("p1").receivedBytes()).isEqualTo(60 + 64);
        assertThat(snapshot.port("p1").drops(DropReason.TAGGED_NOT_ADMITTED)).isEqualTo(1);
        assertThat(snapshot.port("p2").sentFrames()).isEqualTo(1);
        assertThat(snapshot.port("p2").sentBytes()).isEqualTo(64);
        assertThat(snapshot.vlans()).containsExactly(new RelaySnapshot.VlanSnapshot(TEN, 1, 60));
    }

    @Test
    void tellsItsDecisionsWhileAskedTo() {
        relay.add("p1", new PortSettings(PortVlans.access(TEN)))
                .add("p2", new PortSettings(PortVlans.trunk(VlanSet.of(TEN))));
        List<String> log = new ArrayList<>();
        relay.relay.logDecisions(decision -> log.add(decision.toString()));
        relay.receive("p1", ALL + A + IP);
        relay.receive("p2", A + B + "8100600a" + IP);
        relay.receive("p1", A + B + IP);
        relay.receive("p2", ALL + B + IP);
        relay.receive("p2", "0200");
        relay.relay.stopLogging();
        relay.receive("p1", ALL + A + IP);
        assertThat(log)
                .containsExactly(
                        "1 p1 02:00:00:00:00:01 > ff:ff:ff:ff:ff:ff 60 bytes, untagged, vlan 10, source new;"
                                + " everybody, flooded; p2 802.1Q vlan 10",
                        "2 p2 02:00:00:00:00:02 > 02:00:00:00:00:01 64 bytes, 802.1Q vlan 10 pcp 3, vlan 10,"
                                + " source new; known; p1 untagged",
                        "3 p1 02:00:00:00:00:02 > 02:00:00:00:00:01 60 bytes, untagged, vlan 10, source moved;"
                                + " known; dropped: its destination is where it came from",
                        "4 p2 02:00:00:00:00:02 > ff:ff:ff:ff:ff:ff 60 bytes, untagged;"
                                + " dropped: the port admits no untagged frames",
                        "5 p2 2 bytes, untagged; dropped: shorter than an Ethernet header");
    }

    @Test
    void leavesNoFramesInQueuesWhenAListenerThrows() {
        addThreePlain();
        relay.relay.logDecisions(_ -> {
            throw new IllegalStateException("no room for more");
        });
        MemoryFrame frame = new MemoryFrame(RelayFixture.bytes(ALL + A + IP));
        assertThatIllegalStateException().isThrownBy(() -> relay.send("p1", frame, frame));
        assertThat(relay.take().get("p2")).as("the frame before").hasSize(1);
    }

    @Test
    void aFrameGoesTheWayOfTheOneBeforeOnlyIfNothingWasLearnedBetween() {
        addThreePlain();
        relay.receive("p2", ALL + B + IP);
        MemoryFrame there = new MemoryFrame(RelayFixture.bytes(B + A + IP));
        MemoryFrame back = new MemoryFrame(RelayFixture.bytes(A + B + IP));
        assertThat(relay.receive("p1", there, there, back, there)).as("B moved").hasSize(2);
        assertThat(relay.drops("p1", DropReason.SAME_PORT)).isEqualTo(2);
        assertThat(relay.snapshot().vlans().getFirst().frames()).isEqualTo(5);
    }

    @Test
    void aTrainOfFramesEndsWhereItsPortFails() {
        BrokenPort broken = new BrokenPort();
        relay.add("p1", PLAIN).add(broken, PLAIN);
        try (MemoryBlock memory = new MemoryBlock(256)) {
            long frame = memory.address() + Port.HEAD_ROOM;
            Memory.copy(RelayFixture.bytes(ALL + B + IP), frame);
            Burst one = new Burst(1);
            one.add(frame, 60);
            relay.relay.receive("broken", one, relay.now);
            Memory.copy(RelayFixture.bytes(B + A + IP), frame);
            Burst train = new Burst(Burst.CAPACITY + 3);
            for (int at = 0; at < Burst.CAPACITY + 3; at++) {
                train.add(frame, 60);
            }
            relay.relay.receive("p1", train, relay.now);
        }
        assertThat(broken.calls).isEqualTo(1);
        assertThat(relay.drops("broken", DropReason.TRANSMIT_FAILED)).isEqualTo(Burst.CAPACITY);
        assertThat(relay.drops("p1", DropReason.NOT_FORWARDING)).isEqualTo(3);
        relay.failures.clear();
    }

    @Test
    void aPortThatThrowsDoesNotStopTheOthers() {
        BrokenPort broken = new BrokenPort();
        relay.add("p1", PLAIN).add(broken, PLAIN).add("p3", PLAIN);
        MemoryFrame frame = new MemoryFrame(RelayFixture.bytes(ALL + A + IP));
        assertThat(relay.receive("p1", frame, frame, frame)).hasSize(3);
        assertThat(relay.receive("p1", frame)).hasSize(1);
        assertThat(broken.calls).as("not asked again").isEqualTo(1);
        assertThat(relay.drops("broken", DropReason.TRANSMIT_FAILED)).isEqualTo(3);
        assertThat(relay.failures).containsExactly("broken: the device is gone");
        relay.failures.clear();
    }

    @Test
    void refusesSettingsOutOfRange() {
        assertThatIllegalArgumentException().isThrownBy(() -> RelaySettings.DEFAULT.withAgeing(5));
        assertThatIllegalArgumentException().isThrownBy(() -> RelaySettings.DEFAULT.withForwardedReserved(0x10000));
        assertThatIllegalArgumentException().isThrownBy(() -> new RelaySettings.Mirror("p1", Set.of("p1"), Set.of()));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new StormLimits(OptionalInt.of(-1), OptionalInt.empty(), OptionalInt.empty()));
    }

    private void addThreePlain() {
        relay.add("p1", PLAIN).add("p2", PLAIN).add("p3", PLAIN);
    }

    private static final class BrokenPort extends SinkPort {
        int calls;

        BrokenPort() {
            super("broken", PortCapabilities.PLAIN);
        }

        @Override
        public int transmit(Burst burst) {
            calls++;
            throw new IllegalStateException("the device is gone");
        }
    }
}
