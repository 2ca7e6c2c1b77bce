package io.netyard.topology.yaml;

import io.netyard.topology.yaml.Shape.Fields;
import io.netyard.topology.yaml.Shape.Key;
import java.io.StringWriter;
import java.util.List;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/// The JSON Schema of topology files, made of the declarations that the reader follows too.
///
/// A schema cannot say all that the reader checks: it allows any text where a range may stand.
public final class TopologySchema {
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
            case Shape.Text _ -> types(json, "string", "number");
            case Shape.WholeNumber number -> {
                types(json, "integer", "string");
                json.writeNumberProperty("minimum", number.least());
                json.writeNumberProperty("maximum", number.most());
            }
            case Shape.Choice choice -> {
                json.writeArrayPropertyStart("enum");
                choice.words().forEach(json::writeString);
                json.writeEndArray();
            }
            case Shape.Flag _ -> json.writeStringProperty("type", "boolean");
            case Shape.Vlan _ -> types(json, "string", "integer");
            case Shape.ListOf list -> writeList(list.item(), json);
            case Shape.OneOrMany one -> anyOf(json, one.item(), new Shape.ListOf(one.item()));
            case Shape.MapOf map -> {
                types(json, "object", "null");
                json.writeObjectPropertyStart("additionalProperties");
                writeShape(map.value(), json);
                json.writeEndObject();
            }
            case Fields fields -> writeFields(fields, json);
            case Shape.Either either -> anyOf(json, either.first(), either.second());
        }
    }

    private static void writeList(Shape item, JsonGenerator json) {
        types(json, "array", "null");
        json.writeObjectPropertyStart("items");
        writeShape(item, json);
        json.writeEndObject();
    }

    private static void writeFields(Fields fields, JsonGenerator json) {
        types(json, "object", "null");
        json.writeObjectPropertyStart("properties");
        for (Key key : fields.keys()) {
            if (!key.later()) {
                json.writeObjectPropertyStart(key.name());
                json.writeStringProperty("description", key.doc());
                writeShape(key.shape(), json);
                json.writeEndObject();
            }
        }
        json.writeEndObject();
        List<String> required =
                fields.keys().stream().filter(Key::required).map(Key::name).toList();
        json.writeArrayPropertyStart("required");
        required.forEach(json::writeString);
        json.writeEndArray();
        json.writeBooleanProperty("additionalProperties", false);
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
