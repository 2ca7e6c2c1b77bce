package io.netyard.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.netyard.linux.NamespaceFolder;
import io.netyard.linux.NetworkNamespace;
import io.netyard.net.InterfaceName;
import io.netyard.net.IpAddress;
import io.netyard.vswitch.device.UdpUnderlay;
import io.netyard.vswitch.port.Port;
import io.netyard.vswitch.tunnel.TunnelEndpoint;
import io.netyard.vxlan.OuterFields;
import io.netyard.vxlan.TunnelHeader;
import io.netyard.vxlan.VtepTable;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// A VXLAN tunnel of ours to the kernel's.
///
/// ```text
/// h1:eth0 --- TAP port --- patch --- VXLAN port    switch:under === h2:under    h2:eth0 (VXLAN of the
/// kernel)
/// ```
@Timeout(60)
class UdpUnderlayIT {
    private static final int VNI = 42;

    private NetworkNamespace h1 = NetworkNamespace.current();
    private NetworkNamespace h2 = h1;
    private NetworkNamespace middle = h1;

    /// The JVM keeps a descriptor or two from the first connection that it makes.
    @BeforeAll
    static void warmUp() throws Exception {
        try (NetworkNamespace here = NetworkNamespace.current()) {
            Transfer.run(here, here, "127.0.0.1", 1);
        }
    }

    @BeforeEach
    void makeNamespaces() {
        h1.close();
        h1 = make("h1");
        h2 = make("h2");
        middle = make("switch");
        String veth = "ip -n switch link add name under type veth peer name under netns h2";
        Tool.run(veth.split(" "));
        Tool.run("ip", "-n", "switch", "link", "set", "under", "up");
        Tool.run("ip", "-n", "h2", "link", "set", "under", "up");
    }

    private static NetworkNamespace make(String name) {
        Tool.run("ip", "netns", "add", name);
        Tool.in(name, "sysctl", "-qw", "net.ipv6.conf.default.accept_dad=0");
        return NetworkNamespace.open(NamespaceFolder.DEFAULT.resolve(name));
    }

    @AfterEach
    void removeNamespaces() {
        for (NetworkNamespace each : new NetworkNamespace[] {h1, h2, middle}) {
            each.close();
        }
        for (String name : new String[] {"h1", "h2", "switch"}) {
            Tool.run("ip", "netns", "del", name);
        }
    }

    @ParameterizedTest
    @CsvSource({"192.0.2.1, 192.0.2.2, 24", "fd00:1::1, fd00:1::2, 64"})
    void exchangesTcpWithTheKernelsVxlan(String local, String remote, String length) throws Exception {
        Tool.run("ip", "-n", "switch", "address", "add", local + "/" + length, "dev", "under", "nodad");
        Tool.run("ip", "-n", "h2", "address", "add", remote + "/" + length, "dev", "under", "nodad");
        String vxlan = "ip -n h2 link add name eth0 mtu 1400 type vxlan id " + VNI + " dstport 4789 local " + remote
                + " remote " + local;
        Tool.run(vxlan.split(" "));
        Tool.run("ip", "-n", "h2", "link", "set", "eth0", "up");
        // Over veth nobody would finish what is in the tunnel, nor does the patch, which is no switch.
        Tool.in("h2", "ethtool", "-K", "eth0", "tx", "off");
        UdpUnderlay underlay =
                UdpUnderlay.open(middle, new InterfaceName("under"), IpAddress.parse(local), UdpUnderlay.VXLAN_PORT);
        VtepTable remotes = new VtepTable(16, false);
        remotes.flood(List.of(IpAddress.parse(remote)));
        Port tunnel = new TunnelEndpoint(TunnelHeader.VXLAN, underlay).port("right", VNI, remotes, OuterFields.DEFAULT);
        try (Patch patch = new Patch(PortKind.TAP_PLAIN.open("left", "h1", h1, middle), tunnel)) {
            Tool.run("ip", "-n", "h1", "link", "set", "eth0", "mtu", "1400");
            Tool.run("ip", "-n", "h1", "address", "add", "10.0.0.1/24", "dev", "eth0");
            Tool.run("ip", "-n", "h2", "address", "add", "10.0.0.2/24", "dev", "eth0");
            assertThat(Transfer.run(h1, h2, "10.0.0.2", 8)).isEqualTo(Transfer.checksum(8));
            assertThat(Transfer.run(h2, h1, "10.0.0.1", 8)).isEqualTo(Transfer.checksum(8));
            assertThat(patch.failures).isEmpty();
        }
    }
}
