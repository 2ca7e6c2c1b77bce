package io.netyard.cli.daemon;

import io.netyard.net.InterfaceName;
import io.netyard.net.VlanId;
import io.netyard.topology.state.Resource;
import io.netyard.topology.state.Resource.UserPort;
import io.netyard.topology.state.Resource.UserSwitch;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// The JSON form of switches and their ports.
final class ResourceJson {
    private ResourceJson() {}

    static void write(Collection<Resource> resources, ArrayNode into) {
        for (Resource resource : resources) {
            switch (resource) {
                case UserSwitch user ->
                    into.addObject()
                            .put("type", "switch")
                            .put("node", user.node())
                            .put("name", user.name())
                            .put("mode", user.mode().name());
                case UserPort port -> write(port, into.addObject().put("type", "port"));
                default -> throw new IllegalArgumentException(resource.id() + " is not in user space");
            }
        }
    }

    private static void write(UserPort port, ObjectNode into) {
        into.put("node", port.node())
                .put("switch", port.switchName())
                .put("port", port.port().value())
                .put("device", port.device().name())
                .put("tpid", port.vlans().tpid());
        port.vlans().pvid().ifPresent(pvid -> into.put("pvid", pvid.value()));
        write(port.vlans().untagged(), into.putArray("untagged"));
        write(port.vlans().tagged(), into.putArray("tagged"));
    }

    private static void write(Set<VlanId> vlans, ArrayNode into) {
        vlans.forEach(vlan -> into.add(vlan.value()));
    }

    /// @throws IllegalArgumentException if they make no sense, with the reason
    static List<Resource> read(JsonNode json) {
        return json.valueStream().map(ResourceJson::resource).toList();
    }

    private static Resource resource(JsonNode json) {
        String node = json.path("node").asString("");
        return switch (json.path("type").asString("")) {
            case "switch" ->
                new UserSwitch(
                        node,
                        json.path("name").asString(""),
                        UserSwitch.Mode.valueOf(json.path("mode").asString("")));
            case "port" ->
                new UserPort(
                        node,
                        json.path("switch").asString(""),
                        new InterfaceName(json.path("port").asString("")),
                        UserPort.Device.valueOf(json.path("device").asString("")),
                        new UserPort.Vlans(
                                json.has("pvid")
                                        ? Optional.of(
                                                new VlanId(json.path("pvid").asInt(0)))
                                        : Optional.empty(),
                                vlans(json.path("untagged")),
                                vlans(json.path("tagged")),
                                json.path("tpid").asInt(0)));
            default -> throw new IllegalArgumentException("there is no resource " + json);
        };
    }

    private static Set<VlanId> vlans(JsonNode json) {
        return json.valueStream().map(vlan -> new VlanId(vlan.asInt(0))).collect(Collectors.toSet());
    }
}
