package io.netyard.cli.view;

import io.netyard.topology.check.CheckResult;
import java.io.PrintWriter;
import java.util.List;
import tools.jackson.core.JsonGenerator;

/// How checks came out: text, JSON, JUnit XML, CSV.
public final class CheckView {
    private static final double MILLIS_PER_SECOND = 1_000;

    private final String lab;
    private final List<CheckResult> results;

    /// @param results in the order to show them in
    public CheckView(String lab, List<CheckResult> results) {
        this.lab = lab;
        this.results = List.copyOf(results);
    }

    /// Whether no check failed.
    public boolean allPassed() {
        return failed() == 0;
    }

    private long failed() {
        return results.stream().filter(result -> !result.passed()).count();
    }

    /// Prints a line for each check and how many passed.
    public void print(PrintWriter out) {
        Palette palette = Palette.of(out);
        for (CheckResult result : results) {
            out.println((result.passed() ? palette.good("pass") : palette.bad("FAIL"))
                    + "  "
                    + result.check().name()
                    + (result.passed() ? "" : ": " + result.reason()));
        }
        out.println(lab + ": " + (results.size() - failed()) + " passed, " + failed() + " failed");
    }

    /// Writes `"checks": […]`.
    public void write(JsonGenerator json) {
        json.writeStringProperty("lab", lab);
        json.writeBooleanProperty("passed", allPassed());
        JsonView.objects(json, "checks", results, result -> {
            json.writeStringProperty("name", result.check().name());
            json.writeBooleanProperty("passed", result.passed());
            json.writeStringProperty("reason", result.reason());
            json.writeNumberProperty("milliseconds", result.duration().toMillis());
        });
    }

    /// A JUnit XML report: one suite, one case for each check.
    public String junit() {
        StringBuilder xml = new StringBuilder("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
        xml.append("<testsuite name=\"" + xml(lab) + "\" tests=\"" + results.size() + "\" failures=\"" + failed()
                + "\">\n");
        for (CheckResult result : results) {
            xml.append("  <testcase classname=\"" + xml(lab) + "\" name=\""
                    + xml(result.check().name()) + "\" time=\""
                    + result.duration().toMillis() / MILLIS_PER_SECOND + "\"");
            xml.append(result.passed() ? "/>\n" : "><failure message=\"" + xml(result.reason()) + "\"/></testcase>\n");
        }
        return xml.append("</testsuite>\n").toString();
    }

    private static String xml(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }

    /// A table with a line for each check (RFC 4180).
    public String csv() {
        StringBuilder table = new StringBuilder("lab,check,passed,reason\r\n");
        for (CheckResult result : results) {
            table.append(csv(lab) + "," + csv(result.check().name()) + "," + result.passed() + ","
                    + csv(result.reason()) + "\r\n");
        }
        return table.toString();
    }

    private static String csv(String text) {
        return "\"" + text.replace("\"", "\"\"") + "\"";
    }
}
