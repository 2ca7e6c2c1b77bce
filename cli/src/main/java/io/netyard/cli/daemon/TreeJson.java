package io.netyard.cli.daemon;

import io.netyard.topology.state.TreeState;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// The JSON form of a spanning tree between the daemon and those who ask it.
final class TreeJson {
    private TreeJson() {}

    static void write(TreeState tree, ObjectNode into) {
        into.put("node", tree.node())
                .put("name", tree.name())
                .put("bridge", tree.bridge())
                .put("root", tree.root())
                .put("root-cost", tree.rootCost())
                .put("max-age", tree.maxAge())
                .put("forward-delay", tree.forwardDelay())
                .put("hello", tree.hello())
                .put("settled", tree.settled());
        tree.rootPort().ifPresent(port -> into.put("root-port", port));
        for (TreeState.Port port : tree.ports()) {
            into.withArray("ports")
                    .addObject()
                    .put("name", port.name())
                    .put("role", port.role())
                    .put("state", port.state())
                    .put("cost", port.cost())
                    .put("designated-bridge", port.designatedBridge())
                    .put("protocol", port.protocol());
        }
    }

    static TreeState read(JsonNode json) {
        return new TreeState(
                json.path("node").asString(""),
                json.path("name").asString(""),
                json.path("bridge").asString(""),
                json.path("root").asString(""),
                json.path("root-cost").asLong(0),
                json.has("root-port") ? Optional.of(json.path("root-port").asString("")) : Optional.empty(),
                json.path("max-age").asInt(0),
                json.path("forward-delay").asInt(0),
                json.path("hello").asInt(0),
                json.path("settled").asBoolean(false),
                json.path("ports").valueStream().map(TreeJson::port).toList());
    }

    private static TreeState.Port port(JsonNode json) {
        return new TreeState.Port(
                json.path("name").asString(""),
                json.path("role").asString(""),
                json.path("state").asString(""),
                json.path("cost").asLong(0),
                json.path("designated-bridge").asString(""),
                json.path("protocol").asString(""));
    }
}
