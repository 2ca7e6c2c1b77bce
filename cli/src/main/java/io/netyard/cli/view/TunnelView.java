package io.netyard.cli.view;

import io.netyard.cli.daemon.TunnelReport;
import java.util.List;
import tools.jackson.core.JsonGenerator;

/// The tunnels of a switch in user space, with their other ends.
final class TunnelView {
    private TunnelView() {}

    static Table table(List<TunnelReport> tunnels) {
        Table table = new Table("TUNNEL", "KIND", "ID", "LOCAL", "OTHER END", "HOW KNOWN", "RECEIVED", "DROPPED");
        for (TunnelReport tunnel : tunnels) {
            boolean first = true;
            for (TunnelReport.Peer peer : tunnel.peers()) {
                addRow(table, tunnel, first, peer);
                first = false;
            }
            if (first) {
                table.row(
                        tunnel.port(),
                        tunnel.protocol(),
                        "" + tunnel.id(),
                        tunnel.local(),
                        "",
                        "",
                        "",
                        DropView.text(tunnel.drops()));
            }
        }
        return table;
    }

    private static void addRow(Table table, TunnelReport tunnel, boolean first, TunnelReport.Peer peer) {
        table.row(
                first ? tunnel.port() : "",
                first ? tunnel.protocol() : "",
                first ? "" + tunnel.id() : "",
                first ? tunnel.local() : "",
                peer.address(),
                peer.listed() ? "listed" : "heard",
                peer.frames() + " frames",
                first ? DropView.text(tunnel.drops()) : "");
    }

    /// Writes `"tunnels": […]`.
    static void write(List<TunnelReport> tunnels, JsonGenerator json) {
        JsonView.objects(json, "tunnels", tunnels, tunnel -> {
            json.writeStringProperty("port", tunnel.port());
            json.writeStringProperty("protocol", tunnel.protocol());
            json.writeNumberProperty("id", tunnel.id());
            if (!tunnel.local().isEmpty()) {
                json.writeStringProperty("local", tunnel.local());
            }
            JsonView.objects(json, "peers", tunnel.peers(), peer -> {
                json.writeStringProperty("address", peer.address());
                json.writeBooleanProperty("listed", peer.listed());
                json.writeNumberProperty("frames", peer.frames());
            });
            DropView.write(tunnel.drops(), json);
        });
    }
}
