package io.netyard.vswitch.snooping;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class GroupTableTest {
    private record Membership(int vid, long low, int port) {}

    @Test
    void isAMapOfSetsOfPorts() {
        GroupTable table = new GroupTable(600, 3);
        Map<Membership, Long> model = new HashMap<>();
        SplittableRandom random = new SplittableRandom(7);
        for (int step = 0; step < 200_000; step++) {
            Membership any = new Membership(1 + random.nextInt(2), random.nextInt(25), random.nextInt(10));
            switch (random.nextInt(8)) {
                case 0, 1, 2 -> {
                    long end = step + random.nextInt(5_000);
                    assertThat(table.put(any.vid, 0, any.low, any.port, end)).isEqualTo(model.put(any, end) == null);
                }
                case 3 -> {
                    table.removeIf((vid, port) -> vid == any.vid && port == any.port && random.nextInt(50) < 50);
                    model.keySet().removeIf(each -> each.vid == any.vid && each.port == any.port);
                }
                case 4 -> {
                    long now = step;
                    table.sweep(now, (_, _, _, _, _) -> {});
                    model.values().removeIf(end -> end <= now);
                }
                default -> assertThat(ports(table, any)).isEqualTo(ports(model, any));
            }
            assertThat(table.size()).isEqualTo(model.size());
        }
        assertThat(table.evictions()).isZero();
    }

    private static Set<Integer> ports(GroupTable table, Membership any) {
        Set<Integer> ports = new HashSet<>();
        int group = table.find(any.vid, 0, any.low);
        for (int at = group == GroupTable.NONE ? group : table.first(group); at >= 0; at = table.next(at)) {
            assertThat(ports.add(table.port(at))).isTrue();
        }
        return ports;
    }

    private static Set<Integer> ports(Map<Membership, Long> model, Membership any) {
        Set<Integer> ports = new HashSet<>();
        model.keySet().stream()
                .filter(each -> each.vid == any.vid && each.low == any.low)
                .forEach(each -> ports.add(each.port));
        return ports;
    }

    @Test
    void aPortThatWantsTooMuchLosesItsOwn() {
        GroupTable table = new GroupTable(64, 3);
        for (int group = 0; group < 8; group++) {
            table.put(1, 0, group, 1, 1_000);
            table.put(1, 0, group, 2, 500);
        }
        for (int group = 0; group < 100_000; group++) {
            table.put(1, 7, group, 3, 2_000);
        }
        assertThat(table.size()).isEqualTo(64);
        assertThat(table.evictions()).isEqualTo(100_000 - 48);
        for (int group = 0; group < 8; group++) {
            assertThat(table.membership(1, 0, group, 1)).isNotEqualTo(GroupTable.NONE);
            assertThat(table.membership(1, 0, group, 2)).isNotEqualTo(GroupTable.NONE);
        }
        table.put(1, 0, 9, 1, 1_000);
        assertThat(table.membership(1, 0, 9, 1)).isNotEqualTo(GroupTable.NONE);
        assertThat(table.membership(1, 7, 99_999, 3)).isNotEqualTo(GroupTable.NONE);
    }
}
