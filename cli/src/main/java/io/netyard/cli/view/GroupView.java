package io.netyard.cli.view;

import io.netyard.cli.daemon.GroupReport;
import java.io.PrintWriter;
import tools.jackson.core.JsonGenerator;

/// What a switch learned by snooping: groups with the ports of their members, routers, queriers.
final class GroupView {
    private final GroupReport groups;

    GroupView(GroupReport groups) {
        this.groups = groups;
    }

    void print(PrintWriter out) {
        if (!groups.queriers().isEmpty() || !groups.routers().isEmpty()) {
            Table table = new Table("VLAN", "PROTOCOL", "ROLE", "ADDRESS", "PORT", "ENDS IN");
            for (GroupReport.Querier querier : groups.queriers()) {
                String port = querier.port().isEmpty() ? "this switch" : querier.port();
                table.row(
                        text(querier.vlan()),
                        querier.protocol(),
                        "querier",
                        querier.address(),
                        port,
                        seconds(querier.seconds()));
            }
            for (GroupReport.Router router : groups.routers()) {
                table.row(
                        text(router.vlan()), router.protocol(), "router", "", router.port(), seconds(router.seconds()));
            }
            out.println();
            table.print(out);
        }
        if (!groups.members().isEmpty()) {
            Table table = new Table("VLAN", "GROUP", "PORT", "ENDS IN");
            for (GroupReport.Member member : groups.members()) {
                table.row(text(member.vlan()), member.group(), member.port(), seconds(member.seconds()));
            }
            out.println();
            table.print(out);
        }
    }

    private static String text(int vlan) {
        return String.valueOf(vlan);
    }

    private static String seconds(int seconds) {
        return seconds + " s";
    }

    /// Writes `"groups": […], "routers": […], "queriers": […]`.
    void write(JsonGenerator json) {
        JsonView.objects(json, "groups", groups.members(), member -> {
            json.writeNumberProperty("vlan", member.vlan());
            json.writeStringProperty("group", member.group());
            json.writeStringProperty("port", member.port());
            json.writeNumberProperty("seconds", member.seconds());
        });
        JsonView.objects(json, "routers", groups.routers(), router -> {
            json.writeNumberProperty("vlan", router.vlan());
            json.writeStringProperty("protocol", router.protocol());
            json.writeStringProperty("port", router.port());
            json.writeNumberProperty("seconds", router.seconds());
        });
        JsonView.objects(json, "queriers", groups.queriers(), querier -> {
            json.writeNumberProperty("vlan", querier.vlan());
            json.writeStringProperty("protocol", querier.protocol());
            if (!querier.address().isEmpty()) {
                json.writeStringProperty("address", querier.address());
            }
            if (!querier.port().isEmpty()) {
                json.writeStringProperty("port", querier.port());
            }
            json.writeNumberProperty("seconds", querier.seconds());
        });
    }
}
