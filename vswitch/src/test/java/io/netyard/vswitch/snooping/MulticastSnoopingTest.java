package io.netyard.vswitch.snooping;

import static io.netyard.vswitch.snooping.GroupFrames.BLOCK;
import static io.netyard.vswitch.snooping.GroupFrames.IS_EXCLUDE;
import static io.netyard.vswitch.snooping.GroupFrames.IS_INCLUDE;
import static io.netyard.vswitch.snooping.GroupFrames.TO_EXCLUDE;
import static io.netyard.vswitch.snooping.GroupFrames.TO_INCLUDE;
import static io.netyard.vswitch.snooping.GroupFrames.data;
import static io.netyard.vswitch.snooping.GroupFrames.igmp;
import static io.netyard.vswitch.snooping.GroupFrames.igmpMessage;
import static io.netyard.vswitch.snooping.GroupFrames.ipv4;
import static io.netyard.vswitch.snooping.GroupFrames.ipv6;
import static io.netyard.vswitch.snooping.GroupFrames.join;
import static io.netyard.vswitch.snooping.GroupFrames.mld;
import static io.netyard.vswitch.snooping.GroupFrames.mldChecksummed;
import static io.netyard.vswitch.snooping.GroupFrames.mldDone;
import static io.netyard.vswitch.snooping.GroupFrames.mldMessage;
import static io.netyard.vswitch.snooping.GroupFrames.mldV1Query;
import static io.netyard.vswitch.snooping.GroupFrames.mldV1Report;
import static io.netyard.vswitch.snooping.GroupFrames.mldV2Query;
import static io.netyard.vswitch.snooping.GroupFrames.mldV2Report;
import static io.netyard.vswitch.snooping.GroupFrames.pimHello;
import static io.netyard.vswitch.snooping.GroupFrames.pimHello6;
import static io.netyard.vswitch.snooping.GroupFrames.v1Report;
import static io.netyard.vswitch.snooping.GroupFrames.v2Leave;
import static io.netyard.vswitch.snooping.GroupFrames.v2Query;
import static io.netyard.vswitch.snooping.GroupFrames.v2Report;
import static io.netyard.vswitch.snooping.GroupFrames.v3Query;
import static io.netyard.vswitch.snooping.GroupFrames.v3Report;
import static org.assertj.core.api.Assertions.assertThat;

import io.netyard.net.IpAddress;
import io.netyard.net.VlanId;
import io.netyard.vswitch.snooping.GroupFrames.Entry;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Rules by their clauses. Port 9 has the router; frames are of VLAN 1 unless a test says otherwise.
class MulticastSnoopingTest {
    private static final String GROUP = "239.1.2.3";
    private static final String GROUP6 = "ff05::123";
    private static final String HOST = "10.0.0.1";
    private static final String HOST6 = "fe80::1";
    private static final String ROUTER = "10.0.0.254";
    private static final String ROUTER6 = "fe80::fe";

    private final SnoopingFixture switching = new SnoopingFixture(SnoopingSettings.ON);

    @AfterEach
    void close() {
        switching.close();
    }

    /// The router asks, and the time to answer passes.
    private void ask() {
        switching.receive(9, v3Query(ROUTER, "0.0.0.0", 100, false));
        switching.receive(9, mldV2Query(ROUTER6, "::", 10_000, false));
        switching.pass(10_000);
    }

    private String receive(int port, byte[] frame) {
        return switching.receive(port, frame);
    }

    @Test
    void aQueryForOneGroupDoesNotTellOfTheMembersOfOthers() {
        switching.receive(9, v3Query(ROUTER, GROUP, 10, false));
        switching.pass(10_000);
        assertThat(receive(1, data(HOST, "239.9.9.9"))).isEqualTo("FLOOD");
        ask();
        assertThat(receive(1, data(HOST, "239.9.9.9"))).isEqualTo("UNREGISTERED 9");
    }

    @Test
    void rfc4541Section211Point4FloodsAfterATopologyChangeUntilTheNextQueryIsAnswered() {
        ask();
        receive(1, v2Report(HOST, GROUP));
        assertThat(receive(2, data(HOST, GROUP))).isEqualTo("MEMBERS 1 9");
        switching.snooping.topologyChanged();
        assertThat(receive(2, data(HOST, GROUP))).isEqualTo("FLOOD");
        switching.receive(9, v3Query(ROUTER, "0.0.0.0", 100, false));
        receive(3, v2Report(HOST, GROUP));
        switching.pass(10_000);
        assertThat(receive(2, data(HOST, GROUP))).isEqualTo("MEMBERS 1 3 9");
    }

    @Test
    void rfc4541Section211Point1SendsReportsToRoutersAlone() {
        ask();
        assertThat(receive(1, v1Report(HOST, GROUP))).isEqualTo("REPORT 9");
        assertThat(receive(1, v2Report(HOST, GROUP))).isEqualTo("REPORT 9");
        assertThat(receive(1, v3Report(HOST, new Entry(IS_EXCLUDE, GROUP)))).isEqualTo("REPORT 9");
        assertThat(receive(1, v2Leave(HOST, GROUP))).isEqualTo("REPORT 9");
    }

    @Test
    void rfc4541Section211Point1aLearnsRoutersFromHellosOfPim() {
        ask();
        receive(8, pimHello(ROUTER));
        receive(7, pimHello6(ROUTER6));
        assertThat(receive(1, data(HOST, GROUP))).isEqualTo("UNREGISTERED 8 9");
        assertThat(receive(1, data("fd00::1", GROUP6))).isEqualTo("UNREGISTERED 7 9");
    }

    @Test
    void rfc4541Section211Point1bLearnsRoutersFromQueriesThoseOfSwitchesIncluded() {
        ask();
        receive(8, v2Query("0.0.0.0", "0.0.0.0", 100));
        assertThat(receive(1, data(HOST, GROUP))).isEqualTo("UNREGISTERED 8 9");
    }

    @Test
    void rfc4541Section211Point3FloodsMessagesOfUnknownTypes() {
        ask();
        assertThat(receive(1, igmp(HOST, GROUP, igmpMessage(0x42, 0, GROUP)))).isEqualTo("FLOOD");
    }

    @Test
    void rfc4541Section211Point5DropsMessagesWithBadChecksums() {
        ask();
        byte[] badIp = v2Report(HOST, GROUP);
        badIp[14 + 10] ^= 1;
        byte[] badIgmp = v2Report(HOST, GROUP);
        badIgmp[14 + 24 + 2] ^= 1;
        byte[] badMld = mldV1Report(HOST6, GROUP6);
        badMld[14 + 48 + 2] ^= 1;

        assertThat(receive(1, badIp)).isEqualTo("DAMAGED");
        assertThat(receive(1, badIgmp)).isEqualTo("DAMAGED");
        assertThat(receive(1, badMld)).isEqualTo("DAMAGED");

        assertThat(switching.snapshot().members()).isEmpty();
        assertThat(switching.snapshot().damaged()).isEqualTo(3);
    }

    @Test
    void rfc4541Section212Point1SendsDataToMembersAndRouters() {
        ask();
        receive(1, v2Report(HOST, GROUP));
        receive(2, v3Report("10.0.0.2", new Entry(TO_EXCLUDE, GROUP)));
        assertThat(receive(3, data("10.0.0.3", GROUP))).isEqualTo("MEMBERS 1 2 9");
        assertThat(receive(3, data("10.0.0.3", "239.1.2.4"))).isEqualTo("UNREGISTERED 9");
    }

    @Test
    void rfc4541Section212Point1TellsGroupsOfOneMacAddressApart() {
        ask();
        receive(1, v2Report(HOST, GROUP));
        byte[] other = data("10.0.0.3", "224.129.2.3");
        assertThat(Arrays.copyOf(other, 6)).isEqualTo(Arrays.copyOf(data("10.0.0.3", GROUP), 6));
        assertThat(receive(3, other)).isEqualTo("UNREGISTERED 9");
    }

    @ParameterizedTest
    @ValueSource(strings = {"224.0.0.1", "224.0.0.5", "224.0.0.251", "224.0.0.255"})
    void rfc4541Section212Point2FloodsGroupsOfTheLink(String group) {
        ask();
        receive(1, v2Report(HOST, group));
        assertThat(receive(2, data(HOST, group))).isEqualTo("FLOOD");
        assertThat(switching.snapshot().members()).isEmpty();
    }

    @Test
    void rfc4541Section212Point3SendsUnregisteredGroupsToRouters() {
        ask();
        assertThat(receive(2, data(HOST, "224.0.1.1"))).isEqualTo("UNREGISTERED 9");
    }

    @Test
    void rfc4541Section212Point4FloodsWhatIsNoIpMulticast() {
        ask();
        byte[] arp = join(new byte[] {1, 0, 0x5e, 0, 0, 1, 2, 0, 0, 0, 0, 1, 8, 6}, new byte[46]);
        byte[] unicast = ipv4(HOST, "10.0.0.7", 17, new byte[8]);
        assertThat(receive(1, arp)).isEqualTo("FLOOD");
        assertThat(receive(1, unicast)).isEqualTo("FLOOD");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ff02::1", "ff02::2", "ff02::1:ff00:1", "ff02::fb", "ff01::1", "ff00::1"})
    void rfc4541Section3FloodsLinkLocalGroupsOfIpv6(String group) {
        ask();
        receive(1, mldV1Report(HOST6, group));
        assertThat(receive(2, data("fe80::2", group))).isEqualTo("FLOOD");
        assertThat(switching.snapshot().members()).isEmpty();
    }

    @Test
    void rfc4541Section3SnoopsMldAsIgmp() {
        ask();
        assertThat(receive(1, mldV1Report(HOST6, GROUP6))).isEqualTo("REPORT 9");
        assertThat(receive(2, mldV2Report("fe80::2", new Entry(TO_EXCLUDE, GROUP6))))
                .isEqualTo("REPORT 9");
        assertThat(receive(3, data("fd00::3", GROUP6))).isEqualTo("MEMBERS 1 2 9");
        assertThat(receive(3, data("fd00::3", "ff05::124"))).isEqualTo("UNREGISTERED 9");
        assertThat(receive(3, data("10.0.0.3", GROUP))).isEqualTo("UNREGISTERED 9");
    }

    @Test
    void rfc3376Section41TakesQueriesOfAllVersions() {
        assertThat(receive(9, v2Query(ROUTER, "0.0.0.0", 0))).isEqualTo("QUERY");
        assertThat(receive(9, v2Query(ROUTER, "0.0.0.0", 100))).isEqualTo("QUERY");
        assertThat(receive(9, v3Query(ROUTER, "0.0.0.0", 100, false))).isEqualTo("QUERY");
        assertThat(receive(9, mldV1Query(ROUTER6, "::", 1000))).isEqualTo("QUERY");
        assertThat(receive(9, mldV2Query(ROUTER6, "::", 1000, false))).isEqualTo("QUERY");
        assertThat(switching.snapshot().queries()).isEqualTo(5);
    }

    @Test
    void rfc3376Section411ReadsFloatingTimesToAnswer() {
        // 0x8f: mantissa 15, exponent 0: (15 | 16) << 3 tenths of a second
        receive(9, v3Query(ROUTER, "0.0.0.0", 0x8f, false));
        switching.pass(24_799);
        assertThat(receive(1, data(HOST, GROUP))).isEqualTo("FLOOD");
        switching.pass(1);
        assertThat(receive(1, data(HOST, GROUP))).isEqualTo("UNREGISTERED 9");
    }

    @Test
    void rfc3810Section513ReadsFloatingTimesToAnswer() {
        // mantissa 0, exponent 0: 4096 << 3 milliseconds
        receive(9, mldV2Query(ROUTER6, "::", 0x8000, false));
        switching.pass(32_767);
        assertThat(receive(1, data("fd00::1", GROUP6))).isEqualTo("FLOOD");
        switching.pass(1);
        assertThat(receive(1, data("fd00::1", GROUP6))).isEqualTo("UNREGISTERED 9");
    }

    @Test
    void rfc3376Section4112DropsGeneralQueriesToOneGroup() {
        assertThat(receive(9, igmp(ROUTER, GROUP, igmpMessage(0x11, 100, "0.0.0.0"))))
                .isEqualTo("DAMAGED");
        assertThat(receive(9, igmp(ROUTER, "224.0.0.1", igmpMessage(0x11, 100, HOST))))
                .isEqualTo("DAMAGED");
    }

    @Test
    void rfc3376Section71DropsQueriesOfLengthsInBetween() {
        byte[] message = join(igmpMessage(0x11, 100, "0.0.0.0"), new byte[2]);
        assertThat(receive(9, igmp(ROUTER, "224.0.0.1", message))).isEqualTo("DAMAGED");
        byte[] short6 = join(mldMessage(130, 100, "::"), new byte[2]);
        assertThat(receive(9, mld(ROUTER6, "ff02::1", short6))).isEqualTo("DAMAGED");
    }

    @Test
    void rfc3376Section4212KeepsGroupsWhateverTheirSources() {
        ask();
        receive(1, v3Report(HOST, new Entry(IS_INCLUDE, GROUP, List.of("10.9.9.9"))));
        receive(2, v3Report(HOST, new Entry(IS_INCLUDE, GROUP)));
        receive(3, v3Report(HOST, new Entry(BLOCK, GROUP, List.of("10.9.9.9"))));
        assertThat(receive(5, data("10.8.8.8", GROUP))).isEqualTo("MEMBERS 1 9");
        receive(1, v3Report(HOST, new Entry(BLOCK, GROUP, List.of("10.9.9.9"))));
        assertThat(receive(5, data("10.8.8.8", GROUP))).isEqualTo("MEMBERS 1 9");
    }

    @Test
    void rfc3376Section4212ReadsAllRecordsOfAReport() {
        ask();
        receive(
                1,
                v3Report(
                        HOST,
                        new Entry(IS_EXCLUDE, "239.0.0.1", List.of("10.1.1.1", "10.1.1.2")),
                        new Entry(TO_INCLUDE, "239.0.0.2"),
                        new Entry(IS_EXCLUDE, "239.0.0.3")));
        assertThat(switching.groups()).containsExactly("1 239.0.0.1 p1", "1 239.0.0.3 p1");
    }

    @Test
    void rfc3376Section4213TakesReportsOfHostsWithoutAddress() {
        ask();
        receive(1, v3Report("0.0.0.0", new Entry(IS_EXCLUDE, GROUP)));
        receive(1, mldV2Report("::", new Entry(IS_EXCLUDE, GROUP6)));
        assertThat(switching.groups()).containsExactly("1 239.1.2.3 p1", "1 ff05::123 p1");
    }

    @Test
    void rfc3376Section4DropsReportsWhoseCountLies() {
        ask();
        byte[] message = GroupFrames.v3ReportMessage(new Entry(IS_EXCLUDE, GROUP));
        message[7] = 2;
        assertThat(receive(1, igmp(HOST, "224.0.0.22", message))).isEqualTo("DAMAGED");
        byte[] sources = GroupFrames.v3ReportMessage(new Entry(IS_EXCLUDE, GROUP));
        sources[10] = (byte) 0xff;
        assertThat(receive(1, igmp(HOST, "224.0.0.22", sources))).isEqualTo("DAMAGED");
        assertThat(switching.snapshot().members()).isEmpty();
    }

    @Test
    void rfc3376Section84EndsMembershipsAfter260Seconds() {
        ask();
        receive(1, v2Report(HOST, GROUP));
        switching.pass(125_000);
        receive(9, v3Query(ROUTER, "0.0.0.0", 100, false));
        switching.pass(125_000);
        receive(9, v3Query(ROUTER, "0.0.0.0", 100, false));
        switching.pass(9_999);
        assertThat(receive(3, data(HOST, GROUP))).isEqualTo("MEMBERS 1 9");
        switching.pass(1);
        assertThat(receive(3, data(HOST, GROUP))).isEqualTo("UNREGISTERED 9");
        assertThat(switching.snapshot().members()).isEmpty();
    }

    @Test
    void rfc3376Section85FloodsWhenNobodyAsksAnyMore() {
        assertThat(receive(1, data(HOST, GROUP))).isEqualTo("FLOOD");
        assertThat(receive(1, v2Report(HOST, GROUP))).isEqualTo("FLOOD");
        ask();
        assertThat(receive(1, data(HOST, GROUP))).isEqualTo("MEMBERS 1 9");
        switching.pass(244_999);
        assertThat(receive(1, data(HOST, GROUP))).isEqualTo("MEMBERS 1 9");
        switching.pass(1);
        assertThat(receive(1, data(HOST, GROUP))).isEqualTo("FLOOD");
    }

    @Test
    void rfc3376Section662ShowsTheQuerierOfTheLowestAddress() {
        receive(9, v3Query("10.0.0.254", "0.0.0.0", 100, false));
        receive(8, v3Query("10.0.0.253", "0.0.0.0", 100, false));
        receive(9, v3Query("10.0.0.254", "0.0.0.0", 100, false));
        assertThat(switching.snapshot().queriers())
                .containsExactly(new SnoopingSnapshot.Querier(
                        new VlanId(1), false, Optional.of(IpAddress.parse("10.0.0.253")), Optional.of("p8"), 255));
    }

    @Test
    void rfc3376Section89EndsMembershipsThatNobodyConfirmsWhenAsked() {
        ask();
        receive(1, v2Report(HOST, GROUP));
        receive(2, v2Report("10.0.0.2", GROUP));
        receive(1, v2Leave(HOST, GROUP));
        assertThat(receive(3, data(HOST, GROUP))).isEqualTo("MEMBERS 1 2 9");

        receive(9, v2Query(ROUTER, GROUP, 10));
        receive(2, v2Report("10.0.0.2", GROUP));
        switching.pass(1_999);
        assertThat(receive(3, data(HOST, GROUP))).isEqualTo("MEMBERS 1 2 9");
        switching.pass(1);
        assertThat(receive(3, data(HOST, GROUP))).isEqualTo("MEMBERS 2 9");
    }

    @Test
    void rfc2710Section4EndsMembershipsOfMldLikewise() {
        ask();
        receive(1, mldV1Report(HOST6, GROUP6));
        receive(1, mldDone(HOST6, GROUP6));
        receive(9, mldV1Query(ROUTER6, GROUP6, 1000));
        switching.pass(2_000);
        assertThat(receive(3, data("fd00::3", GROUP6))).isEqualTo("UNREGISTERED 9");
    }

    @Test
    void rfc3376Section415KeepsTimersWhenToldTo() {
        ask();
        receive(1, v2Report(HOST, GROUP));
        receive(9, v3Query(ROUTER, GROUP, 10, true));
        receive(9, v3Query(ROUTER, GROUP, 10, false, "10.9.9.9"));
        switching.pass(5_000);
        assertThat(receive(3, data(HOST, GROUP))).isEqualTo("MEMBERS 1 9");
    }

    @Test
    void rfc3810Section62DropsMessagesThatMayComeFromElsewhere() {
        ask();
        byte[] message = mldMessage(131, 0, GROUP6);
        byte[] alert = {58, 0, 5, 2, 0, 0, 1, 0};
        byte[] noAlert = {58, 0, 1, 4, 0, 0, 0, 0};
        byte[] good = mldChecksummed(HOST6, GROUP6, message);
        assertThat(receive(1, ipv6(HOST6, GROUP6, 2, 0, join(alert, good)))).isEqualTo("DAMAGED");
        assertThat(receive(1, ipv6(HOST6, GROUP6, 1, 0, join(noAlert, good)))).isEqualTo("DAMAGED");
        assertThat(receive(1, mldV1Report("fd00::1", GROUP6))).isEqualTo("DAMAGED");
        assertThat(receive(9, mldV2Query("::", "::", 1000, false))).isEqualTo("DAMAGED");
        assertThat(switching.snapshot().members()).isEmpty();
    }

    @Test
    void knowsEachVlanByItself() {
        ask();
        receive(1, v2Report(HOST, GROUP));
        assertThat(switching.receive(7, 3, data(HOST, GROUP))).isEqualTo("FLOOD");
        switching.receive(7, 4, v3Query(ROUTER, "0.0.0.0", 0, false));
        switching.pass(10_000);
        assertThat(switching.receive(7, 3, data(HOST, GROUP))).isEqualTo("UNREGISTERED 4");
        assertThat(receive(3, data(HOST, GROUP))).isEqualTo("MEMBERS 1 9");
    }

    @Test
    void takesMessagesBehindATag() {
        ask();
        byte[] report = v2Report(HOST, GROUP);
        byte[] tagged = join(
                Arrays.copyOf(report, 12),
                new byte[] {(byte) 0x81, 0, 0, 1},
                Arrays.copyOfRange(report, 12, report.length));
        assertThat(switching.receiveTagged(1, 1, tagged)).isEqualTo("REPORT 9");
        assertThat(receive(3, data(HOST, GROUP))).isEqualTo("MEMBERS 1 9");
    }

    @Test
    void forgetsAPortWithAllThatIsBehindIt() {
        ask();
        receive(1, v2Report(HOST, GROUP));
        receive(2, v2Report("10.0.0.2", GROUP));
        switching.snooping.forgetPort(1, _ -> false);
        assertThat(receive(3, data(HOST, GROUP))).isEqualTo("MEMBERS 2 9");
        switching.snooping.forgetPort(9, vid -> vid == 1);
        assertThat(receive(3, data(HOST, GROUP))).isEqualTo("MEMBERS 2 9");
        switching.snooping.forgetPort(9, _ -> false);
        assertThat(receive(3, data(HOST, GROUP))).isEqualTo("FLOOD");
    }

    @Test
    void showsWhoWantsWhat() {
        ask();
        receive(2, v2Report(HOST, GROUP));
        receive(1, v2Report(HOST, GROUP));
        receive(1, mldV1Report(HOST6, GROUP6));
        switching.pass(500);
        SnoopingSnapshot shown = switching.snapshot();
        assertThat(shown.members())
                .containsExactly(
                        new SnoopingSnapshot.Member(new VlanId(1), IpAddress.parse(GROUP), "p1", 260),
                        new SnoopingSnapshot.Member(new VlanId(1), IpAddress.parse(GROUP), "p2", 260),
                        new SnoopingSnapshot.Member(new VlanId(1), IpAddress.parse(GROUP6), "p1", 260));
        assertThat(shown.routers())
                .containsExactly(
                        new SnoopingSnapshot.Router(new VlanId(1), false, "p9", 245),
                        new SnoopingSnapshot.Router(new VlanId(1), true, "p9", 245));
        assertThat(shown.reports()).isEqualTo(3);
    }
}
