package io.netyard.vswitch.snooping;

import static io.netyard.vswitch.snooping.GroupFrames.data;
import static io.netyard.vswitch.snooping.GroupFrames.mldDone;
import static io.netyard.vswitch.snooping.GroupFrames.mldV1Query;
import static io.netyard.vswitch.snooping.GroupFrames.mldV1Report;
import static io.netyard.vswitch.snooping.GroupFrames.v2Leave;
import static io.netyard.vswitch.snooping.GroupFrames.v2Query;
import static io.netyard.vswitch.snooping.GroupFrames.v2Report;
import static org.assertj.core.api.Assertions.assertThat;

import io.netyard.net.MacAddress;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class OwnQuerierTest {
    private static final String GROUP = "239.1.2.3";
    private static final String GROUP6 = "ff05::123";
    private static final MacAddress OWN = MacAddress.parse("02:00:00:aa:bb:cc");

    private final SnoopingFixture switching = new SnoopingFixture(SnoopingSettings.querying(OWN));

    @AfterEach
    void close() {
        switching.close();
    }

    /// What was sent since it was last asked for, without the frames: `VLAN PORT LENGTH`.
    private List<String> sent() {
        List<String> sent = switching.queries.stream()
                .map(query -> query.split(" "))
                .map(part -> part[0] + " " + part[1] + " " + part[2].length() / 2)
                .toList();
        switching.queries.clear();
        return sent;
    }

    private void pass(int seconds) {
        for (int second = 0; second < seconds; second++) {
            switching.tick();
        }
    }

    @Test
    void asksTwiceAtTheStartThenEvery125Seconds() {
        switching.sweep();
        assertThat(sent()).containsExactly("1 -1 50", "1 -1 90");
        pass(31);
        assertThat(sent()).isEmpty();
        pass(1);
        assertThat(sent()).containsExactly("1 -1 50", "1 -1 90");
        pass(124);
        assertThat(sent()).isEmpty();
        pass(1);
        assertThat(sent()).containsExactly("1 -1 50", "1 -1 90");
    }

    @Test
    void asksAgainWhenThereIsAPortMore() {
        switching.sweep();
        pass(40);
        sent();
        switching.snooping.portAdded();
        pass(32);
        assertThat(sent()).containsExactly("1 -1 50", "1 -1 90");
        pass(1);
        assertThat(sent()).containsExactly("1 -1 50", "1 -1 90");
    }

    @Test
    void sendsWhatTheRfcsSay() {
        switching.sweep();
        byte[] igmp = frame(0);
        byte[] expected = GroupFrames.igmp("0.0.0.0", "224.0.0.1", GroupFrames.v3QueryMessage("0.0.0.0", 10, false));
        expected[14 + 1] = (byte) 0xc0;
        byte[] header = GroupFrames.checksummed(Arrays.copyOfRange(expected, 14, 38), 10, 0);
        System.arraycopy(header, 0, expected, 14, header.length);
        System.arraycopy(OWN.toBytes(), 0, expected, 6, 6);
        assertThat(igmp).isEqualTo(expected);
        byte[] expected6 = GroupFrames.mldV2Query("fe80::ff:feaa:bbcc", "::", 1000, false);
        System.arraycopy(OWN.toBytes(), 0, expected6, 6, 6);
        assertThat(frame(1)).isEqualTo(expected6);
    }

    private byte[] frame(int index) {
        return HexFormat.of().parseHex(switching.queries.get(index).split(" ")[2]);
    }

    @Test
    void narrowsOnceMembersHaveAnswered() {
        switching.sweep();
        switching.receive(1, v2Report("10.0.0.1", GROUP));
        assertThat(switching.receive(2, data("10.0.0.2", GROUP))).isEqualTo("FLOOD");
        pass(1);
        assertThat(switching.receive(2, data("10.0.0.2", GROUP))).isEqualTo("MEMBERS 1");
        assertThat(switching.receive(2, data("10.0.0.2", "239.9.9.9"))).isEqualTo("UNREGISTERED");
        assertThat(switching.receive(1, v2Report("10.0.0.1", GROUP))).isEqualTo("REPORT");
    }

    @Test
    void rfc3376Section89AsksTwiceBeforeTheLastMemberIsGone() {
        switching.sweep();
        switching.receive(1, v2Report("10.0.0.1", GROUP));
        switching.receive(2, mldV1Report("fe80::2", GROUP6));
        pass(5);
        sent();
        switching.receive(1, v2Leave("10.0.0.1", GROUP));
        switching.receive(2, mldDone("fe80::2", GROUP6));
        pass(1);
        assertThat(sent()).containsExactlyInAnyOrder("1 1 50", "1 2 90");
        pass(1);
        assertThat(sent()).containsExactlyInAnyOrder("1 1 50", "1 2 90");
        assertThat(switching.receive(3, data("10.0.0.3", GROUP))).isEqualTo("MEMBERS 1");
        pass(1);
        assertThat(sent()).isEmpty();
        assertThat(switching.receive(3, data("10.0.0.3", GROUP))).isEqualTo("UNREGISTERED");
        assertThat(switching.groups()).isEmpty();
    }

    @Test
    void keepsAMemberThatAnswers() {
        switching.sweep();
        switching.receive(1, v2Report("10.0.0.1", GROUP));
        switching.receive(1, v2Leave("10.0.0.1", GROUP));
        pass(1);
        switching.receive(1, v2Report("10.0.0.9", GROUP));
        sent();
        pass(5);
        assertThat(sent()).isEmpty();
        assertThat(switching.receive(3, data("10.0.0.3", GROUP))).isEqualTo("MEMBERS 1");
    }

    @Test
    void rfc3376Section662GivesWayToWhoHasAnAddress() {
        switching.sweep();
        switching.receive(9, v2Query("10.0.0.254", "0.0.0.0", 100));
        sent();
        pass(254);
        assertThat(sent()).containsExactly("1 -1 90", "1 -1 90");
        pass(1);
        assertThat(sent()).containsExactly("1 -1 50");
    }

    @Test
    void givesWayAmongSwitchesToTheLowestMacAddress() {
        switching.sweep();
        sent();
        byte[] lower = v2Query("0.0.0.0", "0.0.0.0", 100);
        byte[] higher = lower.clone();
        higher[6] = (byte) 0xf2;
        switching.receive(9, higher);
        pass(32);
        assertThat(sent()).contains("1 -1 50");
        switching.receive(9, lower);
        pass(125);
        assertThat(sent()).doesNotContain("1 -1 50");
    }

    @Test
    void rfc3810Section762GivesWayToTheLowestAddress() {
        switching.sweep();
        sent();
        switching.receive(9, mldV1Query("fe80::fff:feaa:bbcc", "::", 1000));
        pass(32);
        assertThat(sent()).contains("1 -1 90");
        switching.receive(9, mldV1Query("fe80::1", "::", 1000));
        pass(125);
        assertThat(sent()).doesNotContain("1 -1 90");
    }
}
