package io.netyard.vswitch.tunnel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.netyard.net.IpAddress;
import io.netyard.net.VlanId;
import io.netyard.vlan.PortVlans;
import io.netyard.vlan.VlanSet;
import io.netyard.vswitch.pipeline.DropReason;
import io.netyard.vswitch.pipeline.IngressContext;
import io.netyard.vswitch.pipeline.MacRelay;
import io.netyard.vswitch.pipeline.PortSettings;
import io.netyard.vswitch.port.MemoryPort;
import io.netyard.vswitch.port.Offload;
import io.netyard.vswitch.port.Port;
import io.netyard.vswitch.port.PortCapabilities;
import io.netyard.vxlan.OuterFields;
import io.netyard.vxlan.TunnelHeader;
import io.netyard.vxlan.VtepTable;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class TunnelPortTest {
    private static final VlanId TEN = new VlanId(10);
    private static final IpAddress ONE = IpAddress.parse("192.0.2.1");
    private static final IpAddress TWO = IpAddress.parse("192.0.2.2");
    private static final IpAddress SIX = IpAddress.parse("fd00::6");
    private static final String NEAR = "020000000001";
    private static final String FAR = "020000000002";
    private static final String ALL = "ffffffffffff";
    private static final String IP =
            "0800" + "45b8001c00004000" + "2001" + "99c0" + "0a000001" + "0a000002" + "00".repeat(26);
    private static final String VNI = "0800000000138800";

    private final MemoryUnderlay underlay = new MemoryUnderlay(false);
    private final TunnelEndpoint endpoint = new TunnelEndpoint(TunnelHeader.VXLAN, underlay);
    private final VtepTable remotes = new VtepTable(16, false);
    private final MemoryPort access = new MemoryPort("p1", PortCapabilities.PLAIN);
    private final List<Port> added = new ArrayList<>();
    private final MemoryPort trunk = new MemoryPort("p2", PortCapabilities.PLAIN);
    private final MacRelay relay = new MacRelay(64, 1, (port, cause) -> {
        throw cause;
    });

    @BeforeEach
    void addPorts() {
        add(access, new PortSettings(PortVlans.access(TEN)));
        add(trunk, new PortSettings(PortVlans.trunk(VlanSet.of(TEN))));
    }

    @AfterEach
    void close() {
        access.detach();
        trunk.detach();
        relay.close();
    }

    @Test
    void floodsToEveryEndPointOfTheList() {
        remotes.flood(List.of(ONE, TWO));
        addTunnel(5000, OuterFields.DEFAULT);
        access.receive(bytes(ALL + NEAR + IP));
        List<MemoryUnderlay.Packet> sent = underlay.takeSent();
        assertThat(sent).extracting(MemoryUnderlay.Packet::remote).containsExactly(ONE, TWO);
        for (MemoryUnderlay.Packet packet : sent) {
            assertThat(hex(packet.bytes())).isEqualTo(VNI + ALL + NEAR + IP);
            assertThat(packet.sourcePort()).isBetween(49_152, 65_535);
            assertThat(packet.trafficClass()).isZero();
            assertThat(packet.ttl()).isEqualTo(64);
        }
        assertThat(hex(trunk.takeSent().getFirst().bytes())).isEqualTo(ALL + NEAR + "8100000a" + IP);
    }

    @Test
    void learnsBehindWhichEndPointAStationIs() {
        remotes.flood(List.of(ONE, TWO));
        addTunnel(5000, OuterFields.DEFAULT);
        underlay.receive(TWO, 0, bytes(VNI + NEAR + FAR + IP));
        assertThat(hex(access.takeSent().getFirst().bytes())).isEqualTo(NEAR + FAR + IP);
        assertThat(underlay.takeSent()).as("split horizon").isEmpty();

        trunk.receive(bytes(FAR + NEAR + "8100000a" + IP));
        assertThat(underlay.takeSent()).singleElement().satisfies(packet -> {
            assertThat(packet.remote()).isEqualTo(TWO);
            assertThat(hex(packet.bytes())).as("the tag is taken out").isEqualTo(VNI + FAR + NEAR + IP);
        });

        underlay.receive(ONE, 0, bytes(VNI + NEAR + FAR + IP));
        trunk.receive(bytes(FAR + NEAR + "8100000a" + IP));
        assertThat(underlay.takeSent())
                .extracting(MemoryUnderlay.Packet::remote)
                .containsExactly(ONE);
    }

    @Test
    @Tag("F43")
    void dropsWhatASpoofedPeerSends() {
        remotes.flood(List.of(ONE));
        TunnelPort port = addTunnel(5000, OuterFields.DEFAULT);
        underlay.receive(TWO, 0, bytes(VNI + NEAR + FAR + IP));
        assertThat(access.takeSent()).isEmpty();
        assertThat(port.tunnelCounters().refusedPeers()).isEqualTo(1);
    }

    @Test
    @Tag("F44")
    void rfc7348Section41DropsUnknownVnisAndBadHeaders() {
        remotes.flood(List.of(ONE));
        TunnelPort port = addTunnel(5000, OuterFields.DEFAULT);
        underlay.receive(ONE, 0, bytes("0800000000138900" + NEAR + FAR + IP));
        underlay.receive(ONE, 0, bytes("0000000000138800" + NEAR + FAR + IP));
        underlay.receive(ONE, 0, bytes("08000000001388"));
        underlay.receive(ONE, 0, bytes(VNI + "020000000001020000000002" + "08"));
        assertThat(access.takeSent()).isEmpty();
        assertThat(endpoint.counters().unknownIdentifiers()).isEqualTo(1);
        assertThat(endpoint.counters().badHeaders()).isEqualTo(2);
        assertThat(port.tunnelCounters().badHeaders()).isEqualTo(1);
    }

    @Test
    void rfc7348Section61DiscardsFramesWithATagWithin() {
        remotes.flood(List.of(ONE));
        addTunnel(5000, OuterFields.DEFAULT);
        underlay.receive(ONE, 0, bytes(VNI + NEAR + FAR + "8100000a" + IP));
        assertThat(access.takeSent()).isEmpty();
        assertThat(relay.snapshot(0).port("vx5000").drops(DropReason.TAGGED_NOT_ADMITTED))
                .isEqualTo(1);
    }

    @Test
    void rfc6040CarriesCongestionOnOrDrops() {
        remotes.flood(List.of(ONE));
        TunnelPort port = addTunnel(5000, OuterFields.DEFAULT);
        underlay.receive(ONE, 3, bytes(VNI + NEAR + FAR + IP));
        assertThat(access.takeSent()).as("not capable").isEmpty();
        assertThat(port.tunnelCounters().congested()).isEqualTo(1);
        String capable = IP.replace("45b8", "45ba").replace("99c0", "99be");
        underlay.receive(ONE, 3, bytes(VNI + NEAR + FAR + capable));
        assertThat(hex(access.takeSent().getFirst().bytes()))
                .isEqualTo(NEAR + FAR + IP.replace("45b8", "45bb").replace("99c0", "99bd"));
    }

    @Test
    void takesOverTrafficClassAndHopLimit() {
        remotes.flood(List.of(ONE));
        addTunnel(5000, new OuterFields(OptionalInt.empty(), OptionalInt.empty()));
        access.receive(bytes(ALL + NEAR + IP));
        MemoryUnderlay.Packet packet = underlay.takeSent().getFirst();
        assertThat(packet.trafficClass()).isEqualTo(0xb8);
        assertThat(packet.ttl()).isEqualTo(0x20);
    }

    @Test
    void joinsAndFloodsToAMulticastGroup() {
        IpAddress group = IpAddress.parse("239.1.1.1");
        VtepTable learning = new VtepTable(16, true);
        learning.flood(List.of(group));
        add(endpoint.port("vx", 5000, learning, OuterFields.DEFAULT), new PortSettings(PortVlans.access(TEN)));
        assertThat(underlay.joined).containsExactly(group);
        access.receive(bytes(ALL + NEAR + IP));
        assertThat(underlay.takeSent())
                .extracting(MemoryUnderlay.Packet::remote)
                .containsExactly(group);
        underlay.receive(TWO, 0, bytes(VNI + NEAR + FAR + IP));
        access.receive(bytes(FAR + NEAR + IP));
        assertThat(underlay.takeSent())
                .extracting(MemoryUnderlay.Packet::remote)
                .containsExactly(TWO);
    }

    @Test
    void keepsVnisOfOneUnderlayApart() {
        remotes.flood(List.of(ONE));
        addTunnel(5000, OuterFields.DEFAULT);
        VtepTable others = new VtepTable(16, false);
        others.flood(List.of(TWO));
        Port second = endpoint.port("vx2", 5001, others, OuterFields.DEFAULT);
        add(second, new PortSettings(PortVlans.access(new VlanId(20))));
        access.receive(bytes(ALL + NEAR + IP));
        assertThat(underlay.takeSent())
                .extracting(MemoryUnderlay.Packet::remote)
                .containsExactly(ONE);
        underlay.receive(TWO, 0, bytes("0800000000138900" + ALL + FAR + IP));
        assertThat(access.takeSent()).as("of another VLAN").isEmpty();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> endpoint.port("vx3", 5001, others, OuterFields.DEFAULT)
                        .attach(new IngressContext(relay.ingress("vx2"))));
        relay.remove("vx5000");
        relay.remove("vx2");
        second.detach();
        assertThat(underlay.isOpen).isTrue();
    }

    @Test
    void countsWhatHasNowhereToGo() {
        TunnelPort port = addTunnel(5000, OuterFields.DEFAULT);
        access.receive(bytes(ALL + NEAR + IP));
        assertThat(underlay.takeSent()).isEmpty();
        assertThat(port.tunnelCounters().noPeer()).isEqualTo(1);
        assertThat(relay.snapshot(0).port("vx5000").drops(DropReason.TRANSMIT_FAILED))
                .isEqualTo(1);
    }

    @Test
    @Tag("F42")
    void leavesRoomForTheOuterHeaders() {
        TunnelPort port = addTunnel(5000, OuterFields.DEFAULT);
        assertThat(port.capabilities().mtu()).isEqualTo(1450);
        TunnelEndpoint six = new TunnelEndpoint(TunnelHeader.VXLAN, new MemoryUnderlay(true));
        assertThat(six.port("vx6", 1, remotes, OuterFields.DEFAULT)
                        .capabilities()
                        .mtu())
                .isEqualTo(1430);
        access.receive(bytes(ALL + NEAR + "0800" + "00".repeat(1451)));
        assertThat(relay.snapshot(0).port("vx5000").drops(DropReason.TOO_LONG)).isEqualTo(1);
    }

    @Test
    void nvgreCarriesFlowsInItsHeaderOverIpv6() {
        MemoryUnderlay ipv6 = new MemoryUnderlay(true);
        TunnelEndpoint nvgre = new TunnelEndpoint(TunnelHeader.NVGRE, ipv6);
        VtepTable table = new VtepTable(16, false);
        table.flood(List.of(SIX));
        add(nvgre.port("nv", 6000, table, OuterFields.DEFAULT), new PortSettings(PortVlans.access(TEN)));
        access.receive(bytes(ALL + NEAR + IP));
        MemoryUnderlay.Packet packet = ipv6.takeSent().getFirst();
        assertThat(packet.remote()).isEqualTo(SIX);
        assertThat(packet.sourcePort()).isZero();
        assertThat(hex(packet.bytes())).startsWith("20006558001770").endsWith(ALL + NEAR + IP);
        ipv6.receive(SIX, 0, bytes("2000655800177042" + NEAR + FAR + IP));
        assertThat(hex(access.takeSent().getFirst().bytes())).isEqualTo(NEAR + FAR + IP);
        assertThatIllegalArgumentException().isThrownBy(() -> nvgre.port("nv0", 1, table, OuterFields.DEFAULT));
    }

    @Test
    void opensTheOuterOfThreeTunnelsInEachOther() {
        remotes.flood(List.of(ONE));
        addTunnel(5000, OuterFields.DEFAULT);
        String innermost = NEAR + FAR + IP;
        String twice = inVxlan(inVxlan(innermost));
        underlay.receive(ONE, 0, bytes(VNI + twice));
        assertThat(hex(access.takeSent().getFirst().bytes())).isEqualTo(twice);

        access.receive(bytes(ALL + NEAR + twice.substring(24)));
        assertThat(hex(underlay.takeSent().getFirst().bytes())).isEqualTo(VNI + ALL + NEAR + twice.substring(24));
        for (int cut = 0; cut < bytes(twice).length; cut++) {
            underlay.receive(ONE, 0, bytes(VNI + twice.substring(0, 2 * cut)));
        }
        assertThat(endpoint.counters().unknownIdentifiers()).isZero();
    }

    private static String inVxlan(String frame) {
        HexFormat hex = HexFormat.of();
        int length = frame.length() / 2 + 16;
        String udp = "c00112b5" + hex.toHexDigits((short) length) + "0000";
        String ip = "4500" + hex.toHexDigits((short) (20 + length)) + "00004000" + "4011" + "0000" + "c0000201c0000202";
        return NEAR + FAR + "0800" + ip + udp + VNI + frame;
    }

    @Test
    void rfc7637Section33CarriesNoTags() {
        MemoryUnderlay other = new MemoryUnderlay(false);
        VtepTable table = new VtepTable(16, false);
        table.flood(List.of(ONE));
        TunnelPort port = new TunnelEndpoint(TunnelHeader.NVGRE, other).port("nv", 6000, table, OuterFields.DEFAULT);
        add(port, new PortSettings(PortVlans.trunk(VlanSet.of(TEN))));
        other.receive(ONE, 0, bytes("2000655800177000" + NEAR + FAR + "8100000a" + IP));
        access.receive(bytes(ALL + NEAR + IP));
        assertThat(access.takeSent()).isEmpty();
        assertThat(other.takeSent()).isEmpty();
        assertThat(port.tunnelCounters().tagged()).isEqualTo(2);
    }

    @Test
    void leavesTheFlowIdOutWhereItIsToldTo() {
        MemoryUnderlay other = new MemoryUnderlay(false);
        VtepTable table = new VtepTable(16, false);
        table.flood(List.of(ONE));
        TunnelEndpoint nvgre = new TunnelEndpoint(TunnelHeader.NVGRE, other);
        add(
                nvgre.port("nv", 6000, table, OuterFields.DEFAULT, new TunnelPort.Options(1400, true, false)),
                new PortSettings(PortVlans.access(TEN)));
        access.receive(bytes(ALL + NEAR + IP));
        assertThat(hex(other.takeSent().getFirst().bytes())).startsWith("2000655800177000");
        assertThat(relay.snapshot(0).port("nv").settings()).isNotNull();
    }

    @Test
    void changesItsEndsWhileFramesFlow() {
        remotes.flood(List.of(ONE, TWO));
        TunnelPort port = addTunnel(5000, OuterFields.DEFAULT);
        underlay.receive(TWO, 0, bytes(VNI + NEAR + FAR + IP));

        port.change(List.of(ONE), false, true);

        access.receive(bytes(FAR + NEAR + IP));
        assertThat(underlay.takeSent())
                .as("what was behind an end that went is flooded")
                .extracting(MemoryUnderlay.Packet::remote)
                .containsExactly(ONE);
        underlay.receive(TWO, 0, bytes(VNI + NEAR + FAR + IP));
        assertThat(port.tunnelCounters().refusedPeers()).isEqualTo(1);
    }

    @Test
    void sendsToAllEndsWhereItDoesNotLearn() {
        remotes.flood(List.of(ONE, TWO));
        TunnelPort port = addTunnel(5000, OuterFields.DEFAULT);
        port.change(List.of(ONE, TWO), false, false);
        underlay.receive(TWO, 0, bytes(VNI + NEAR + FAR + IP));
        access.receive(bytes(FAR + NEAR + IP));
        assertThat(underlay.takeSent())
                .extracting(MemoryUnderlay.Packet::remote)
                .containsExactly(ONE, TWO);
    }

    @Test
    void joinsAGroupOnceAndLeavesItWithItsLastTunnel() {
        IpAddress group = IpAddress.parse("239.1.1.1");
        for (int vni = 1; vni <= 2; vni++) {
            VtepTable table = new VtepTable(16, true);
            table.flood(List.of(group));
            add(
                    endpoint.port("vx" + vni, vni, table, OuterFields.DEFAULT),
                    new PortSettings(PortVlans.access(new VlanId(vni))));
        }
        Port last = endpoint.port("vx3", 3, remotes, OuterFields.DEFAULT);
        add(last, new PortSettings(PortVlans.access(TEN)));
        assertThat(underlay.joined).containsExactly(group);
        detach("vx1");
        assertThat(underlay.joined).containsExactly(group);
        detach("vx2");
        assertThat(underlay.joined).isEmpty();
        assertThat(endpoint.isClosed()).isFalse();
        last.detach();
        assertThat(endpoint.isClosed()).isTrue();
        assertThat(underlay.isOpen).isFalse();
    }

    @Test
    void passesWorkThatTheSenderLeftUndone() {
        remotes.flood(List.of(ONE));
        addTunnel(5000, OuterFields.DEFAULT);
        long offload = Offload.of(Offload.CHECKSUM, 0, 34, 6);
        String udp = "0800" + "4500001e000040004011" + "0000" + "0a0000010a000002" + "00070007000a" + "141e" + "0102";

        underlay.receive(ONE, 0, bytes(VNI + NEAR + FAR + udp), offload);

        assertThat(hex(access.takeSent().getFirst().bytes()))
                .as("the checksum is complete")
                .isEqualTo(NEAR + FAR + udp.replace("141e", "eac7"));
    }

    private void detach(String name) {
        Port port = added.stream()
                .filter(each -> each.name().equals(name))
                .findFirst()
                .orElseThrow();
        relay.remove(name);
        port.detach();
    }

    private TunnelPort addTunnel(int vni, OuterFields outer) {
        TunnelPort port = endpoint.port("vx" + vni, vni, remotes, outer);
        add(port, new PortSettings(PortVlans.access(TEN)));
        return port;
    }

    private void add(Port port, PortSettings settings) {
        added.add(port);
        relay.add(port, settings, 0);
        port.attach(new IngressContext(relay.ingress(port.name())));
    }

    private static byte[] bytes(String hex) {
        return HexFormat.of().parseHex(hex);
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }
}
