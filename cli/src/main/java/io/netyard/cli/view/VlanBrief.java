package io.netyard.cli.view;

import io.netyard.cli.daemon.SwitchReport;
import io.netyard.net.VlanId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// The VLANs of a switch, each with its name and its ports, as `show vlan brief` has them elsewhere.
final class VlanBrief {
    /// A VLAN.
    ///
    /// @param name in the topology file; `default` for VLAN 1 and `VLAN0030` for others that have none
    /// @param untagged ports by which its frames leave untagged
    /// @param tagged ports by which they leave tagged
    record Row(int vlan, String name, List<String> untagged, List<String> tagged) {
        /// `active` if any port carries it.
        String status() {
            return untagged.isEmpty() && tagged.isEmpty() ? "no port" : "active";
        }

        /// `p1, p2, p9 (tagged)`.
        String ports() {
            List<String> ports = new ArrayList<>(untagged);
            tagged.forEach(port -> ports.add(port + " (tagged)"));
            return String.join(", ", ports);
        }
    }

    private VlanBrief() {}

    /// The rows by VLAN: what its ports carry, and what the lab names besides. Of a switch that knows no
    /// VLANs there are none.
    static List<Row> of(SwitchReport report, Map<String, VlanId> named) {
        Map<Integer, Row> rows = new TreeMap<>();
        boolean knowsVlans = report.ports().stream()
                .anyMatch(port -> !port.untagged().isEmpty() || !port.tagged().isEmpty());
        if (!knowsVlans) {
            return List.of();
        }
        named.forEach((name, vlan) -> rows.put(vlan.value(), empty(vlan.value(), name)));
        for (SwitchReport.Port port : report.ports()) {
            port.untagged().forEach(vlan -> row(rows, vlan).untagged().add(port.name()));
            port.tagged().forEach(vlan -> row(rows, vlan).tagged().add(port.name()));
        }
        return List.copyOf(rows.values());
    }

    private static Row row(Map<Integer, Row> rows, int vlan) {
        return rows.computeIfAbsent(vlan, _ -> empty(vlan, vlan == 1 ? "default" : "VLAN%04d".formatted(vlan)));
    }

    private static Row empty(int vlan, String name) {
        return new Row(vlan, name, new ArrayList<>(), new ArrayList<>());
    }
}
