package io.netyard.cli.daemon;

import io.netyard.net.InterfaceName;
import io.netyard.net.MacAddress;
import io.netyard.net.VlanId;
import io.netyard.topology.model.NodeName;
import io.netyard.topology.state.LoopProtection;
import io.netyard.topology.state.Resource;
import io.netyard.topology.state.Resource.UserPort;
import io.netyard.topology.state.Resource.UserSwitch;
import io.netyard.topology.state.Tunnel;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// The JSON form of switches and their ports.
final class ResourceJson {
    private ResourceJson() {}

    static void write(Collection<Resource> resources, ArrayNode into) {
        for (Resource resource : resources) {
            switch (resource) {
                case UserSwitch user -> write(user, into.addObject().put("type", "switch"));
                case UserPort port -> write(port, into.addObject().put("type", "port"));
                default -> throw new IllegalArgumentException(resource.id() + " is not in user space");
            }
        }
    }

    private static void write(UserSwitch user, ObjectNode into) {
        into.put("node", user.node())
                .put("name", user.name())
                .put("mode", user.mode().name())
                .put("snooping", user.multicast().snooping());
        user.multicast().querier().ifPresent(querier -> into.put("querier", querier.toString()));
        write(user.loops(), into.putObject("loops"));
    }

    private static void write(LoopProtection loops, ObjectNode into) {
        switch (loops) {
            case LoopProtection.None _ -> into.put("by", "none");
            case LoopProtection.Detection _ -> into.put("by", "detection");
            case LoopProtection.Tree tree -> {
                into.put("by", "tree")
                        .put("priority", tree.priority())
                        .put("address", tree.address().toString())
                        .put("max-age", tree.maxAge())
                        .put("forward-delay", tree.forwardDelay());
                ArrayNode shared = into.putArray("shared");
                tree.shared().forEach(port -> shared.add(port.value()));
            }
        }
    }

    private static LoopProtection loops(JsonNode json) {
        return switch (json.path("by").asString("")) {
            case "detection" -> new LoopProtection.Detection();
            case "tree" ->
                new LoopProtection.Tree(
                        json.path("priority").asInt(0),
                        MacAddress.parse(json.path("address").asString("")),
                        json.path("max-age").asInt(0),
                        json.path("forward-delay").asInt(0),
                        json.path("shared")
                                .valueStream()
                                .map(port -> new InterfaceName(port.asString("")))
                                .collect(Collectors.toSet()));
            default -> new LoopProtection.None();
        };
    }

    private static void write(UserPort port, ObjectNode into) {
        into.put("node", port.node())
                .put("switch", port.switchName())
                .put("port", port.port().value())
                .put("tpid", port.vlans().tpid());
        switch (port.device()) {
            case UserPort.OnInterface way -> into.put("device", way.name());
            case Tunnel tunnel -> TunnelJson.write(tunnel, into.putObject("tunnel"));
        }
        port.vlans().pvid().ifPresent(pvid -> into.put("pvid", pvid.value()));
        write(port.vlans().untagged(), into.putArray("untagged"));
        write(port.vlans().tagged(), into.putArray("tagged"));
    }

    private static void write(Set<VlanId> vlans, ArrayNode into) {
        vlans.forEach(vlan -> into.add(vlan.value()));
    }

    /// @throws IllegalArgumentException if they make no sense, with the reason
    static List<Resource> read(JsonNode json) {
        return list(json).map(ResourceJson::resource).toList();
    }

    private static Resource resource(JsonNode json) {
        String node = new NodeName(json.path("node").asString("")).value();
        return switch (json.path("type").asString("")) {
            case "switch" ->
                new UserSwitch(
                        node,
                        json.path("name").asString(""),
                        UserSwitch.Mode.valueOf(json.path("mode").asString("")),
                        new UserSwitch.Multicast(
                                json.path("snooping").asBoolean(false),
                                json.path("querier").asStringOpt().map(MacAddress::parse)),
                        loops(json.path("loops")));
            case "port" ->
                new UserPort(
                        node,
                        json.path("switch").asString(""),
                        new InterfaceName(json.path("port").asString("")),
                        json.has("tunnel")
                                ? TunnelJson.read(json.path("tunnel"))
                                : UserPort.OnInterface.valueOf(
                                        json.path("device").asString("")),
                        new UserPort.Vlans(
                                json.has("pvid")
                                        ? Optional.of(new VlanId(number(json.path("pvid"))))
                                        : Optional.empty(),
                                vlans(json.path("untagged")),
                                vlans(json.path("tagged")),
                                number(json.path("tpid"))));
            default -> throw new IllegalArgumentException("there is no resource " + json);
        };
    }

    private static Set<VlanId> vlans(JsonNode json) {
        return list(json).map(vlan -> new VlanId(number(vlan))).collect(Collectors.toSet());
    }

    private static Stream<JsonNode> list(JsonNode json) {
        if (!json.isArray()) {
            throw new IllegalArgumentException("a list is missing");
        }
        return json.valueStream();
    }

    private static int number(JsonNode json) {
        if (!json.isInt()) {
            throw new IllegalArgumentException("a number is missing");
        }
        return json.intValue();
    }
}
