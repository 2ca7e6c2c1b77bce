package io.netyard.cli.daemon;

import io.netyard.net.IpAddress;
import io.netyard.topology.state.Tunnel;
import io.netyard.vswitch.tunnel.TunnelCounters;
import io.netyard.vswitch.tunnel.TunnelEndpoint;
import io.netyard.vswitch.tunnel.TunnelPort;
import io.netyard.vswitch.tunnel.Underlay;
import io.netyard.vxlan.VtepTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// What a tunnel of a switch in user space knows and has counted.
///
/// @param port the port that it is
/// @param protocol `vxlan` or `nvgre`
/// @param id its VNI or VSID
/// @param local the address that it sends from; empty if the route says it
/// @param peers the other ends that it knows
/// @param drops datagrams and frames that went no further, by reason. Reasons that begin with `endpoint-`
///     are counted for all tunnels of the same address and UDP port together
public record TunnelReport(
        String port, String protocol, int id, String local, List<Peer> peers, Map<String, Long> drops) {
    public TunnelReport {
        peers = List.copyOf(peers);
        drops = new TreeMap<>(drops);
    }

    /// Another end.
    ///
    /// @param listed whether it gets what is flooded, else it was heard
    /// @param frames that came from it
    public record Peer(String address, boolean listed, long frames) {}

    /// To be called on the loop's thread.
    static TunnelReport of(String name, Tunnel tunnel, TunnelPort port, TunnelEndpoint endpoint, Underlay underlay) {
        return new TunnelReport(
                name,
                tunnel.protocol().toString(),
                tunnel.id(),
                tunnel.local().map(IpAddress::toString).orElse(""),
                peers(port.remotes()),
                drops(port.tunnelCounters(), endpoint.counters(), underlay));
    }

    private static List<Peer> peers(VtepTable remotes) {
        List<Peer> peers = new ArrayList<>();
        for (int number = 1; number <= remotes.size(); number++) {
            if (remotes.isKnown(number)) {
                IpAddress address = remotes.address(number);
                boolean listed = remotes.isListed(number) || address.isMulticast();
                peers.add(new Peer(address.toString(), listed, remotes.frames(number)));
            }
        }
        return peers;
    }

    private static Map<String, Long> drops(TunnelCounters own, TunnelCounters shared, Underlay underlay) {
        Map<String, Long> drops = new TreeMap<>();
        drops.put("refused-peer", own.refusedPeers());
        drops.put("bad-header", own.badHeaders());
        drops.put("congested", own.congested());
        drops.put("tagged", own.tagged());
        drops.put("no-peer", own.noPeer());
        drops.put("endpoint-bad-header", shared.badHeaders());
        drops.put("endpoint-unknown-identifier", shared.unknownIdentifiers());
        drops.put("endpoint-receive-ring-full", underlay.counters().receiveDrops());
        drops.put("endpoint-receive-error", underlay.counters().receiveErrors());
        drops.put("endpoint-send-queue-full", underlay.counters().transmitDrops());
        drops.put("endpoint-send-error", underlay.counters().transmitErrors());
        drops.values().removeIf(count -> count == 0);
        return drops;
    }

    void write(ObjectNode into) {
        into.put("port", port).put("protocol", protocol).put("id", id).put("local", local);
        for (Peer peer : peers) {
            into.withArray("peers")
                    .addObject()
                    .put("address", peer.address())
                    .put("listed", peer.listed())
                    .put("frames", peer.frames());
        }
        ObjectNode counts = into.putObject("drops");
        drops.forEach(counts::put);
    }

    static TunnelReport read(JsonNode json) {
        Map<String, Long> drops = new TreeMap<>();
        json.path("drops")
                .propertyStream()
                .forEach(drop -> drops.put(drop.getKey(), drop.getValue().asLong(0)));
        return new TunnelReport(
                json.path("port").asString(""),
                json.path("protocol").asString(""),
                json.path("id").asInt(0),
                json.path("local").asString(""),
                json.path("peers")
                        .valueStream()
                        .map(peer -> new Peer(
                                peer.path("address").asString(""),
                                peer.path("listed").asBoolean(false),
                                peer.path("frames").asLong(0)))
                        .toList(),
                drops);
    }
}
