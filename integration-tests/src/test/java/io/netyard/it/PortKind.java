package io.netyard.it;

import io.netyard.linux.NetworkNamespace;
import io.netyard.linux.PacketOptions;
import io.netyard.linux.XdpSocket;
import io.netyard.net.InterfaceName;
import io.netyard.vswitch.device.PacketPort;
import io.netyard.vswitch.device.TapPort;
import io.netyard.vswitch.device.XdpPort;
import io.netyard.vswitch.port.Port;
import java.util.stream.Stream;

/// The ways to join a host's interface `eth0` to a port.
///
/// ```text
/// packet:   host:eth0 ===veth=== switch:NAME --- port          tap:   host:eth0 --- port
/// ```
enum PortKind {
    PACKET_IMMEDIATE,
    PACKET_IMMEDIATE_PLAIN,
    PACKET_BLOCKS,
    XDP_GENERIC,
    XDP_NATIVE,
    TAP,
    TAP_PLAIN;

    /// Whether segments and partial checksums pass.
    boolean hasOffloads() {
        return this == PACKET_IMMEDIATE || this == PACKET_BLOCKS || this == TAP;
    }

    /// Lets a host cut segments itself.
    static void cutSegments(String host) {
        Tool.in(host, "ethtool", "-K", "eth0", "tso", "off", "tx-udp-segmentation", "off");
    }

    /// Makes the host's interface and the port.
    ///
    /// @param name of the port, and of its end of a cable
    /// @param host a named namespace
    Port open(String name, String host, NetworkNamespace hostNamespace, NetworkNamespace switchNamespace) {
        InterfaceName eth0 = new InterfaceName("eth0");
        Port port = switch (this) {
            case TAP -> TapPort.create(name, hostNamespace, eth0, true, 1500);
            case TAP_PLAIN -> TapPort.create(name, hostNamespace, eth0, false, 1500);
            case PACKET_IMMEDIATE -> packet(name, host, switchNamespace, PacketOptions.immediate());
            case PACKET_IMMEDIATE_PLAIN ->
                packet(name, host, switchNamespace, PacketOptions.immediate().withOffloads(false));
            case XDP_GENERIC -> xdp(name, host, switchNamespace, XdpSocket.Mode.GENERIC);
            case XDP_NATIVE -> xdp(name, host, switchNamespace, XdpSocket.Mode.NATIVE);
            case PACKET_BLOCKS -> packet(name, host, switchNamespace, PacketOptions.blocks());
        };
        Tool.run("ip", "-n", host, "link", "set", "eth0", "up");
        return port;
    }

    private static Port packet(String name, String host, NetworkNamespace switchNamespace, PacketOptions options) {
        layCable(name, host);
        return PacketPort.open(name, switchNamespace, new InterfaceName(name), options);
    }

    private static Port xdp(String name, String host, NetworkNamespace switchNamespace, XdpSocket.Mode mode) {
        layCable(name, host);
        Tool.in(host, "ethtool", "-K", "eth0", "txvlan", "off");
        return XdpPort.open(name, switchNamespace, new InterfaceName(name), mode);
    }

    private static void layCable(String name, String host) {
        String[] veth = {"link", "add", "name", name, "type", "veth", "peer", "name", "eth0", "netns", host};
        Tool.run(Stream.concat(Stream.of("ip", "-n", "switch"), Stream.of(veth)).toArray(String[]::new));
        Tool.run("ip", "-n", "switch", "link", "set", name, "up");
    }
}
