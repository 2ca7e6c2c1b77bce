package io.netyard.cli.view;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.function.Consumer;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/// The frame of every JSON output: one object in one line, which starts with the version of the format.
public final class JsonView {
    /// Raised when a change could break a reader.
    private static final int FORMAT = 1;

    private JsonView() {}

    /// Prints an object with the properties that `body` writes.
    public static void print(PrintWriter out, Consumer<JsonGenerator> body) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = new JsonFactory().createGenerator(ObjectWriteContext.empty(), text)) {
            json.writeStartObject();
            json.writeNumberProperty("format", FORMAT);
            body.accept(json);
            json.writeEndObject();
        }
        out.println(text);
    }

    /// Writes a property that is a list of objects, with the properties of each that `body` writes.
    public static <T> void objects(JsonGenerator json, String name, Iterable<T> values, Consumer<T> body) {
        json.writeArrayPropertyStart(name);
        for (T value : values) {
            json.writeStartObject();
            body.accept(value);
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    /// Writes a property that is a list of texts.
    static void strings(JsonGenerator json, String name, Iterable<String> values) {
        json.writeArrayPropertyStart(name);
        values.forEach(json::writeString);
        json.writeEndArray();
    }

    /// Writes a property that is a list of numbers.
    public static void numbers(JsonGenerator json, String name, Iterable<? extends Number> values) {
        json.writeArrayPropertyStart(name);
        values.forEach(value -> json.writeNumber(value.longValue()));
        json.writeEndArray();
    }
}
