package io.netyard.vxlan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.netyard.net.IpAddress;
import io.netyard.net.Ipv4Address;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class VtepTableTest {
    private static final IpAddress ONE = IpAddress.parse("192.0.2.1");
    private static final IpAddress TWO = IpAddress.parse("fd00::2");
    private static final IpAddress GROUP = IpAddress.parse("239.1.1.1");

    @Test
    void numbersEndPointsAndKeepsTheNumbers() {
        VtepTable table = new VtepTable(10, false);
        int one = table.list(ONE);
        int two = table.list(TWO);
        assertThat(one).isNotEqualTo(two).isNotEqualTo(VtepTable.NONE);
        assertThat(table.list(ONE)).isEqualTo(one);
        assertThat(table.address(one)).isEqualTo(ONE);
        assertThat(table.address(two)).isEqualTo(TWO);
        assertThatIllegalArgumentException().isThrownBy(() -> table.address(3));
    }

    @Test
    @Tag("F43")
    void refusesSendersThatAreNotListedUnlessItLearns() {
        VtepTable strict = new VtepTable(10, false);
        int one = strict.list(ONE);
        assertThat(admit(strict, ONE)).isEqualTo(one);
        assertThat(admit(strict, TWO)).isEqualTo(VtepTable.NONE);
        assertThat(strict.size()).isEqualTo(1);

        VtepTable learning = new VtepTable(10, true);
        int two = admit(learning, TWO);
        assertThat(learning.address(two)).isEqualTo(TWO);
        assertThat(admit(learning, TWO)).isEqualTo(two);
    }

    @Test
    void neverTakesAGroupForASender() {
        VtepTable strict = new VtepTable(10, false);
        strict.flood(List.of(GROUP));
        assertThat(strict.floodSize()).isEqualTo(1);
        assertThat(strict.address(strict.flood(0))).isEqualTo(GROUP);
        assertThat(admit(strict, GROUP)).isEqualTo(VtepTable.NONE);
    }

    @Test
    void keepsAQuarterOfItsRoomForThoseWhoAreListed() {
        VtepTable table = new VtepTable(100, true);
        for (int end = 0; end < 75; end++) {
            assertThat(table.admit(0, VtepTable.mapped(0x0a000000 + end))).isEqualTo(end + 1);
        }
        assertThat(table.admit(0, VtepTable.mapped(0x0b000000))).isEqualTo(VtepTable.NONE);
        assertThat(table.admit(0, VtepTable.mapped(0x0a000007))).isEqualTo(8);
        for (int end = 0; end < 25; end++) {
            table.list(new Ipv4Address(0x0c000000 + end));
        }
        assertThatIllegalStateException().isThrownBy(() -> table.list(ONE));
    }

    @Test
    void forgetsTheListAndWhoWasHeardForAnotherList() {
        VtepTable table = new VtepTable(10, true);
        table.flood(List.of(ONE));
        int one = admit(table, ONE);
        int two = admit(table, TWO);
        assertThat(table.isKnown(one) && table.isKnown(two)).isTrue();

        table.relist(List.of(TWO), false);

        assertThat(table.isKnown(one)).isFalse();
        assertThat(table.isKnown(two)).isTrue();
        assertThat(admit(table, ONE)).isEqualTo(VtepTable.NONE);
        assertThat(admit(table, TWO)).as("numbers stay").isEqualTo(two);
        assertThat(table.frames(two)).isEqualTo(2);
    }

    @Test
    void givesTheNumberOfOneThatIsSilentToAnother() {
        int[] now = {1_000};
        VtepTable table = new VtepTable(8, true, 300, () -> now[0]);
        table.flood(List.of(ONE, GROUP));
        for (int end = 0; end < 4; end++) {
            assertThat(table.admit(0, VtepTable.mapped(0x0a000000 + end))).isEqualTo(end + 3);
        }
        assertThat(table.admit(0, VtepTable.mapped(0x0b000000))).isEqualTo(VtepTable.NONE);

        now[0] += 2 * 300 - 1;
        assertThat(table.admit(0, VtepTable.mapped(0x0a000001))).isEqualTo(4);
        assertThat(table.admit(0, VtepTable.mapped(0x0b000000))).isEqualTo(VtepTable.NONE);
        now[0]++;
        List<Integer> given = new ArrayList<>();
        for (int end = 0; end < 3; end++) {
            given.add(table.admit(0, VtepTable.mapped(0x0b000000 + end)));
        }
        assertThat(given).containsExactlyInAnyOrder(3, 5, 6);
        assertThat(table.admit(0, VtepTable.mapped(0x0b000003))).isEqualTo(VtepTable.NONE);
        assertThat(table.admit(0, VtepTable.mapped(0x0a000000))).isEqualTo(VtepTable.NONE);
        assertThat(table.admit(0, VtepTable.mapped(0x0a000001))).isEqualTo(4);
        assertThat(table.list(ONE)).isEqualTo(1);
        assertThat(table.list(GROUP)).isEqualTo(2);
    }

    @Test
    void keepsNumbersForEverWhereStationsAreNeverForgotten() {
        int[] now = {0};
        VtepTable table = new VtepTable(1, true, 0, () -> now[0]);
        int number = table.admit(0, VtepTable.mapped(0x0a000001));
        now[0] = 1_000_000;
        assertThat(table.admit(0, VtepTable.mapped(0x0a000002))).isEqualTo(VtepTable.NONE);
        assertThat(table.admit(0, VtepTable.mapped(0x0a000001))).isEqualTo(number);
    }

    @Test
    void findsAllOthersWhenOneIsForgotten() {
        int[] now = {0};
        VtepTable table = new VtepTable(400, true, 300, () -> now[0]);
        Map<Integer, Integer> numbers = new HashMap<>();
        for (int step = 0; step < 20_000; step++) {
            now[0] += step % 3;
            int address = 0x0a000000 + step * 7919 % 5_000;
            int number = table.admit(0, VtepTable.mapped(address));
            if (number != VtepTable.NONE) {
                numbers.values().removeIf(each -> each == number);
                numbers.put(address, number);
            }
        }
        assertThat(numbers).hasSize(300);
        numbers.forEach((address, number) -> assertThat(table.address(number)).isEqualTo(new Ipv4Address(address)));
        numbers.forEach((address, number) ->
                assertThat(table.admit(0, VtepTable.mapped(address))).isEqualTo(number));
    }

    private static int admit(VtepTable table, IpAddress address) {
        return table.admit(VtepTable.high(address), VtepTable.low(address));
    }
}
