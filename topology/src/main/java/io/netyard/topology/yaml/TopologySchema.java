package io.netyard.topology.yaml;

import io.netyard.net.VlanId;
import io.netyard.topology.yaml.Shape.Fields;
import io.netyard.topology.yaml.Shape.Key;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/// The JSON Schema of topology files, made of the declarations that the reader follows too.
///
/// What it refuses, the reader refuses. The reader refuses more: a schema cannot tell whether an address is
/// one, or whether a node exists, and it allows ranges anywhere.
public final class TopologySchema {
    /// A number with a range for some of its digits.
    private static final String NUMBER_OR_RANGE = "^[0-9]+(\\.\\.[0-9]+)?[0-9]*$";

    private TopologySchema() {}

    /// The schema, draft 2020-12.
    public static String json() {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = new JsonFactory().createGenerator(ObjectWriteContext.empty(), text)) {
            json.writeStartObject();
            json.writeStringProperty("$schema", "https://json-schema.org/draft/2020-12/schema");
            json.writeStringProperty("title", "Netyard topology");
            writeShape(FileFormat.ROOT, json);
            json.writeEndObject();
        }
        return text.toString();
    }

    private static void writeShape(Shape shape, JsonGenerator json) {
        switch (shape) {
            case Shape.Text text -> writeText(text, json);
            case Shape.WholeNumber number -> {
                types(json, "integer", "string");
                json.writeNumberProperty("minimum", number.least());
                json.writeNumberProperty("maximum", number.most());
                if (number.step() != 1) {
                    json.writeNumberProperty("multipleOf", number.step());
                }
                json.writeStringProperty("pattern", NUMBER_OR_RANGE);
            }
            case Shape.Choice choice -> {
                json.writeArrayPropertyStart("enum");
                choice.words().forEach(json::writeString);
                json.writeEndArray();
            }
            case Shape.Flag _ -> {
                json.writeArrayPropertyStart("enum");
                json.writeBoolean(true);
                json.writeBoolean(false);
                json.writeString("true");
                json.writeString("false");
                json.writeEndArray();
            }
            case Shape.Vlan _ -> {
                types(json, "string", "integer", "boolean");
                json.writeNumberProperty("minimum", VlanId.MIN);
                json.writeNumberProperty("maximum", VlanId.MAX);
                json.writeStringProperty("pattern", "^[A-Za-z0-9_.-]+$");
            }
            case Shape.ListOf list -> writeList(list.item(), json);
            case Shape.OneOrMany one -> anyOf(json, one.item(), new Shape.ListOf(one.item()));
            case Shape.MapOf map -> writeMap(map, json);
            case Fields fields -> {
                types(json, "object", "null");
                writeKeys(fields, json);
                json.writeBooleanProperty("additionalProperties", false);
            }
            case Shape.ByKind byKind -> writeKinds(byKind, json);
            case Shape.Either either -> anyOf(json, either.first(), either.second());
        }
    }

    /// YAML makes numbers and booleans of words that the format reads as text, where such words can stand
    /// at all.
    private static void writeText(Shape.Text text, JsonGenerator json) {
        List<String> types = new ArrayList<>(List.of("string"));
        if (canBe(text, "1")) {
            types.add("number");
        }
        if (canBe(text, "true")) {
            types.add("boolean");
        }
        types(json, types.toArray(String[]::new));
        text.pattern().ifPresent(pattern -> json.writeStringProperty("pattern", pattern));
    }

    private static boolean canBe(Shape.Text text, String word) {
        return text.pattern()
                .map(pattern -> Pattern.compile(pattern).matcher(word).find())
                .orElse(true);
    }

    private static void writeList(Shape item, JsonGenerator json) {
        types(json, "array", "null");
        json.writeObjectPropertyStart("items");
        writeShape(item, json);
        json.writeEndObject();
    }

    private static void writeMap(Shape.MapOf map, JsonGenerator json) {
        types(json, "object", "null");
        map.keys().pattern().ifPresent(pattern -> {
            json.writeObjectPropertyStart("propertyNames");
            json.writeStringProperty("pattern", pattern);
            json.writeEndObject();
        });
        json.writeObjectPropertyStart("additionalProperties");
        writeShape(map.value(), json);
        json.writeEndObject();
    }

    /// The keys that are supported, those that are required, and what only switches take.
    private static void writeKeys(Fields fields, JsonGenerator json) {
        List<Key> keys = fields.keys().stream().filter(key -> !key.later()).toList();
        json.writeObjectPropertyStart("properties");
        for (Key key : keys) {
            json.writeObjectPropertyStart(key.name());
            json.writeStringProperty("description", key.doc().replace("`", ""));
            key.fallback().ifPresent(value -> writeDefault(key.shape(), value, json));
            writeShape(key.shape(), json);
            json.writeEndObject();
        }
        json.writeEndObject();
        List<String> required =
                keys.stream().filter(Key::required).map(Key::name).toList();
        if (!required.isEmpty()) {
            json.writeArrayPropertyStart("required");
            required.forEach(json::writeString);
            json.writeEndArray();
        }
        if (fields.name().equals("node")) {
            writeSwitchesOnly(keys, json);
        }
    }

    private static void writeDefault(Shape shape, String value, JsonGenerator json) {
        switch (shape) {
            case Shape.Flag _ -> json.writeBooleanProperty("default", Boolean.parseBoolean(value));
            case Shape.WholeNumber _ -> json.writeNumberProperty("default", Long.parseLong(value));
            default -> json.writeStringProperty("default", value);
        }
    }

    private static void writeSwitchesOnly(List<Key> keys, JsonGenerator json) {
        ifKind("switch", json);
        json.writeObjectPropertyStart("else");
        json.writeObjectPropertyStart("properties");
        keys.stream().filter(Key::onSwitches).forEach(key -> json.writeBooleanProperty(key.name(), false));
        json.writeEndObject();
        json.writeEndObject();
    }

    private static void writeKinds(Shape.ByKind byKind, JsonGenerator json) {
        types(json, "object", "null");
        writeKeys(byKind.common(), json);
        json.writeArrayPropertyStart("allOf");
        for (Fields kind : byKind.kinds()) {
            json.writeStartObject();
            ifKind(kind.name(), json);
            json.writeObjectPropertyStart("then");
            writeKeys(kind, json);
            json.writeEndObject();
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeBooleanProperty("unevaluatedProperties", false);
    }

    private static void ifKind(String kind, JsonGenerator json) {
        json.writeObjectPropertyStart("if");
        json.writeObjectPropertyStart("properties");
        json.writeObjectPropertyStart("kind");
        json.writeStringProperty("const", kind);
        json.writeEndObject();
        json.writeEndObject();
        json.writeArrayPropertyStart("required");
        json.writeString("kind");
        json.writeEndArray();
        json.writeEndObject();
    }

    private static void anyOf(JsonGenerator json, Shape first, Shape second) {
        json.writeArrayPropertyStart("anyOf");
        for (Shape shape : List.of(first, second)) {
            json.writeStartObject();
            writeShape(shape, json);
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private static void types(JsonGenerator json, String... types) {
        json.writeArrayPropertyStart("type");
        for (String type : types) {
            json.writeString(type);
        }
        json.writeEndArray();
    }
}
