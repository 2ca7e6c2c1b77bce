package io.netyard.cli.daemon;

import io.netyard.net.InterfaceName;
import io.netyard.net.IpAddress;
import io.netyard.topology.state.Tunnel;
import java.util.Optional;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// The JSON form of tunnels.
final class TunnelJson {
    private TunnelJson() {}

    static void write(Tunnel tunnel, ObjectNode into) {
        into.put("protocol", tunnel.protocol().name())
                .put("id", tunnel.id())
                .put("udp-port", tunnel.udpPort())
                .put("learning", tunnel.learning())
                .put("flow-id", tunnel.flowId())
                .put("mtu", tunnel.mtu());
        tunnel.local().ifPresent(local -> into.put("local", local.toString()));
        tunnel.underlay().ifPresent(underlay -> into.put("underlay", underlay.value()));
        tunnel.ttl().ifPresent(ttl -> into.put("ttl", ttl));
        ArrayNode remotes = into.putArray("remotes");
        tunnel.remotes().forEach(remote -> remotes.add(remote.toString()));
    }

    /// @throws IllegalArgumentException if it makes no sense, with the reason
    static Tunnel read(JsonNode json) {
        return new Tunnel(
                Tunnel.Protocol.valueOf(json.path("protocol").asString("")),
                json.path("id").asInt(0),
                text(json, "local").map(IpAddress::parse),
                text(json, "underlay").map(InterfaceName::new),
                json.path("remotes")
                        .valueStream()
                        .map(remote -> IpAddress.parse(remote.asString("")))
                        .collect(Collectors.toSet()),
                json.path("udp-port").asInt(0),
                json.path("learning").asBoolean(false),
                json.has("ttl") ? Optional.of(json.path("ttl").asInt(0)) : Optional.empty(),
                json.path("flow-id").asBoolean(false),
                json.path("mtu").asInt(0));
    }

    private static Optional<String> text(JsonNode json, String key) {
        return Optional.ofNullable(json.path(key).asString(null));
    }
}
