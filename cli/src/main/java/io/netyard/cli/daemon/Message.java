package io.netyard.cli.daemon;

import io.netyard.topology.state.Resource;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
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

    /// What a request can make of memory is bounded: a token takes 50 bytes at most.
    private static final JsonMapper REQUESTS = mapper(5_000_000);

    private static final JsonMapper REPLIES = mapper(100_000_000);

    private Message() {}

    private static JsonMapper mapper(long mostTokens) {
        StreamReadConstraints constraints = StreamReadConstraints.builder()
                .maxTokenCount(mostTokens)
                .maxNestingDepth(16)
                .maxNameLength(100)
                .maxNumberLength(20)
                .maxStringLength(100_000)
                .build();
        return JsonMapper.builder(
                        JsonFactory.builder().streamReadConstraints(constraints).build())
                .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .build();
    }

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
            ObjectNode json =
                    REQUESTS.createObjectNode().put("version", VERSION).put("do", verb.name());
            ResourceJson.write(resources, json.putArray("resources"));
            return REQUESTS.writeValueAsBytes(json);
        }

        /// @throws IllegalArgumentException if it is none, with the reason
        static Request read(byte[] bytes) {
            JsonNode json = parse(REQUESTS, bytes);
            return new Request(readVerb(json.path("do")), ResourceJson.read(json.path("resources")));
        }
    }

    private static Verb readVerb(JsonNode json) {
        for (Verb verb : Verb.values()) {
            if (json.isString() && verb.name().equals(json.stringValue())) {
                return verb;
            }
        }
        throw new IllegalArgumentException("it asks for nothing that is known");
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
            ObjectNode json = REPLIES.createObjectNode().put("version", VERSION);
            ResourceJson.write(resources, json.putArray("resources"));
            error.ifPresent(text -> json.put("error", text));
            switches.forEach(report -> report.write(json.withArray("switches").addObject()));
            return REPLIES.writeValueAsBytes(json);
        }

        /// @throws IllegalArgumentException if it is none, with the reason
        static Reply read(byte[] bytes) {
            JsonNode json = parse(REPLIES, bytes);
            return new Reply(
                    ResourceJson.read(json.path("resources")),
                    Optional.ofNullable(json.path("error").asString(null)),
                    json.path("switches").valueStream().map(SwitchReport::read).toList());
        }
    }

    /// One at a time: what a tree takes is a multiple of its text.
    private static synchronized JsonNode parse(JsonMapper mapper, byte[] bytes) {
        try {
            JsonNode json = mapper.readTree(bytes);
            JsonNode version = json.path("version");
            if (!version.isInt() || version.intValue() != VERSION) {
                throw new IllegalArgumentException("it is not of version " + VERSION);
            }
            return json;
        } catch (tools.jackson.core.JacksonException failure) {
            throw new IllegalArgumentException("it is not JSON", failure);
        }
    }
}
