package io.netyard.topology.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/// The schema under a validator that others wrote, against the reader.
class TopologySchemaTest {
    private static final Schema SCHEMA = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
            .getSchema(TopologySchema.json(), InputFormat.JSON);
    private static final YAMLMapper YAML = YAMLMapper.builder().build();
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final Set<String> CHOICES =
            Set.of("kind", "mode", "flag", "protocol", "type", "family", "flood", "driver");

    private static List<Error> errors(JsonNode file) {
        return SCHEMA.validate(file);
    }

    @Test
    void everyExampleIsValid() throws IOException {
        for (Path file : Examples.files()) {
            assertThat(errors(YAML.readTree(Files.readString(file))))
                    .as(file.toString())
                    .isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "nodes: {}",
                "lab: Bad_Name\nnodes: {}",
                "lab: x\nnodes: []",
                "lab: x\nnodes: { h1: {} }\nlnks: []",
                "lab: x\nnodes: { h1: {} }\nuplinks: {}",
                "lab: x\nnodes: { 1h: {} }",
                "lab: x\nnodes: { h1: { kind: bub } }",
                "lab: x\nnodes: { h1: { driver: auto } }",
                "lab: x\nnodes: { h1: { ports: {} } }",
                "lab: x\nnodes: { h1: { interfaces: { eth0: { adress: 10.0.0.1/24 } } } }",
                "lab: x\nnodes: { h1: { interfaces: { eth0: { address: 10.0.0.1 } } } }",
                "lab: x\nnodes: { h1: { interfaces: { eth0: { mtu: 20 } } } }",
                "lab: x\nnodes: { h1: { interfaces: { eth0: { up: maybe } } } }",
                "lab: x\nnodes: { h1: { interfaces: { v: { kind: vlan, id: 7 } } } }",
                "lab: x\nnodes: { h1: { interfaces: { v: { kind: vlan, parent: eth0, id: 5000 } } } }",
                "lab: x\nnodes: { h1: { interfaces: { v: { kind: dummy, parent: eth0 } } } }",
                "lab: x\nnodes: { h1: { interfaces: { v: { kind: bond } } } }",
                "lab: x\nnodes: { h1: { interfaces: { v: { kind: ipvlan, parent: eth0, mode: vepa } } } }",
                "lab: x\nnodes: { h1: { interfaces: { a/b: {} } } }",
                "lab: x\nnodes: { h1: { routes: [ { via: 10.0.0.1 } ] } }",
                "lab: x\nnodes: { h1: { routes: [ { to: default, metric: -1 } ] } }",
                "lab: x\nnodes: { h1: {} }\nvlans: { staff: 0 }",
                "lab: x\nnodes: { h1: {} }\nvlans: { staff: 4095 }",
                "lab: x\nnodes: { h1: {} }\nlinks: [ h1:eth0 ]",
                "lab: x\nnodes: { h1: {} }\nlinks: [ { mtu: 1500 } ]",
                "lab: x\nnodes: { h1: {} }\nchecks: [ { name: x } ]",
                "lab: x\nnodes: { h1: {} }\nchecks: [ { check: h1 reaches h1, count: 0 } ]",
                "lab: x\nnodes: { h1: {} }\noverlays: { blue: { vni: 5000, members: h1, underlay: eth0 } }",
                "lab: x\nnodes: { h1: {} }\noverlays: { blue: { vni: 16777216, members: [ h1 ], underlay: eth0 } }",
            })
    void wrongFilesAreRefusedByTheSchemaAndByTheReader(String text) {
        assertThat(errors(YAML.readTree(text))).as(text).isNotEmpty();
        assertThat(TopologyFile.parse("t.yaml", text).hasErrors()).as(text).isTrue();
    }

    /// One change of a file, and whether the schema has to see that it is wrong.
    private record Mutation(String what, boolean isWrong) {}

    @Test
    void defaultsHaveTheTypesOfTheirKeys() {
        assertThat(TopologySchema.json())
                .contains("\"default\":true,\"enum\":[true,false")
                .contains("\"default\":4789,\"type\":[\"integer\"")
                .contains("\"default\":\"802.1q\"");
    }

    @Test
    void schemaAndReaderAgreeOnMutatedExamples() throws IOException {
        Random random = new Random(7);
        List<JsonNode> examples = new ArrayList<>();
        for (String text : Examples.texts()) {
            examples.add(YAML.readTree(text));
        }
        int refused = 0;
        for (int round = 0; round < 2_000; round++) {
            ObjectNode file =
                    (ObjectNode) examples.get(random.nextInt(examples.size())).deepCopy();
            Mutation mutation = mutate(file, random);
            String text = file.toPrettyString();
            List<Error> errors = errors(file);
            TopologyFile read = TopologyFile.parse("t.json", text);
            refused += errors.isEmpty() ? 0 : 1;
            if (mutation.isWrong()) {
                assertThat(errors).as(() -> mutation.what() + "\n" + text).isNotEmpty();
            }
            if (!errors.isEmpty()) {
                assertThat(read.hasErrors())
                        .as("%s: the reader takes what the schema refuses: %s%n%s", mutation.what(), errors, text)
                        .isTrue();
            }
        }
        assertThat(refused).isGreaterThan(1_000);
    }

    private static Mutation mutate(ObjectNode file, Random random) {
        List<ObjectNode> objects = new ArrayList<>();
        objects.add(file);
        collect(file, objects);
        ObjectNode object = objects.get(random.nextInt(objects.size()));
        List<String> names = List.copyOf(object.propertyNames());
        if (names.isEmpty() || random.nextInt(6) == 0) {
            object.put("zz", "x y");
            return new Mutation("a key that is not known", true);
        }
        String name = names.get(random.nextInt(names.size()));
        JsonNode value = object.get(name);
        switch (random.nextInt(5)) {
            case 0 -> {
                object.remove(name);
                return new Mutation("without " + name, object == file && (name.equals("lab") || name.equals("nodes")));
            }
            case 1 -> {
                object.remove(name);
                object.set(name + "x", value);
                return new Mutation(name + " renamed", false);
            }
            case 2 -> {
                object.set(name, value.isContainer() ? NODES.stringNode("x y") : nested());
                return new Mutation(name + " of another shape", true);
            }
            case 3 -> {
                object.set(name, NODES.nullNode());
                return new Mutation(name + " empty", false);
            }
            default -> {
                return changeValue(object, name, value);
            }
        }
    }

    private static Mutation changeValue(ObjectNode object, String name, JsonNode value) {
        if (value.isInt()) {
            object.put(name, 99_999_999_999L);
            return new Mutation(name + " out of range", true);
        }
        if (value.isBoolean()) {
            object.put(name, "maybe");
            return new Mutation(name + " neither true nor false", true);
        }
        if (value.isString()) {
            object.put(name, "nonsense");
            return new Mutation(name + " nonsense", CHOICES.contains(name));
        }
        if (value instanceof ArrayNode array) {
            array.add(nested());
            return new Mutation(name + " with an item of another shape", true);
        }
        return new Mutation("nothing", false);
    }

    private static JsonNode nested() {
        return NODES.objectNode().set("zz", NODES.arrayNode().add("x y"));
    }

    private static void collect(JsonNode node, List<ObjectNode> objects) {
        for (JsonNode child : node) {
            if (child instanceof ObjectNode object) {
                objects.add(object);
            }
            collect(child, objects);
        }
    }
}
