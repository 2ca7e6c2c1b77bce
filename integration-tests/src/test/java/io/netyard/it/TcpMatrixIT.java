package io.netyard.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.EpollIoHandler;
import io.netyard.linux.NamespaceFolder;
import io.netyard.linux.NetworkNamespace;
import io.netyard.net.InterfaceName;
import io.netyard.net.IpAddress;
import io.netyard.vlan.PortVlans;
import io.netyard.vswitch.VirtualSwitch;
import io.netyard.vswitch.device.IpUnderlay;
import io.netyard.vswitch.pipeline.PortSettings;
import io.netyard.vswitch.port.Port;
import io.netyard.vswitch.tunnel.TunnelEndpoint;
import io.netyard.vxlan.OuterFields;
import io.netyard.vxlan.TunnelHeader;
import io.netyard.vxlan.VtepTable;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// TCP through a switch between every two kinds of ports, with the offloads of the hosts as they are and
/// switched off, in both directions: every octet of a transfer with a checksum arrives, and nothing stalls
/// under iperf3.
///
/// ```text
/// h1:eth0 === left --- switch --- right === h2:eth0
/// VXLAN:  h1:eth0 (the kernel's VXLAN) over h1:under === under1:under (VXLAN port)
/// ```
@Timeout(90)
class TcpMatrixIT {
    private static final int MEBIBYTES = 4;
    private static final int VNI = 42;
    private static final int MOST_SECONDS = 4;

    /// Everything that a host can leave to others, or expects of them.
    private static final String[] NO_OFFLOADS = {
        "ethtool", "-K", "eth0", "rx", "off", "tx", "off", "sg", "off", "tso", "off", "gso", "off", "gro", "off"
    };

    private static final List<String> TABLE = new ArrayList<>();
    private static final boolean HAS_IPERF = Iperf.isInstalled();

    @RegisterExtension
    private final Hosts hosts =
            Hosts.named("h1", "h2", "switch", "under1", "under2").with("net.ipv6.conf.default.accept_dad=0");

    /// What a host is joined by: a port of one of the kinds, or a tunnel to the kernel's VXLAN.
    enum Way {
        PACKET_V2,
        PACKET_V2_PLAIN,
        PACKET_V3,
        XDP_GENERIC,
        XDP_NATIVE,
        TAP,
        TAP_PLAIN,
        VXLAN;

        /// Why a host has to cut segments itself; empty if it need not.
        String reasonToCut() {
            return switch (this) {
                case PACKET_V2_PLAIN -> "a packet socket without virtio header is not told how long segments are";
                case XDP_GENERIC -> "AF_XDP is not told how long segments are";
                case PACKET_V2, PACKET_V3, XDP_NATIVE, TAP, TAP_PLAIN, VXLAN -> "";
            };
        }
    }

    @AfterAll
    static void printTable() {
        System.out.println("TCP between ports, MiB/s there and back, offloads of the hosts on and off"
                + (HAS_IPERF ? "; beside it iperf3:" : ":"));
        TABLE.forEach(System.out::println);
        for (Way way : Way.values()) {
            if (!way.reasonToCut().isEmpty()) {
                System.out.println("* the host at " + way + " cuts segments (tso off): " + way.reasonToCut());
            }
        }
    }

    static Stream<Arguments> pairs() {
        Way[] ways = Way.values();
        return IntStream.range(0, ways.length)
                .boxed()
                .flatMap(one -> IntStream.range(one, ways.length).mapToObj(other -> arguments(ways[one], ways[other])));
    }

    @ParameterizedTest
    @MethodSource("pairs")
    void carriesTcpWhole(Way one, Way other) throws Exception {
        MultiThreadIoEventLoopGroup group = new MultiThreadIoEventLoopGroup(1, EpollIoHandler.newFactory());
        List<Throwable> failures = new CopyOnWriteArrayList<>();
        VirtualSwitch bridge =
                new VirtualSwitch(group.next(), VirtualSwitch.DEFAULT_ADDRESSES, (port, cause) -> failures.add(cause));
        try {
            PortSettings settings = new PortSettings(PortVlans.transparent());
            bridge.attach(open(one, "left", "h1", hosts.get("h1")), settings).syncUninterruptibly();
            bridge.attach(open(other, "right", "h2", hosts.get("h2")), settings).syncUninterruptibly();
            String with = transferBothWays();
            Tool.in("h1", NO_OFFLOADS);
            Tool.in("h2", NO_OFFLOADS);
            String without = transferBothWays();
            TABLE.add("%-17s %-17s %s  %s".formatted(marked(one), marked(other), with, without));
            assertThat(failures).isEmpty();
            assumeTrue(HAS_IPERF, "the checksummed transfers passed; iperf3 is not installed");
        } finally {
            bridge.close().syncUninterruptibly();
            group.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
        }
    }

    private static String marked(Way way) {
        return way + (way.reasonToCut().isEmpty() ? "" : " *");
    }

    private String transferBothWays() throws Exception {
        return transfer(hosts.get("h1"), hosts.get("h2"), "10.0.0.2")
                + transfer(hosts.get("h2"), hosts.get("h1"), "fd00::1")
                + (HAS_IPERF ? iperfBothWays() : "");
    }

    private static String iperfBothWays() throws Exception {
        try (Iperf iperf = Iperf.serve("h2")) {
            double there = iperf.run("h1", "10.0.0.2");
            double back = iperf.run("h1", "fd00::2", "--reverse");
            return " (%6.0f %6.0f)".formatted(there, back);
        }
    }

    private static String transfer(NetworkNamespace from, NetworkNamespace to, String address) throws Exception {
        long start = System.nanoTime();
        assertThat(Transfer.run(from, to, address, MEBIBYTES)).isEqualTo(Transfer.checksum(MEBIBYTES));
        double seconds = (System.nanoTime() - start) / 1e9;
        assertThat(seconds).as("seconds for " + MEBIBYTES + " MiB").isLessThan(MOST_SECONDS);
        return "%7.0f".formatted(MEBIBYTES / seconds);
    }

    private Port open(Way way, String name, String host, NetworkNamespace namespace) {
        Port port = switch (way) {
            case PACKET_V2 -> PortKind.PACKET_IMMEDIATE.open(name, host, namespace, hosts.get("switch"));
            case PACKET_V2_PLAIN -> PortKind.PACKET_IMMEDIATE_PLAIN.open(name, host, namespace, hosts.get("switch"));
            case PACKET_V3 -> PortKind.PACKET_BLOCKS.open(name, host, namespace, hosts.get("switch"));
            case XDP_GENERIC -> PortKind.XDP_GENERIC.open(name, host, namespace, hosts.get("switch"));
            case XDP_NATIVE -> PortKind.XDP_NATIVE.open(name, host, namespace, hosts.get("switch"));
            case TAP -> PortKind.TAP.open(name, host, namespace, hosts.get("switch"));
            case TAP_PLAIN -> PortKind.TAP_PLAIN.open(name, host, namespace, hosts.get("switch"));
            case VXLAN -> tunnel(name, host);
        };
        if (!way.reasonToCut().isEmpty()) {
            PortKind.cutSegments(host);
        }
        String number = host.substring(1);
        Tool.run("ip", "-n", host, "link", "set", "eth0", "mtu", "1400");
        Tool.run("ip", "-n", host, "address", "add", "10.0.0." + number + "/24", "dev", "eth0");
        Tool.run("ip", "-n", host, "address", "add", "fd00::" + number + "/64", "dev", "eth0", "nodad");
        return port;
    }

    /// Each tunnel has a namespace for its underlay, since a namespace has one socket for VXLAN.
    private Port tunnel(String name, String host) {
        String below = "under" + host.substring(1);
        String near = "192.0.2.1";
        String far = "192.0.2.2";
        Tool.run(("ip -n " + below + " link add name under type veth peer name under netns " + host).split(" "));
        Tool.run("ip", "-n", below, "link", "set", "under", "up");
        Tool.run("ip", "-n", host, "link", "set", "under", "up");
        Tool.run("ip", "-n", below, "address", "add", near + "/24", "dev", "under");
        Tool.run("ip", "-n", host, "address", "add", far + "/24", "dev", "under");
        String vxlan = "ip -n " + host + " link add name eth0 mtu 1400 type vxlan id " + VNI + " dstport 4789 local "
                + far + " remote " + near;
        Tool.run(vxlan.split(" "));
        Tool.run("ip", "-n", host, "link", "set", "eth0", "up");
        try (NetworkNamespace namespace = NetworkNamespace.open(NamespaceFolder.DEFAULT.resolve(below))) {
            IpUnderlay underlay = IpUnderlay.open(
                    namespace, IpUnderlay.Place.vxlan(new InterfaceName("under"), IpAddress.parse(near)));
            VtepTable remotes = new VtepTable(16, false);
            remotes.flood(List.of(IpAddress.parse(far)));
            return new TunnelEndpoint(TunnelHeader.VXLAN, underlay).port(name, VNI, remotes, OuterFields.DEFAULT);
        }
    }
}
