package io.netyard.cli.view;

import io.netyard.cli.daemon.SwitchReport;
import io.netyard.net.VlanId;
import java.io.PrintWriter;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import tools.jackson.core.JsonGenerator;

/// What switches know and have counted: VLANs with their ports, ports with their frames, the MAC table,
/// groups.
public final class SwitchView {
    private final List<SwitchReport> reports;
    private final Map<String, VlanId> vlans;

    /// @param vlans the names of VLANs
    public SwitchView(List<SwitchReport> reports, Map<String, VlanId> vlans) {
        this.reports = List.copyOf(reports);
        this.vlans = Map.copyOf(vlans);
    }

    /// Prints each switch as tables.
    public void print(PrintWriter out) {
        for (SwitchReport report : reports) {
            out.println();
            boolean isUser = report.driver().equals(SwitchReport.USER);
            out.println("switch " + report.name() + " of " + report.node() + ", " + report.mode() + ", in "
                    + (isUser ? "user space" : "the kernel"));
            List<VlanBrief.Row> rows = VlanBrief.of(report, vlans);
            if (!rows.isEmpty()) {
                Table table = new Table("VLAN", "NAME", "STATUS", "PORTS");
                rows.forEach(row -> table.row(String.valueOf(row.vlan()), row.name(), row.status(), row.ports()));
                table.print(out);
                out.println();
            }
            ports(report).print(out);
            for (SwitchReport.Loop loop : report.loops()) {
                out.println("port " + loop.port() + " was in a loop " + loop.times() + " times"
                        + (loop.blocked() ? ", and is blocked: frames come back by it" : ""));
            }
            if (!report.tunnels().isEmpty()) {
                out.println();
                TunnelView.table(report.tunnels()).print(out);
            }
            if (!report.addresses().isEmpty()) {
                out.println();
                addresses(report).print(out);
            }
            new GroupView(report.groups()).print(out);
        }
    }

    private static Table ports(SwitchReport report) {
        Table table = new Table("PORT", "STATE", "PVID", "UNTAGGED", "TAGGED", "RECEIVED", "SENT", "DROPPED");
        for (SwitchReport.Port port : report.ports()) {
            table.row(
                    port.name(),
                    port.state(),
                    port.pvid(),
                    join(port.untagged()),
                    join(port.tagged()),
                    port.receivedFrames() + " frames",
                    port.sentFrames() + " frames",
                    DropView.text(port.drops()));
        }
        return table;
    }

    private static Table addresses(SwitchReport report) {
        Table table = new Table("VLAN", "MAC ADDRESS", "PORT", "AGE");
        for (SwitchReport.Address address : report.addresses()) {
            table.row(
                    String.valueOf(address.vlan()),
                    address.mac(),
                    address.port(),
                    address.isStatic() ? "static" : address.age() + " s");
        }
        return table;
    }

    private static String join(List<Integer> vlans) {
        return vlans.stream().map(String::valueOf).collect(Collectors.joining(" "));
    }

    /// Writes `"switches": […]`.
    public void write(JsonGenerator json) {
        JsonView.objects(json, "switches", reports, report -> {
            json.writeStringProperty("node", report.node());
            json.writeStringProperty("driver", report.driver());
            json.writeStringProperty("name", report.name());
            json.writeStringProperty("mode", report.mode());
            JsonView.objects(json, "vlans", VlanBrief.of(report, vlans), row -> write(row, json));
            JsonView.objects(json, "ports", report.ports(), port -> write(port, json));
            JsonView.objects(json, "loops", report.loops(), loop -> {
                json.writeStringProperty("port", loop.port());
                json.writeBooleanProperty("blocked", loop.blocked());
                json.writeNumberProperty("times", loop.times());
            });
            JsonView.objects(json, "addresses", report.addresses(), address -> {
                json.writeNumberProperty("vlan", address.vlan());
                json.writeStringProperty("mac", address.mac());
                json.writeStringProperty("port", address.port());
                json.writeBooleanProperty("static", address.isStatic());
                if (!address.isStatic()) {
                    json.writeNumberProperty("age", address.age());
                }
            });
            new GroupView(report.groups()).write(json);
            TunnelView.write(report.tunnels(), json);
        });
    }

    private static void write(VlanBrief.Row row, JsonGenerator json) {
        json.writeNumberProperty("id", row.vlan());
        json.writeStringProperty("name", row.name());
        json.writeStringProperty("status", row.status());
        JsonView.strings(json, "untagged", row.untagged());
        JsonView.strings(json, "tagged", row.tagged());
    }

    private static void write(SwitchReport.Port port, JsonGenerator json) {
        json.writeStringProperty("name", port.name());
        json.writeStringProperty("state", port.state());
        if (!port.pvid().isEmpty()) {
            json.writeNumberProperty("pvid", Integer.parseInt(port.pvid()));
        }
        writeVlans("untagged", port.untagged(), json);
        writeVlans("tagged", port.tagged(), json);
        json.writeNumberProperty("received-frames", port.receivedFrames());
        json.writeNumberProperty("received-octets", port.receivedBytes());
        json.writeNumberProperty("sent-frames", port.sentFrames());
        json.writeNumberProperty("sent-octets", port.sentBytes());
        DropView.write(port.drops(), json);
    }

    private static void writeVlans(String name, List<Integer> vlans, JsonGenerator json) {
        JsonView.numbers(json, name, vlans);
    }
}
