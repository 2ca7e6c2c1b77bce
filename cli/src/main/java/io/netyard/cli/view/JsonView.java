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
}
