package io.netyard.cli.view;

import io.netyard.cli.doctor.Finding;
import io.netyard.cli.doctor.Holdings;
import io.netyard.cli.doctor.SoakReport;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import tools.jackson.core.JsonGenerator;

/// What the doctor found, or how a soak went.
public final class DoctorView {
    private static final double MEBI = 1 << 20;

    private DoctorView() {}

    /// Prints a table.
    public static void print(List<Finding> findings, PrintWriter out) {
        Table table = new Table("WHAT", "IS", "WHICH MEANS");
        findings.forEach(finding -> table.row(finding.subject(), word(finding.verdict()), finding.explanation()));
        table.print(out);
    }

    /// Prints `{"findings": […]}`.
    public static void writeJson(List<Finding> findings, PrintWriter out) {
        JsonView.print(
                out,
                json -> JsonView.objects(json, "findings", findings, finding -> {
                    json.writeStringProperty("subject", finding.subject());
                    json.writeStringProperty("verdict", word(finding.verdict()));
                    json.writeStringProperty("explanation", finding.explanation());
                }));
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    /// Prints a soak in a few lines.
    public static void print(SoakReport report, PrintWriter out) {
        out.println("soak of " + Durations.text(report.time()) + ", seed " + report.seed() + ": "
                + report.turns().getOrDefault(SoakReport.Turn.EDIT, 0) + " edits, "
                + report.killed() + " runs killed in "
                + report.turns().getOrDefault(SoakReport.Turn.KILL, 0) + " tries, "
                + report.turns().getOrDefault(SoakReport.Turn.FAULT, 0) + " faults, "
                + report.turns().getOrDefault(SoakReport.Turn.DESTROY, 0) + " times destroyed");
        Holdings before = report.before();
        Holdings after = report.after();
        out.println("since it was warm: descriptors " + before.descriptors() + " -> " + after.descriptors()
                + ", threads " + before.threads() + " -> " + after.threads()
                + String.format(
                        Locale.ROOT,
                        ", memory %.1f -> %.1f MiB",
                        before.residentBytes() / MEBI,
                        after.residentBytes() / MEBI));
        out.println(report.broken().map(what -> "BROKEN: " + what).orElse("everything was as it has to be"));
    }

    /// Prints a soak as JSON.
    public static void writeJson(SoakReport report, PrintWriter out) {
        JsonView.print(out, json -> {
            json.writeNumberProperty("seed", report.seed());
            json.writeNumberProperty("milliseconds", report.time().toMillis());
            for (SoakReport.Turn turn : SoakReport.Turn.values()) {
                json.writeNumberProperty(word(turn) + "s", report.turns().getOrDefault(turn, 0));
            }
            json.writeNumberProperty("killed", report.killed());
            json.writeStringProperty("broken", report.broken().orElse(""));
            json.writeNumberProperty("leftovers", report.leftovers());
            write("before", report.before(), json);
            write("after", report.after(), json);
        });
    }

    private static void write(String name, Holdings holdings, JsonGenerator json) {
        json.writeObjectPropertyStart(name);
        json.writeNumberProperty("descriptors", holdings.descriptors());
        json.writeNumberProperty("threads", holdings.threads());
        json.writeNumberProperty("resident-octets", holdings.residentBytes());
        json.writeEndObject();
    }
}
