package io.netyard.cli.daemon;

import io.netyard.topology.state.Resource;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// What goes over the socket, as JSON.
///
/// ```json
/// {"version": 1, "do": "put", "resources": [{"type": "switch", "node": "s1", "name": "br0", "mode":
/// "hub"}]} {"version": 1, "resources": []} {"version": 1, "error": "port p1: no such device"}
/// ```
final class Message {
    /// Raised when a message means something else than before.
    private static final int VERSION = 1;

    private static final JsonMapper JSON = new JsonMapper();

    private Message() {}

    /// What is asked for.
    enum Verb {
        /// What runs.
        READ,
        /// Make or change.
        PUT,
        /// Take away.
        REMOVE,
        /// What the switches know and have counted.
        SHOW,
        /// End.
        STOP
    }

    /// A request.
    record Request(Verb verb, List<Resource> resources) {
        Request {
            resources = List.copyOf(resources);
        }

        static Request of(Verb verb) {
            return new Request(verb, List.of());
        }

        byte[] write() {
            ObjectNode json = JSON.createObjectNode().put("version", VERSION).put("do", verb.name());
            ResourceJson.write(resources, json.putArray("resources"));
            return JSON.writeValueAsBytes(json);
        }

        /// @throws IllegalArgumentException if it is none, with the reason
        static Request read(byte[] bytes) {
            JsonNode json = parse(bytes);
            return new Request(Verb.valueOf(json.path("do").asString("")), ResourceJson.read(json.path("resources")));
        }
    }

    /// An answer.
    ///
    /// @param error why the request was not carried out
    /// @param switches what was asked for with [Verb#SHOW]; else empty
    record Reply(List<Resource> resources, Optional<String> error, List<SwitchReport> switches) {
        Reply {
            resources = List.copyOf(resources);
            switches = List.copyOf(switches);
        }

        static Reply of(List<Resource> resources) {
            return new Reply(resources, Optional.empty(), List.of());
        }

        static Reply error(String error) {
            return new Reply(List.of(), Optional.of(error), List.of());
        }

        static Reply show(List<SwitchReport> switches) {
            return new Reply(List.of(), Optional.empty(), switches);
        }

        byte[] write() {
            ObjectNode json = JSON.createObjectNode().put("version", VERSION);
            ResourceJson.write(resources, json.putArray("resources"));
            error.ifPresent(text -> json.put("error", text));
            switches.forEach(report -> report.write(json.withArray("switches").addObject()));
            return JSON.writeValueAsBytes(json);
        }

        /// @throws IllegalArgumentException if it is none, with the reason
        static Reply read(byte[] bytes) {
            JsonNode json = parse(bytes);
            return new Reply(
                    ResourceJson.read(json.path("resources")),
                    Optional.ofNullable(json.path("error").asString(null)),
                    json.path("switches").valueStream().map(SwitchReport::read).toList());
        }
    }

    private static JsonNode parse(byte[] bytes) {
        try {
            JsonNode json = JSON.readTree(bytes);
            if (json.path("version").asInt(0) != VERSION) {
                throw new IllegalArgumentException("it is not of version " + VERSION);
            }
            return json;
        } catch (tools.jackson.core.JacksonException failure) {
            throw new IllegalArgumentException("it is not JSON", failure);
        }
    }
}
