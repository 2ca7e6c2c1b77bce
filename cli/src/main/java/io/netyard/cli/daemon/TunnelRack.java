package io.netyard.cli.daemon;

import io.netty.channel.IoEventLoop;
import io.netty.util.concurrent.Future;
import io.netyard.linux.NetworkNamespace;
import io.netyard.net.InterfaceName;
import io.netyard.topology.state.Tunnel;
import io.netyard.vswitch.device.IpUnderlay;
import io.netyard.vswitch.port.Port;
import io.netyard.vswitch.tunnel.TunnelEndpoint;
import io.netyard.vswitch.tunnel.TunnelPort;
import io.netyard.vxlan.OuterFields;
import io.netyard.vxlan.TunnelHeader;
import io.netyard.vxlan.VtepTable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/// The tunnels of one switch. Those that have address and UDP port in common share sockets. Used by one
/// thread; what it gives to the switch's loop is done there.
final class TunnelRack {
    /// Other ends that a tunnel can know.
    private static final int PEERS = 4096;

    private final IoEventLoop loop;
    private final Map<IpUnderlay.Place, End> ends = new HashMap<>();
    private final Map<InterfaceName, Running> tunnels = new LinkedHashMap<>();

    /// @param loop the switch's
    TunnelRack(IoEventLoop loop) {
        this.loop = loop;
    }

    private record End(TunnelEndpoint endpoint, IpUnderlay underlay) {}

    private record Running(Tunnel tunnel, End end, TunnelPort port) {}

    /// Opens a tunnel as a port, to be attached to the switch.
    Port open(NetworkNamespace namespace, InterfaceName name, Tunnel tunnel) {
        ends.values().removeIf(end -> end.endpoint().isClosed());
        End end = ends.computeIfAbsent(place(tunnel), place -> {
            IpUnderlay underlay = IpUnderlay.open(namespace, place);
            return new End(new TunnelEndpoint(place.header(), underlay), underlay);
        });
        VtepTable remotes = new VtepTable(PEERS, admitsAnyone(tunnel));
        remotes.flood(tunnel.remotes());
        TunnelPort port = end.endpoint()
                .port(
                        name.value(),
                        tunnel.id(),
                        remotes,
                        outer(tunnel),
                        new TunnelPort.Options(tunnel.mtu(), tunnel.learning(), tunnel.flowId()));
        tunnels.put(name, new Running(tunnel, end, port));
        return port;
    }

    private static IpUnderlay.Place place(Tunnel tunnel) {
        TunnelHeader header = tunnel.protocol() == Tunnel.Protocol.VXLAN ? TunnelHeader.VXLAN : TunnelHeader.NVGRE;
        return new IpUnderlay.Place(header, tunnel.isIpv6(), tunnel.underlay(), tunnel.local(), tunnel.udpPort());
    }

    /// A group does not say who is in it.
    private static boolean admitsAnyone(Tunnel tunnel) {
        return tunnel.learning() || tunnel.hasGroup();
    }

    private static OuterFields outer(Tunnel tunnel) {
        int ttl = tunnel.ttl().orElse(tunnel.hasGroup() ? 1 : 64);
        return new OuterFields(OptionalInt.of(ttl), OptionalInt.of(0));
    }

    /// Changes a tunnel while frames flow.
    ///
    /// @param tunnel see [Tunnel#becomesInPlace]
    Future<?> change(InterfaceName name, Tunnel tunnel) {
        Running present = tunnels.get(name);
        if (present == null) {
            return loop.newFailedFuture(new IllegalStateException("there is no tunnel " + name));
        }
        tunnels.put(name, new Running(tunnel, present.end(), present.port()));
        return loop.submit(() -> present.port().change(tunnel.remotes(), admitsAnyone(tunnel), tunnel.learning()));
    }

    /// Forgets a tunnel whose port is detached, or was never attached, and closes sockets that none needs.
    Future<?> forget(InterfaceName name) {
        Running gone = tunnels.remove(name);
        return gone == null
                ? loop.newSucceededFuture(true)
                : loop.submit(() -> gone.end().endpoint().closeIfIdle());
    }

    /// Names of tunnels whose underlay is gone, which their ports are about to find out.
    Future<List<InterfaceName>> stranded() {
        Map<InterfaceName, Running> all = Map.copyOf(tunnels);
        return loop.submit(() -> {
            List<InterfaceName> stranded = new ArrayList<>();
            all.forEach((name, each) -> {
                if (each.end().endpoint().isClosed() || !each.end().underlay().isAttached()) {
                    stranded.add(name);
                }
            });
            return stranded;
        });
    }

    boolean isEmpty() {
        return tunnels.isEmpty();
    }

    /// What all tunnels know and have counted.
    Future<List<TunnelReport>> reports() {
        Map<InterfaceName, Running> all = new LinkedHashMap<>(tunnels);
        return loop.submit(() -> {
            List<TunnelReport> reports = new ArrayList<>();
            all.forEach((name, each) -> {
                if (!each.end().endpoint().isClosed()) {
                    reports.add(TunnelReport.of(
                            name.value(),
                            each.tunnel(),
                            each.port(),
                            each.end().endpoint(),
                            each.end().underlay()));
                }
            });
            return reports;
        });
    }
}
