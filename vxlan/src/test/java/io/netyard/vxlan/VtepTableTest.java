package io.netyard.vxlan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.netyard.net.IpAddress;
import io.netyard.net.Ipv4Address;
import java.util.List;
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

    private static int admit(VtepTable table, IpAddress address) {
        return table.admit(VtepTable.high(address), VtepTable.low(address));
    }
}
