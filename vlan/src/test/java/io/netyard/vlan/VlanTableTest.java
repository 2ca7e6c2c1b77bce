package io.netyard.vlan;

import static io.netyard.vlan.IngressDiscard.NOT_A_MEMBER;
import static io.netyard.vlan.IngressDiscard.RESERVED_VID;
import static io.netyard.vlan.IngressDiscard.TAGGED_NOT_ADMITTED;
import static io.netyard.vlan.IngressDiscard.UNTAGGED_NOT_ADMITTED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.netyard.net.VlanId;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// Clauses are those of IEEE 802.1Q-2022.
class VlanTableTest {
    private static final VlanId TEN = new VlanId(10);
    private static final VlanId TWENTY = new VlanId(20);
    private static final VlanId THIRTY = new VlanId(30);
    private static final VlanSet BOTH = VlanSet.of(TEN, TWENTY);

    @Test
    void clause69AccessPortTakesUntaggedFramesIntoItsVlan() {
        VlanTable access = new VlanTable(PortVlans.access(TEN));
        assertThat(access.ingress(VlanTag.NONE)).isEqualTo(10);
        assertThat(access.egress(10)).isEqualTo(VlanTag.NONE);
        assertThat(access.egress(20)).isEqualTo(VlanTable.NOT_A_MEMBER);
    }

    @Test
    void clause69AccessPortDiscardsTaggedFramesEvenOfItsOwnVlan() {
        VlanTable access = new VlanTable(PortVlans.access(TEN));
        assertDiscards(access, tag(10), TAGGED_NOT_ADMITTED);
        assertDiscards(access, tag(20), TAGGED_NOT_ADMITTED);
    }

    @Test
    void clause69PriorityTaggedFramesKeepTheirPriorityAndGoToThePvid() {
        VlanTable access = new VlanTable(PortVlans.access(TEN));
        int classified = access.ingress(VlanTag.of(VlanTag.C_TAG, 5, 1, 0));
        assertThat(VlanTag.vid(classified)).isEqualTo(10);
        assertThat(VlanTag.pcp(classified)).isEqualTo(5);
        assertThat(VlanTag.dei(classified)).isEqualTo(1);

        VlanTable trunk = new VlanTable(PortVlans.trunk(BOTH));
        assertThat(trunk.egress(classified)).isEqualTo(VlanTag.of(VlanTag.C_TAG, 5, 1, 10));
    }

    @Test
    void clause69TrunkAdmitsOnlyVlanTaggedFrames() {
        VlanTable trunk = new VlanTable(PortVlans.trunk(BOTH));
        assertThat(trunk.ingress(tag(10))).isEqualTo(10);
        assertThat(trunk.egress(10)).isEqualTo(tag(10));
        assertDiscards(trunk, VlanTag.NONE, UNTAGGED_NOT_ADMITTED);
        assertDiscards(trunk, tag(0), UNTAGGED_NOT_ADMITTED);
    }

    @Test
    void clause862IngressFilteringDiscardsFramesOfOtherVlans() {
        assertDiscards(new VlanTable(PortVlans.trunk(BOTH)), tag(30), NOT_A_MEMBER);
    }

    @Test
    void clause862WithoutIngressFilteringFramesOfOtherVlansComeIn() {
        VlanTable trunk = new VlanTable(PortVlans.trunk(BOTH).withIngressFiltering(false));
        assertThat(trunk.ingress(tag(30))).isEqualTo(30);
        assertThat(trunk.egress(30)).isEqualTo(VlanTable.NOT_A_MEMBER);
    }

    @Test
    void clause864NativeUntaggedVlanLeavesUntaggedAndIsTakenInBothForms() {
        VlanTable trunk = new VlanTable(PortVlans.trunkNativeUntagged(VlanSet.of(TWENTY), TEN));
        assertThat(trunk.ingress(VlanTag.NONE)).isEqualTo(10);
        assertThat(trunk.ingress(tag(10))).isEqualTo(10);
        assertThat(trunk.egress(10)).isEqualTo(VlanTag.NONE);
        assertThat(trunk.egress(20)).isEqualTo(tag(20));
    }

    @Test
    void clause864NativeTaggedVlanLeavesTagged() {
        VlanTable trunk = new VlanTable(PortVlans.trunkNativeTagged(BOTH, TEN));
        assertThat(trunk.ingress(VlanTag.NONE)).isEqualTo(10);
        assertThat(trunk.egress(10)).isEqualTo(tag(10));
    }

    @Test
    void clause96NeverTakesTheReservedVid() {
        PortVlans open = PortVlans.trunkNativeUntagged(VlanSet.all(), TEN).withIngressFiltering(false);
        assertDiscards(new VlanTable(open), tag(4095), RESERVED_VID);
        assertThat(new VlanTable(open).egress(4095)).isEqualTo(VlanTable.NOT_A_MEMBER);
        assertThat(new VlanTable(open).egress(0)).isEqualTo(VlanTable.NOT_A_MEMBER);
    }

    @Test
    void clause153TunnelTakesWhateverTheCustomerSendsAsPayload() {
        VlanTable tunnel = new VlanTable(PortVlans.tunnel(TEN));
        assertThat(tunnel.tpid()).isEqualTo(VlanTag.S_TAG);
        assertThat(tunnel.ingress(VlanTag.NONE)).isEqualTo(10);
        assertThat(tunnel.egress(10)).isEqualTo(VlanTag.NONE);
        assertDiscards(tunnel, VlanTag.of(VlanTag.S_TAG, 10), TAGGED_NOT_ADMITTED);

        VlanTable provider = new VlanTable(PortVlans.trunk(BOTH).withTpid(VlanTag.S_TAG));
        assertThat(provider.egress(10)).isEqualTo(VlanTag.of(VlanTag.S_TAG, 10));
    }

    @Test
    void clause69TranslatesVidsInBothDirections() {
        VlanTable trunk = new VlanTable(PortVlans.trunk(BOTH).withTranslation(Map.of(THIRTY, TEN)));
        assertThat(trunk.ingress(VlanTag.of(VlanTag.C_TAG, 2, 0, 30))).isEqualTo(VlanTag.of(0, 2, 0, 10));
        assertThat(trunk.egress(VlanTag.of(0, 2, 0, 10))).isEqualTo(VlanTag.of(VlanTag.C_TAG, 2, 0, 30));
        assertThat(trunk.ingress(tag(20))).isEqualTo(20);
        assertThat(trunk.egress(20)).isEqualTo(tag(20));
    }

    @Test
    void aTransparentPortKnowsNoTags() {
        VlanTable port = new VlanTable(PortVlans.transparent());
        assertThat(port.tpid()).isEqualTo(PortVlans.NO_TPID);
        assertThat(port.ingress(VlanTag.NONE)).isEqualTo(1);
        assertThat(port.egress(1)).isEqualTo(VlanTag.NONE);
    }

    @Test
    void admitsOnlyWhatItIsToldTo() {
        PortVlans general = PortVlans.trunkNativeUntagged(BOTH, TEN);
        assertDiscards(new VlanTable(general.withFrameTypes(FrameTypes.TAGGED)), VlanTag.NONE, UNTAGGED_NOT_ADMITTED);
        assertDiscards(new VlanTable(general.withFrameTypes(FrameTypes.UNTAGGED)), tag(20), TAGGED_NOT_ADMITTED);
        assertThat(new VlanTable(PortVlans.access(TEN).withFrameTypes(FrameTypes.ALL)).ingress(tag(10)))
                .as("the rule of the Linux bridge")
                .isEqualTo(10);
    }

    @Test
    void refusesSettingsThatContradictEachOther() {
        VlanSet ten = VlanSet.of(TEN);
        VlanSet twenty = VlanSet.of(TWENTY);
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        new PortVlans(VlanTag.C_TAG, Optional.empty(), ten, twenty, FrameTypes.ALL, true, Map.of()))
                .withMessage("VLANs 20 leave untagged, but the port is a member of 10 alone");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PortVlans.access(TEN).withTpid(0x0800));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PortVlans.trunk(BOTH).withTranslation(Map.of(TEN, THIRTY, TWENTY, THIRTY)));
    }

    @Test
    void writesSetsOfVlansAsPeopleDo() {
        assertThat(VlanSet.none()).hasToString("none");
        assertThat(VlanSet.all()).hasToString("1-4094");
        assertThat(VlanSet.of(TEN, new VlanId(11), THIRTY))
                .hasToString("10-11,30")
                .isEqualTo(VlanSet.of(THIRTY, new VlanId(11), TEN));
    }

    private static int tag(int vid) {
        return VlanTag.of(VlanTag.C_TAG, vid);
    }

    private static void assertDiscards(VlanTable table, int tag, IngressDiscard reason) {
        int result = table.ingress(tag);
        assertThat(result).isNegative();
        assertThat(IngressDiscard.of(result)).isEqualTo(reason);
    }
}
