package io.netyard.vswitch.mac;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Clauses are those of IEEE 802.1Q-2022.
class MacTableTest {
    private static final long MAC = 0x020000000001L;
    private static final int AGEING = 300;

    private final MacTable table = new MacTable(1024, AGEING, 1);

    @Test
    void clause87LearnsWhereAnAddressIs() {
        assertThat(table.find(10, MAC, 0)).isEqualTo(MacTable.MISS);
        assertThat(table.learn(10, MAC, 3, 77, 0)).isEqualTo(Learning.NEW);
        assertThat(table.learn(10, MAC, 3, 77, 0)).isEqualTo(Learning.KNOWN);
        long found = table.find(10, MAC, 0);
        assertThat(MacTable.port(found)).isEqualTo(3);
        assertThat(MacTable.peer(found)).isEqualTo(77);
    }

    @Test
    void clause88LearnsEachVlanOnItsOwn() {
        table.learn(10, MAC, 1, 0, 0);
        table.learn(20, MAC, 2, 0, 0);
        assertThat(MacTable.port(table.find(10, MAC, 0))).isEqualTo(1);
        assertThat(MacTable.port(table.find(20, MAC, 0))).isEqualTo(2);
        assertThat(table.find(30, MAC, 0)).isEqualTo(MacTable.MISS);
    }

    @Test
    void clause883ForgetsAnAddressNotSeenForTheAgeingTime() {
        table.learn(10, MAC, 1, 0, 100);
        assertThat(table.find(10, MAC, 399)).isNotEqualTo(MacTable.MISS);
        assertThat(table.find(10, MAC, 400)).isEqualTo(MacTable.MISS);
        assertThat(table.learn(10, MAC, 2, 0, 400))
                .as("no move: it was forgotten")
                .isEqualTo(Learning.NEW);
        assertThat(table.moves()).isZero();
    }

    @Test
    void clause883AnAddressSeenAgainStaysYoung() {
        table.learn(10, MAC, 1, 0, 0);
        table.learn(10, MAC, 1, 0, 200);
        assertThat(table.find(10, MAC, 499)).isNotEqualTo(MacTable.MISS);
    }

    @Test
    void clause883RefusesAgeingTimesOutOfRange() {
        assertThatIllegalArgumentException().isThrownBy(() -> table.ageAfter(9));
        assertThatIllegalArgumentException().isThrownBy(() -> table.ageAfter(1_000_001));
        table.ageAfter(0);
        table.learn(10, MAC, 1, 0, 0);
        assertThat(table.find(10, MAC, 1_000_000)).as("0 is never").isNotEqualTo(MacTable.MISS);
    }

    @Test
    void sweepingFreesWhatHasAged() {
        for (int mac = 1; mac <= 500; mac++) {
            table.learn(10, mac, 1, 0, 0);
        }
        table.learn(10, MAC, 1, 0, 200);
        table.sweep(300, table.slots() * 2);
        assertThat(table.size()).isEqualTo(1);
        assertThat(table.find(10, MAC, 300)).isNotEqualTo(MacTable.MISS);
    }

    @Test
    @Tag("F40")
    void anAddressMovesToWhereItWasSeenLast() {
        table.learn(10, MAC, 1, 0, 0);
        assertThat(table.learn(10, MAC, 2, 0, 0)).isEqualTo(Learning.MOVED);
        assertThat(table.learn(10, MAC, 2, 5, 0)).as("to another end point").isEqualTo(Learning.MOVED);
        assertThat(MacTable.port(table.find(10, MAC, 0))).isEqualTo(2);
        assertThat(table.moves()).isEqualTo(2);
    }

    @Test
    @Tag("F40")
    void clause881StaticEntriesNeitherAgeNorMove() {
        table.learn(10, MAC, 2, 0, 0);
        assertThat(table.addStatic(10, MAC, 1, 0)).isTrue();
        assertThat(table.learn(10, MAC, 2, 0, 0)).isEqualTo(Learning.STATIC);
        table.sweep(100_000, table.slots());
        table.forgetLearned();
        assertThat(MacTable.port(table.find(10, MAC, 100_000))).isEqualTo(1);
        assertThat(table.remove(10, MAC)).isTrue();
        assertThat(table.remove(10, MAC)).isFalse();
    }

    @Test
    @Tag("F38")
    void aFloodOnOnePortDoesNotEvictTheOthers() {
        for (int mac = 1; mac <= 100; mac++) {
            table.learn(10, 0x020000000000L + mac, 1, 0, 0);
        }
        Random random = new Random(3);
        for (int flood = 0; flood < 1_000_000; flood++) {
            assertThat(table.learn(10, random.nextLong() & 0xfeff_ffff_ffffL | 1, 2, 0, 1))
                    .isNotEqualTo(Learning.REFUSED);
        }
        assertThat(table.size()).isEqualTo(1024);
        assertThat(table.evictions()).isGreaterThan(990_000);
        for (int mac = 1; mac <= 100; mac++) {
            assertThat(table.find(10, 0x020000000000L + mac, 1)).isNotEqualTo(MacTable.MISS);
        }
    }

    @Test
    @Tag("F38")
    void aNewcomerFindsRoomInATableThatOnePortFilled() {
        for (int mac = 1; mac <= 1024; mac++) {
            table.learn(10, mac, 2, 0, 0);
        }
        assertThat(table.learn(10, MAC, 1, 0, 0)).isEqualTo(Learning.NEW);
        assertThat(table.size()).isEqualTo(1024);
    }

    @Test
    void aPortWithManyStaticEntriesDoesNotKeepOthersFromLearning() {
        for (int mac = 1; mac <= 600; mac++) {
            assertThat(table.addStatic(10, mac, 1, 0)).isTrue();
        }
        for (int mac = 601; mac <= 1024; mac++) {
            table.learn(10, mac, 2, 0, 0);
        }
        assertThat(table.learn(10, MAC, 3, 0, 0)).isEqualTo(Learning.NEW);
        assertThat(table.size()).isEqualTo(1024);
    }

    @Test
    void refusesToLearnWhenAllEntriesAreStatic() {
        for (int mac = 1; mac <= 1024; mac++) {
            assertThat(table.addStatic(10, mac, 2, 0)).isTrue();
        }
        assertThat(table.addStatic(10, MAC, 2, 0)).isFalse();
        assertThat(table.learn(10, MAC, 2, 0, 0)).isEqualTo(Learning.REFUSED);
    }

    @Test
    void forgetsThePartThatIsAskedFor() {
        table.learn(10, 1, 1, 4, 0);
        table.learn(20, 2, 1, 5, 0);
        table.learn(20, 3, 2, 0, 0);
        table.addStatic(20, 4, 1, 0);
        table.forgetLearned((vid, port, peer) -> vid == 20 && port == 1);
        assertThat(table.find(20, 2, 0)).isEqualTo(MacTable.MISS);
        table.forgetPort(1, false);
        assertThat(table.size()).isEqualTo(2);
        table.forgetPort(1, true);
        assertThat(table.size()).isEqualTo(1);
        assertThat(MacTable.port(table.find(20, 3, 0))).isEqualTo(2);
    }

    @Test
    void forgettingPartOfAFullTableLeavesTheRestWhereItIsFound() {
        Random random = new Random(6);
        for (int round = 0; round < 200; round++) {
            MacTable full = new MacTable(1024, AGEING, random.nextLong());
            for (int mac = 1; mac <= 1024; mac++) {
                full.learn(10, mac, mac % 3, 0, 0);
            }
            full.forgetPort(1, false);
            for (int mac = 1; mac <= 1024; mac++) {
                assertThat(full.find(10, mac, 0) == MacTable.MISS).isEqualTo(mac % 3 == 1);
            }
            assertThat(full.size()).isEqualTo(1024 - 342);
        }
    }

    @Test
    void agreesWithAMapUnderRandomUse() {
        Random random = new Random(4);
        Map<Long, Integer> map = new HashMap<>();
        for (int step = 0; step < 300_000; step++) {
            int vid = 1 + random.nextInt(3);
            long mac = random.nextInt(300);
            long key = (long) vid << 48 | mac;
            int port = random.nextInt(50);
            switch (random.nextInt(4)) {
                case 0, 1 -> {
                    table.learn(vid, mac, port, 0, 0);
                    map.put(key, port);
                }
                case 2 -> assertThat(table.remove(vid, mac)).isEqualTo(map.remove(key) != null);
                default -> {
                    long found = table.find(vid, mac, 0);
                    assertThat(found == MacTable.MISS ? null : (Integer) MacTable.port(found))
                            .isEqualTo(map.get(key));
                }
            }
        }
        Map<Long, Integer> shown = new HashMap<>();
        table.forEach(0, (vid, mac, port, peer, isStatic, age) -> shown.put((long) vid << 48 | mac, port));
        assertThat(shown).isEqualTo(map).hasSize(table.size());
    }
}
