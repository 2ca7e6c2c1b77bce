package io.netyard.benchmarks.datapath;

import io.netty.channel.IoEventLoop;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.EpollIoHandler;
import io.netyard.linux.NetworkNamespace;
import io.netyard.linux.PacketOptions;
import io.netyard.linux.XdpSocket;
import io.netyard.net.InterfaceName;
import io.netyard.net.IpAddress;
import io.netyard.net.VlanId;
import io.netyard.vlan.PortVlans;
import io.netyard.vlan.VlanSet;
import io.netyard.vswitch.VirtualSwitch;
import io.netyard.vswitch.device.IpUnderlay;
import io.netyard.vswitch.device.PacketPort;
import io.netyard.vswitch.device.TapPort;
import io.netyard.vswitch.device.XdpPort;
import io.netyard.vswitch.pipeline.PortSettings;
import io.netyard.vswitch.port.Port;
import io.netyard.vswitch.tunnel.TunnelEndpoint;
import io.netyard.vxlan.OuterFields;
import io.netyard.vxlan.TunnelHeader;
import io.netyard.vxlan.VtepTable;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;

/// A switch for measurements: `SwitchMain KIND=DEVICE[,access,VID|,trunk,VID]...`, until its input ends.
/// Prints `ready` when frames pass. Without VLANs, unless a port says one.
///
/// | kind | device |
/// |---|---|
/// | `immediate`, `blocks` | an interface, through a packet socket |
/// | `xdp-generic`, `xdp-native` | an interface, through AF_XDP |
/// | `tap` | `NETNS/NAME`, a TAP device that is made in a named namespace |
/// | `vxlan` | `UNDERLAY,LOCAL,REMOTE,VNI`, a tunnel over UDP of the namespace |
public final class SwitchMain {
    private static final int MTU = 1500;

    private SwitchMain() {}

    /// Runs until the end of its input.
    public static void main(String[] arguments) throws IOException {
        PrintStream out = System.out;
        MultiThreadIoEventLoopGroup group = new MultiThreadIoEventLoopGroup(1, EpollIoHandler.newFactory());
        IoEventLoop loop = group.next();
        VirtualSwitch bridge = new VirtualSwitch(
                loop,
                VirtualSwitch.DEFAULT_ADDRESSES,
                (port, cause) -> out.println("port " + port + " failed: " + cause.getMessage()));
        try (NetworkNamespace own = NetworkNamespace.current()) {
            for (String argument : arguments) {
                String[] words = argument.split("=", 2);
                String[] details = words[1].split(",");
                Port port = words[0].equals("vxlan") ? tunnel(own, details) : open(own, words[0], details[0]);
                bridge.attach(port, new PortSettings(vlans(details))).syncUninterruptibly();
            }
        }
        out.println("ready");
        while (System.in.read() >= 0) {
            // Whatever comes: only the end counts.
        }
        bridge.close().syncUninterruptibly();
        group.shutdownGracefully().syncUninterruptibly();
    }

    private static PortVlans vlans(String[] details) {
        return switch (details.length > 1 ? details[1] : "") {
            case "access" -> PortVlans.access(new VlanId(Integer.parseInt(details[2])));
            case "trunk" -> PortVlans.trunk(VlanSet.of(new VlanId(Integer.parseInt(details[2]))));
            default -> PortVlans.transparent();
        };
    }

    private static Port open(NetworkNamespace own, String kind, String device) {
        return switch (kind) {
            case "tap" -> tap(device);
            case "immediate" -> packet(own, device, PacketOptions.immediate());
            case "blocks" -> packet(own, device, PacketOptions.blocks());
            case "xdp-generic" -> XdpPort.open(device, own, new InterfaceName(device), XdpSocket.Mode.GENERIC);
            case "xdp-native" -> XdpPort.open(device, own, new InterfaceName(device), XdpSocket.Mode.NATIVE);
            default -> throw new IllegalArgumentException("no kind of port: " + kind);
        };
    }

    private static Port packet(NetworkNamespace own, String device, PacketOptions options) {
        return PacketPort.open(device, own, new InterfaceName(device), options.withBypass(true));
    }

    private static Port tap(String device) {
        String[] words = device.split("/", 2);
        try (NetworkNamespace namespace = NetworkNamespace.open(Path.of("/run/netns", words[0]))) {
            return TapPort.create(device, namespace, new InterfaceName(words[1]), true, MTU);
        }
    }

    private static Port tunnel(NetworkNamespace own, String[] details) {
        IpUnderlay underlay = IpUnderlay.open(
                own, IpUnderlay.Place.vxlan(new InterfaceName(details[0]), IpAddress.parse(details[1])));
        VtepTable remotes = new VtepTable(1, false);
        remotes.flood(List.of(IpAddress.parse(details[2])));
        return new TunnelEndpoint(TunnelHeader.VXLAN, underlay)
                .port("tunnel", Integer.parseInt(details[3]), remotes, OuterFields.DEFAULT);
    }
}
