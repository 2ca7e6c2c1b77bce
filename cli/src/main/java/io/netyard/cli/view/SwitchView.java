package io.netyard.cli.view;

import io.netyard.cli.daemon.SwitchReport;
import java.io.PrintWriter;
import java.util.List;
import java.util.stream.Collectors;
import tools.jackson.core.JsonGenerator;

/// What switches in user space know and have counted: ports with their VLANs and frames, the MAC table.
public final class SwitchView {
    private final List<SwitchReport> reports;

    public SwitchView(List<SwitchReport> reports) {
        this.reports = List.copyOf(reports);
    }

    /// Prints each switch as tables.
    public void print(PrintWriter out) {
        for (SwitchReport report : reports) {
            out.println();
            out.println("switch " + report.name() + " of " + report.node() + ", " + report.mode() + ", in user space");
            ports(report).print(out);
            if (!report.addresses().isEmpty()) {
                out.println();
                addresses(report).print(out);
            }
        }
    }

    private static Table ports(SwitchReport report) {
        Table table = new Table("PORT", "PVID", "UNTAGGED", "TAGGED", "RECEIVED", "SENT", "DROPPED");
        for (SwitchReport.Port port : report.ports()) {
            table.row(
                    port.name(),
                    port.pvid(),
                    join(port.untagged()),
                    join(port.tagged()),
                    port.receivedFrames() + " frames",
                    port.sentFrames() + " frames",
                    port.drops().entrySet().stream()
                            .map(drop -> drop.getValue() + " " + drop.getKey())
                            .collect(Collectors.joining(", ")));
        }
        return table;
    }

    private static Table addresses(SwitchReport report) {
        Table table = new Table("VLAN", "MAC ADDRESS", "PORT", "AGE");
        for (SwitchReport.Address address : report.addresses()) {
            table.row(String.valueOf(address.vlan()), address.mac(), address.port(), address.age() + " s");
        }
        return table;
    }

    private static String join(List<Integer> vlans) {
        return vlans.stream().map(String::valueOf).collect(Collectors.joining(" "));
    }

    /// Writes `"switches": […]`.
    public void write(JsonGenerator json) {
        json.writeArrayPropertyStart("switches");
        for (SwitchReport report : reports) {
            json.writeStartObject();
            json.writeStringProperty("node", report.node());
            json.writeStringProperty("name", report.name());
            json.writeStringProperty("mode", report.mode());
            json.writeArrayPropertyStart("ports");
            report.ports().forEach(port -> write(port, json));
            json.writeEndArray();
            json.writeArrayPropertyStart("addresses");
            for (SwitchReport.Address address : report.addresses()) {
                json.writeStartObject();
                json.writeNumberProperty("vlan", address.vlan());
                json.writeStringProperty("mac", address.mac());
                json.writeStringProperty("port", address.port());
                json.writeNumberProperty("age", address.age());
                json.writeEndObject();
            }
            json.writeEndArray();
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private static void write(SwitchReport.Port port, JsonGenerator json) {
        json.writeStartObject();
        json.writeStringProperty("name", port.name());
        if (!port.pvid().isEmpty()) {
            json.writeNumberProperty("pvid", Integer.parseInt(port.pvid()));
        }
        writeVlans("untagged", port.untagged(), json);
        writeVlans("tagged", port.tagged(), json);
        json.writeNumberProperty("received-frames", port.receivedFrames());
        json.writeNumberProperty("received-octets", port.receivedBytes());
        json.writeNumberProperty("sent-frames", port.sentFrames());
        json.writeNumberProperty("sent-octets", port.sentBytes());
        json.writeArrayPropertyStart("drops");
        port.drops().forEach((reason, frames) -> {
            json.writeStartObject();
            json.writeStringProperty("reason", reason);
            json.writeNumberProperty("frames", frames);
            json.writeEndObject();
        });
        json.writeEndArray();
        json.writeEndObject();
    }

    private static void writeVlans(String name, List<Integer> vlans, JsonGenerator json) {
        json.writeArrayPropertyStart(name);
        vlans.forEach(json::writeNumber);
        json.writeEndArray();
    }
}
