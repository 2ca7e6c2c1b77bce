package io.netyard.vswitch.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.netyard.net.VlanId;
import io.netyard.vlan.FrameTypes;
import io.netyard.vlan.PortVlans;
import io.netyard.vlan.VlanSet;
import io.netyard.vlan.VlanTag;
import io.netyard.vswitch.port.MemoryFrame;
import io.netyard.vswitch.port.Offload;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/// The real switch against the reference: same frames in, same frames out of the same ports, same drops for
/// the same reasons, same table.
class ReferenceSwitchTest {
    private static final int SWITCHES = 2_500;
    private static final int FRAMES = 60;
    private static final int[] VIDS = {0, 1, 10, 11, 20, 4094, 4095};
    private static final int[] TPIDS = {VlanTag.C_TAG, VlanTag.S_TAG, VlanTag.QINQ_9100, VlanTag.QINQ_9200};
    private static final String[] ADDRESSES = {
        "020000000001",
        "020000000002",
        "020000000003",
        "020000000004",
        "ffffffffffff",
        "01005e000001",
        "0180c2000000",
        "0180c200000e",
        "0180c2000010",
        "000000000000"
    };

    private final Random random = new Random(20261121);
    private final ReferenceSwitch reference = new ReferenceSwitch();
    private final Map<String, Map<DropReason, Long>> drops = new HashMap<>();
    private final Set<DropReason> reasons = EnumSet.noneOf(DropReason.class);
    private int sent;

    @Test
    void agreesWithTheReferenceInAHundredAndFiftyThousandCases() {
        for (int round = 0; round < SWITCHES; round++) {
            reference.ports.clear();
            reference.table.clear();
            drops.clear();
            try (RelayFixture real = new RelayFixture()) {
                configureSwitch(real);
                for (int left = FRAMES; left > 0; ) {
                    left -= passABurst(
                            real, Math.min(left, 1 + random.nextInt(3)), "round " + round + ", left " + left);
                    disturb(real);
                }
                assertSameTable(real);
                assertSameDrops(real);
            }
        }
        assertThat(sent).as("enough of the cases send").isGreaterThan(40_000);
        assertThat(reasons)
                .containsExactlyInAnyOrder(
                        DropReason.RUNT,
                        DropReason.TRUNCATED_TAG,
                        DropReason.INVALID_SOURCE,
                        DropReason.RESERVED_VID,
                        DropReason.TAGGED_NOT_ADMITTED,
                        DropReason.UNTAGGED_NOT_ADMITTED,
                        DropReason.NOT_A_MEMBER,
                        DropReason.NOT_FORWARDING,
                        DropReason.RESERVED_ADDRESS,
                        DropReason.SAME_PORT,
                        DropReason.EGRESS_NOT_A_MEMBER,
                        DropReason.ISOLATED,
                        DropReason.SPLIT_HORIZON,
                        DropReason.NO_OTHER_PORT);
    }

    private void configureSwitch(RelayFixture real) {
        reference.ageing = 10 + random.nextInt(60);
        reference.forwardedReserved = random.nextInt(4) == 0 ? random.nextInt(0x10000) : 0;
        real.relay.configure(
                RelaySettings.DEFAULT.withAgeing(reference.ageing).withForwardedReserved(reference.forwardedReserved));
        int count = 2 + random.nextInt(5);
        for (int port = 1; port <= count; port++) {
            PortSettings settings = settings();
            reference.ports.put("p" + port, settings);
            real.add("p" + port, settings);
        }
    }

    /// Frames of one port, of which half are like the one before.
    private int passABurst(RelayFixture real, int size, String which) {
        List<String> names = new ArrayList<>(reference.ports.keySet());
        String from = names.get(random.nextInt(names.size()));
        MemoryFrame[] burst = new MemoryFrame[size];
        List<String> expected = new ArrayList<>();
        byte[] bytes = frame(reference.ports.get(from).vlans());
        for (int at = 0; at < size; at++) {
            if (at > 0 && random.nextBoolean()) {
                bytes = frame(reference.ports.get(from).vlans());
            }
            expected.addAll(expected(from, bytes, real.now / 1_000_000_000L));
            burst[at] = asADeviceGivesIt(bytes);
        }
        sent += expected.size();
        expected.sort(Comparator.comparing(copy -> copy.substring(0, copy.indexOf(' '))));
        assertThat(real.receive(from, burst))
                .as(() -> which + ", " + Arrays.toString(burst) + " into " + from + " of " + reference.ports)
                .containsExactlyElementsOf(expected);
        return size;
    }

    private List<String> expected(String from, byte[] bytes, long second) {
        List<String> expected = new ArrayList<>();
        try {
            for (ReferenceSwitch.Sent sent : reference.receive(from, bytes, second)) {
                expected.add(sent.port() + " " + HexFormat.of().formatHex(sent.frame()));
            }
        } catch (ReferenceSwitch.Dropped dropped) {
            reasons.add(dropped.reason);
            drops.computeIfAbsent(from, port -> new HashMap<>()).merge(dropped.reason, 1L, Long::sum);
        }
        return expected;
    }

    /// Half of the devices take the outer tag out.
    private MemoryFrame asADeviceGivesIt(byte[] bytes) {
        if (bytes.length < 18 || random.nextBoolean()) {
            return new MemoryFrame(bytes);
        }
        int type = (bytes[12] & 0xff) << 8 | bytes[13] & 0xff;
        int tci = (bytes[14] & 0xff) << 8 | bytes[15] & 0xff;
        if (!VlanTag.isTpid(type)) {
            return new MemoryFrame(bytes);
        }
        byte[] without = ReferenceSwitch.join(Arrays.copyOf(bytes, 12), Arrays.copyOfRange(bytes, 16, bytes.length));
        return new MemoryFrame(without, Offload.NONE, VlanTag.of(type, tci), 0);
    }

    private void disturb(RelayFixture real) {
        switch (random.nextInt(20)) {
            case 0 -> real.passSeconds(1 + random.nextInt(30));
            case 1 -> {
                real.relay.sweep(real.now);
                real.relay.sweep(real.now);
            }
            case 2 -> reconfigure(real);
            case 3 -> {
                if (random.nextInt(10) == 0) {
                    real.relay.forgetLearned();
                    reference.table.clear();
                }
            }
            default -> {}
        }
    }

    private void reconfigure(RelayFixture real) {
        String name = "p" + (1 + random.nextInt(reference.ports.size()));
        PortSettings settings = settings();
        PortSettings before = reference.ports.put(name, settings);
        real.relay.configure(name, settings, real.now);
        if (!settings.vlans().equals(before.vlans())) {
            reference
                    .table
                    .entrySet()
                    .removeIf(entry -> entry.getValue().port().equals(name)
                            && !settings.vlans()
                                    .members()
                                    .contains(entry.getKey().vid()));
        }
    }

    private PortSettings settings() {
        PortState state = switch (random.nextInt(12)) {
            case 0 -> PortState.DISCARDING;
            case 1 -> PortState.LEARNING;
            default -> PortState.FORWARDING;
        };
        return new PortSettings(vlans())
                .withState(state)
                .withIsolated(random.nextInt(4) == 0)
                .withSplitHorizon(random.nextInt(4) == 0 ? 1 + random.nextInt(2) : 0);
    }

    private PortVlans vlans() {
        VlanId one = vlan();
        VlanSet some = VlanSet.of(new TreeSet<>(List.of(vlan(), vlan(), vlan())));
        PortVlans vlans = switch (random.nextInt(8)) {
            case 0, 1 -> PortVlans.access(one);
            case 2, 3 -> PortVlans.trunk(some);
            case 4 -> PortVlans.trunkNativeUntagged(some, one);
            case 5 -> PortVlans.trunkNativeTagged(some, one);
            case 6 -> PortVlans.tunnel(one);
            default -> PortVlans.transparent();
        };
        if (vlans.tpid() == PortVlans.NO_TPID) {
            return vlans;
        }
        if (random.nextInt(4) == 0) {
            vlans = vlans.withTpid(TPIDS[random.nextInt(TPIDS.length)]);
        }
        if (random.nextInt(5) == 0) {
            vlans = vlans.withFrameTypes(FrameTypes.values()[random.nextInt(3)]);
        }
        if (random.nextInt(5) == 0) {
            vlans = vlans.withTranslation(Map.of(new VlanId(20), new VlanId(10), new VlanId(30), new VlanId(20)));
        }
        return vlans.withIngressFiltering(random.nextInt(5) != 0);
    }

    private VlanId vlan() {
        return new VlanId(VIDS[1 + random.nextInt(VIDS.length - 2)]);
    }

    /// Mostly such as the port takes.
    private byte[] frame(PortVlans vlans) {
        StringBuilder hex = new StringBuilder();
        hex.append(ADDRESSES[random.nextInt(random.nextInt(4) == 0 ? ADDRESSES.length : 6)]);
        hex.append(ADDRESSES[random.nextInt(6) == 0 ? random.nextInt(ADDRESSES.length) : random.nextInt(4)]);
        if (random.nextInt(5) > 1) {
            if (vlans.frameTypes() == FrameTypes.TAGGED) {
                int vid = VIDS[random.nextInt(VIDS.length)];
                while (!vlans.members().contains(vid)) {
                    vid = VIDS[random.nextInt(VIDS.length)];
                }
                hex.append(tag(vlans.tpid(), vid));
            }
        } else {
            for (int tags = random.nextInt(4); tags > 0; tags--) {
                int tpid = random.nextBoolean() ? VlanTag.C_TAG : TPIDS[random.nextInt(TPIDS.length)];
                hex.append(tag(tpid, VIDS[random.nextInt(VIDS.length)]));
            }
        }
        hex.append("0800").append("%02x".formatted(random.nextInt(256)).repeat(random.nextInt(60)));
        byte[] bytes = HexFormat.of().parseHex(hex);
        return random.nextInt(8) == 0 ? Arrays.copyOf(bytes, random.nextInt(bytes.length)) : bytes;
    }

    private String tag(int tpid, int vid) {
        return HexFormat.of().toHexDigits((long) tpid << 16 | random.nextInt(16) << 12 | vid, 8);
    }

    private void assertSameTable(RelayFixture real) {
        long second = real.now / 1_000_000_000L;
        Map<String, String> expected = new HashMap<>();
        reference.table.forEach((station, place) -> {
            if (second - place.second() < reference.ageing) {
                expected.put(station.toString(), place.port() + " " + (second - place.second()));
            }
        });
        Map<String, String> actual = new HashMap<>();
        for (RelaySnapshot.Address each : real.snapshot().addresses()) {
            ReferenceSwitch.Station station = new ReferenceSwitch.Station(
                    each.vlan().value(), each.address().value());
            actual.put(station.toString(), each.port() + " " + each.age());
        }
        assertThat(actual).isEqualTo(expected);
    }

    private void assertSameDrops(RelayFixture real) {
        for (RelaySnapshot.PortSnapshot port : real.snapshot().ports()) {
            assertThat(port.drops()).as(port.name()).isEqualTo(drops.getOrDefault(port.name(), Map.of()));
        }
    }
}
