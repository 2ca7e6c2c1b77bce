package io.netyard.topology.apply;

import io.netyard.linux.FileIdentity;
import io.netyard.topology.apply.StateFile.OtherFormatException;
import io.netyard.topology.model.LabName;
import io.netyard.topology.model.NodeName;
import java.io.StringWriter;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;

/// The JSON form of a [LabRecord].
///
/// ```json
/// {"format": 1, "lab": "campus", "phase": "committed", "deadline": 0, "file": ["campus.yaml", "lab:
/// campus\n"], "previous": ["old.yaml", "lab: campus\n"], "namespaces": {"h1": [4, 4026532201]},
/// "expected": ["h2"]}
/// ```
final class LabRecordJson {
    private static final JsonFactory JSON = JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    private LabRecordJson() {}

    static String write(LabRecord labRecord) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = JSON.createGenerator(ObjectWriteContext.empty(), text)) {
            json.writeStartObject();
            json.writeNumberProperty("format", LabRecord.FORMAT);
            json.writeStringProperty("lab", labRecord.lab());
            json.writeStringProperty("phase", labRecord.phase().name().toLowerCase(Locale.ROOT));
            json.writeNumberProperty("deadline", labRecord.deadline());
            write(json, "file", labRecord.file());
            labRecord.previous().ifPresent(file -> write(json, "previous", file));
            json.writeObjectPropertyStart("namespaces");
            for (Map.Entry<String, FileIdentity> entry : labRecord.namespaces().entrySet()) {
                json.writeArrayPropertyStart(entry.getKey());
                json.writeNumber(entry.getValue().device());
                json.writeNumber(entry.getValue().inode());
                json.writeEndArray();
            }
            json.writeEndObject();
            json.writeArrayPropertyStart("expected");
            for (String node : labRecord.expected()) {
                json.writeString(node);
            }
            json.writeEndArray();
            json.writeEndObject();
        }
        return text.toString();
    }

    private static void write(JsonGenerator json, String name, LabSummary.AppliedFile file) {
        json.writeArrayPropertyStart(name);
        json.writeString(file.name());
        json.writeString(file.text());
        json.writeEndArray();
    }

    /// Reads a record.
    ///
    /// @throws IllegalArgumentException if the text is not a record of this format, with the reason
    static LabRecord read(String text) {
        try (JsonParser json = JSON.createParser(ObjectReadContext.empty(), text)) {
            return new Reader(json).read();
        } catch (JacksonException failure) {
            throw new IllegalArgumentException("it is not valid JSON", failure);
        }
    }

    /// Reads one record with one parser. Used once.
    private static final class Reader {
        private final JsonParser json;
        private final Map<String, FileIdentity> namespaces = new HashMap<>();
        private final Set<String> expected = new HashSet<>();
        private @Nullable String lab;
        private @Nullable String phase;
        private LabSummary.@Nullable AppliedFile file;
        private LabSummary.@Nullable AppliedFile previous;
        private long deadline;

        Reader(JsonParser json) {
            this.json = json;
        }

        LabRecord read() {
            expect(JsonToken.START_OBJECT);
            readFormat();
            while (json.nextToken() == JsonToken.PROPERTY_NAME) {
                String name = json.currentName();
                switch (name) {
                    case "lab" -> lab = nextString();
                    case "phase" -> phase = nextString();
                    case "deadline" -> deadline = nextNumber();
                    case "file" -> file = nextFile();
                    case "previous" -> previous = nextFile();
                    case "namespaces" -> readNamespaces();
                    case "expected" -> readExpected();
                    default -> throw new IllegalArgumentException("unknown property " + name);
                }
            }
            if (json.nextToken() != null) {
                throw new IllegalArgumentException("more follows after its end");
            }
            return new LabRecord(
                    new LabName(present("lab", lab)).value(),
                    readPhase(present("phase", phase)),
                    namespaces,
                    expected,
                    present("file", file),
                    Optional.ofNullable(previous),
                    deadline);
        }

        /// First of all: of another format nothing else is known.
        private void readFormat() {
            expect(JsonToken.PROPERTY_NAME);
            if (!"format".equals(json.currentName())) {
                throw new IllegalArgumentException("it does not start with its format");
            }
            long format = nextNumber();
            if (format != LabRecord.FORMAT) {
                throw new OtherFormatException("it is written in format " + format + ", and this Netyard reads "
                        + LabRecord.FORMAT + " alone; use the version that wrote it");
            }
        }

        private static LabRecord.Phase readPhase(String text) {
            for (LabRecord.Phase phase : LabRecord.Phase.values()) {
                if (phase.name().toLowerCase(Locale.ROOT).equals(text)) {
                    return phase;
                }
            }
            throw new IllegalArgumentException("unknown phase " + text);
        }

        private static <T> T present(String name, @Nullable T value) {
            if (value == null) {
                throw new IllegalArgumentException("the property " + name + " is missing");
            }
            return value;
        }

        private void readNamespaces() {
            expect(JsonToken.START_OBJECT);
            while (json.nextToken() == JsonToken.PROPERTY_NAME) {
                String node = new NodeName(Objects.requireNonNull(json.currentName())).value();
                expect(JsonToken.START_ARRAY);
                namespaces.put(node, new FileIdentity(nextNumber(), nextNumber()));
                expect(JsonToken.END_ARRAY);
            }
        }

        private void readExpected() {
            expect(JsonToken.START_ARRAY);
            while (json.nextToken() != JsonToken.END_ARRAY) {
                if (json.currentToken() != JsonToken.VALUE_STRING
                        || !expected.add(new NodeName(json.getString()).value())) {
                    throw new IllegalArgumentException("expected is no list of different nodes");
                }
            }
        }

        private LabSummary.AppliedFile nextFile() {
            expect(JsonToken.START_ARRAY);
            LabSummary.AppliedFile next = new LabSummary.AppliedFile(nextString(), nextString());
            expect(JsonToken.END_ARRAY);
            return next;
        }

        private String nextString() {
            expect(JsonToken.VALUE_STRING);
            return json.getString();
        }

        private long nextNumber() {
            expect(JsonToken.VALUE_NUMBER_INT);
            return json.getLongValue();
        }

        private void expect(JsonToken token) {
            if (json.nextToken() != token) {
                throw new IllegalArgumentException("found " + json.currentToken() + " instead of " + token);
            }
        }
    }
}
