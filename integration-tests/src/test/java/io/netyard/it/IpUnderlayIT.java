package io.netyard.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.EpollIoHandler;
import io.netyard.net.InterfaceName;
import io.netyard.net.IpAddress;
import io.netyard.vlan.PortVlans;
import io.netyard.vswitch.VirtualSwitch;
import io.netyard.vswitch.device.IpUnderlay;
import io.netyard.vswitch.pipeline.PortSettings;
import io.netyard.vswitch.tunnel.TunnelEndpoint;
import io.netyard.vswitch.tunnel.TunnelPort;
import io.netyard.vxlan.OuterFields;
import io.netyard.vxlan.TunnelHeader;
import io.netyard.vxlan.VtepTable;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// A tunnel of ours to one of the kernel, on one machine: what the kernel sends has checksums that are not
/// complete, and segments that are not cut.
///
/// ```text
/// h1:eth0 --- port --- switch --- tunnel port    switch:under === h2:under    h2:eth0 (of the kernel)
/// ```
@Timeout(60)
class IpUnderlayIT {
    private static final int VNI = 42;
    private static final int VSID = 0x1042;

    @RegisterExtension
    private final Hosts hosts = Hosts.named("h1", "h2", "switch").with("net.ipv6.conf.default.accept_dad=0");

    @BeforeEach
    void joinThem() {
        String veth = "ip -n switch link add name under type veth peer name under netns h2";
        Tool.run(veth.split(" "));
        Tool.run("ip", "-n", "switch", "link", "set", "under", "up");
        Tool.run("ip", "-n", "h2", "link", "set", "under", "up");
    }

    @ParameterizedTest
    @CsvSource({
        "192.0.2.1, 192.0.2.2, 24, TAP",
        "192.0.2.1, 192.0.2.2, 24, TAP_PLAIN",
        "192.0.2.1, 192.0.2.2, 24, PACKET_IMMEDIATE",
        "fd00:1::1, fd00:1::2, 64, TAP",
        "fd00:1::1, fd00:1::2, 64, TAP_PLAIN"
    })
    void exchangesTcpWithTheKernelsVxlan(String local, String remote, String length, PortKind kind) throws Exception {
        addUnderlay(local, remote, length);
        Tool.run(("ip -n h2 link add name eth0 type vxlan id " + VNI + " dstport 4789 local " + remote + " remote "
                        + local + " dev under")
                .split(" "));
        exchange(TunnelHeader.VXLAN, VNI, IpAddress.parse(local), IpAddress.parse(remote), kind);
    }

    /// The key of GRE is VSID and FlowID (RFC 7637 section 3.2), and the kernel knows one key for a tunnel.
    @ParameterizedTest
    @CsvSource({"192.0.2.1, 192.0.2.2, 24, gretap", "fd00:1::1, fd00:1::2, 64, ip6gretap"})
    void exchangesTcpWithTheKernelsGre(String local, String remote, String length, String kind) throws Exception {
        addUnderlay(local, remote, length);
        try {
            Tool.run(("ip -n h2 link add name eth0 type " + kind + " key " + (VSID << 8) + " local " + remote
                            + " remote " + local + " dev under")
                    .split(" "));
        } catch (AssertionError failure) {
            abort("this kernel has no " + kind + ": " + failure.getMessage().strip());
        }
        exchange(TunnelHeader.NVGRE, VSID, IpAddress.parse(local), IpAddress.parse(remote), PortKind.TAP);
    }

    private static void addUnderlay(String local, String remote, String length) {
        Tool.run("ip", "-n", "switch", "address", "add", local + "/" + length, "dev", "under");
        Tool.run("ip", "-n", "h2", "address", "add", remote + "/" + length, "dev", "under");
    }

    private void exchange(TunnelHeader header, int identifier, IpAddress local, IpAddress remote, PortKind kind)
            throws Exception {
        Tool.run("ip", "-n", "h2", "link", "set", "eth0", "up");
        InterfaceName under = new InterfaceName("under");
        IpUnderlay.Place place = header == TunnelHeader.VXLAN
                ? IpUnderlay.Place.vxlan(under, local)
                : IpUnderlay.Place.nvgre(under, local);
        IpUnderlay underlay = IpUnderlay.open(hosts.get("switch"), place);
        int mtu = underlay.mtu() - header.overhead(underlay.isIpv6());
        VtepTable remotes = new VtepTable(16, false);
        remotes.flood(List.of(remote));
        TunnelPort tunnel = new TunnelEndpoint(header, underlay)
                .port("right", identifier, remotes, OuterFields.DEFAULT, new TunnelPort.Options(mtu, true, false));
        MultiThreadIoEventLoopGroup loops = new MultiThreadIoEventLoopGroup(1, EpollIoHandler.newFactory());
        List<Throwable> failures = new CopyOnWriteArrayList<>();
        VirtualSwitch forwarder = new VirtualSwitch(loops.next(), 64, (_, cause) -> failures.add(cause));
        try {
            PortSettings settings = new PortSettings(PortVlans.transparent());
            forwarder
                    .attach(kind.open("left", "h1", hosts.get("h1"), hosts.get("switch")), settings)
                    .syncUninterruptibly();
            forwarder.attach(tunnel, settings).syncUninterruptibly();
            Tool.run("ip", "-n", "h1", "link", "set", "eth0", "mtu", "" + mtu);
            Tool.run("ip", "-n", "h1", "address", "add", "10.0.0.1/24", "dev", "eth0");
            Tool.run("ip", "-n", "h2", "address", "add", "10.0.0.2/24", "dev", "eth0");
            Tool.in("h1", "ping", "-c1", "-W5", "-M", "do", "-s", "" + (mtu - 28), "10.0.0.2");
            assertThat(Transfer.run(hosts.get("h1"), hosts.get("h2"), "10.0.0.2", 8))
                    .isEqualTo(Transfer.checksum(8));
            assertThat(Transfer.run(hosts.get("h2"), hosts.get("h1"), "10.0.0.1", 8))
                    .isEqualTo(Transfer.checksum(8));
            assertThat(failures).isEmpty();
            assertThat(tunnel.tunnelCounters().refusedPeers()).isZero();
        } finally {
            forwarder.close().syncUninterruptibly();
            loops.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
        }
    }
}
