package io.netyard.vswitch.pipeline;

import static io.netyard.vswitch.snooping.GroupFrames.data;
import static io.netyard.vswitch.snooping.GroupFrames.v2Query;
import static io.netyard.vswitch.snooping.GroupFrames.v2Report;
import static org.assertj.core.api.Assertions.assertThat;

import io.netyard.net.MacAddress;
import io.netyard.net.VlanId;
import io.netyard.vlan.PortVlans;
import io.netyard.vlan.VlanSet;
import io.netyard.vswitch.port.MemoryFrame;
import io.netyard.vswitch.snooping.SnoopingSettings;
import io.netyard.vswitch.snooping.SnoopingSnapshot;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Snooping as part of a switch: p1 and p2 are hosts, p3 is a trunk with a router behind it, p4 is in
/// another VLAN.
class SnoopingRelayTest {
    private static final VlanId TEN = new VlanId(10);
    private static final VlanId TWENTY = new VlanId(20);
    private static final String GROUP = "239.1.2.3";
    private static final byte[] QUERY = tagged(v2Query("10.0.0.9", "0.0.0.0", 10));

    private final RelayFixture relay = new RelayFixture();

    @AfterEach
    void close() {
        relay.close();
        assertThat(relay.failures).isEmpty();
    }

    private void start(SnoopingSettings settings) {
        relay.add("p1", new PortSettings(PortVlans.access(TEN)))
                .add("p2", new PortSettings(PortVlans.access(TEN)))
                .add("p3", new PortSettings(PortVlans.trunk(VlanSet.of(TEN, TWENTY))))
                .add("p4", new PortSettings(PortVlans.access(TWENTY)));
        relay.relay.configure(RelaySettings.DEFAULT.withSnooping(settings));
    }

    private void ask() {
        relay.send("p3", new MemoryFrame(QUERY));
        relay.take();
        relay.passSeconds(1);
    }

    private List<String> receive(String port, byte[] frame) {
        return relay.receive(port, new MemoryFrame(frame));
    }

    private static byte[] tagged(byte[] frame) {
        String hex = HexFormat.of().formatHex(frame);
        return RelayFixture.bytes(hex.substring(0, 24) + "8100000a" + hex.substring(24));
    }

    private static String on(String port, byte[] frame) {
        return port + " " + HexFormat.of().formatHex(frame);
    }

    @Test
    void sendsAStreamToMembersAndRoutersAlone() {
        start(SnoopingSettings.ON);
        byte[] stream = data("10.0.0.7", GROUP);
        assertThat(receive("p1", stream)).containsExactly(on("p2", stream), on("p3", tagged(stream)));
        ask();
        assertThat(receive("p1", stream)).containsExactly(on("p3", tagged(stream)));

        byte[] report = v2Report("10.0.0.2", GROUP);
        assertThat(receive("p2", report)).containsExactly(on("p3", tagged(report)));
        assertThat(receive("p1", stream)).containsExactly(on("p2", stream), on("p3", tagged(stream)));
        assertThat(receive("p3", tagged(stream))).containsExactly(on("p2", stream));
    }

    @Test
    void countsWhatNobodyWantsAndWhatIsDamaged() {
        start(SnoopingSettings.ON);
        ask();
        receive("p3", tagged(data("10.0.0.7", GROUP)));
        byte[] damaged = v2Report("10.0.0.2", GROUP);
        damaged[45] ^= 1;
        receive("p2", damaged);
        assertThat(relay.drops("p3", DropReason.NO_MEMBER)).isOne();
        assertThat(relay.drops("p2", DropReason.BAD_GROUP_MESSAGE)).isOne();
        assertThat(relay.snapshot().groups().damaged()).isOne();
    }

    @Test
    void tellsWhyInTheLogOfDecisions() {
        start(SnoopingSettings.ON);
        ask();
        List<Decision> decisions = new ArrayList<>();
        relay.relay.logDecisions(decisions::add);
        receive("p3", QUERY);
        receive("p2", v2Report("10.0.0.2", GROUP));
        receive("p1", data("10.0.0.7", GROUP));
        receive("p1", data("10.0.0.7", "239.9.9.9"));
        assertThat(decisions)
                .extracting(Decision::lookUp)
                .containsExactly(
                        Optional.of(Destination.QUERY),
                        Optional.of(Destination.REPORT),
                        Optional.of(Destination.MEMBERS),
                        Optional.of(Destination.UNREGISTERED));
        assertThat(decisions.get(2).sent()).extracting(Decision.Sent::port).containsExactly("p2", "p3");
    }

    @Test
    void forgetsMembersWithTheirPortOrItsVlan() {
        start(SnoopingSettings.ON);
        ask();
        receive("p1", v2Report("10.0.0.1", GROUP));
        receive("p2", v2Report("10.0.0.2", GROUP));
        relay.remove("p1");
        relay.relay.configure("p2", new PortSettings(PortVlans.access(TWENTY)), relay.now);
        assertThat(relay.snapshot().groups().members()).isEmpty();
        assertThat(relay.snapshot().groups().routers()).hasSize(1);
    }

    @Test
    void asksByItselfInEveryVlan() {
        start(SnoopingSettings.querying(MacAddress.parse("02:00:00:00:00:77")));
        relay.relay.sweep(relay.now);
        List<String> asked = new ArrayList<>();
        relay.take().forEach((port, frames) -> frames.forEach(frame -> asked.add(port + " " + frame.bytes().length)));
        assertThat(asked)
                .containsExactly(
                        "p1 50", "p1 90", "p2 50", "p2 90", "p3 54", "p3 94", "p3 54", "p3 94", "p4 50", "p4 90");
        assertThat(relay.snapshot().groups().queriers())
                .extracting(SnoopingSnapshot.Querier::vlan)
                .containsExactly(TEN, TEN, TWENTY, TWENTY);
    }

    @Test
    void floodsAgainWhenItIsTurnedOff() {
        start(SnoopingSettings.ON);
        ask();
        relay.relay.configure(RelaySettings.DEFAULT);
        byte[] stream = data("10.0.0.7", GROUP);
        assertThat(receive("p1", stream)).containsExactly(on("p2", stream), on("p3", tagged(stream)));
        assertThat(relay.snapshot().groups()).isEqualTo(SnoopingSnapshot.EMPTY);
    }
}
