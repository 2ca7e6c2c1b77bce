package io.netyard.cli.view;

import io.netyard.netlink.route.Bridge;
import io.netyard.netlink.route.LinkAttributes;
import io.netyard.netlink.route.Physical;
import io.netyard.topology.apply.LabStatus;
import io.netyard.topology.model.Node;
import io.netyard.topology.plan.Change;
import io.netyard.topology.state.Resource;
import io.netyard.topology.state.ResourceId;
import io.netyard.topology.state.Tunnel;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.core.JsonGenerator;

/// How a lab stands: its interfaces with their addresses, and what differs from its file.
public final class StatusView {
    /// `IF_OPER_UP`.
    private static final int OPERATIONALLY_UP = 6;

    private final LabStatus status;
    private final Optional<String> only;

    /// @param only one node, if not all
    public StatusView(LabStatus status, Optional<String> only) {
        this.status = status;
        this.only = only;
    }

    private boolean isShown(String node) {
        return only.isEmpty() || only.get().equals(node);
    }

    /// Prints a table of interfaces, and the drift.
    public void print(PrintWriter out) {
        Table table = new Table("NODE", "KIND", "DRIVER", "INTERFACE", "TYPE", "STATE", "PEER", "ADDRESSES");
        for (Node node : status.topology().nodes()) {
            String name = node.name().value();
            if (isShown(name)) {
                boolean first = true;
                for (Resource.Link link : links(name)) {
                    table.row(
                            first ? name : "",
                            first ? node.kind().toString() : "",
                            first ? driver(name) : "",
                            link.name().value(),
                            link.kind().kind().isEmpty()
                                    ? "loopback"
                                    : link.kind().kind(),
                            state(link),
                            link.peer().map(Object::toString).orElse(""),
                            String.join(", ", addresses(link)));
                    first = false;
                }
                tunnels(name)
                        .forEach((port, tunnel) ->
                                table.row("", "", "", port, tunnel.protocol().toString(), "up", "", ""));
                if (first) {
                    table.row(name, node.kind().toString(), driver(name), "", "", "missing", "", "");
                }
            }
        }
        table.print(out);
        out.println();
        if (status.interrupted()) {
            out.println(
                    "the last run did not come to its end; netyard apply completes it, netyard recover takes it back");
        }
        if (status.drift().isEmpty()) {
            out.println("no drift: the lab is as its file says");
        } else {
            out.println("drift, which netyard apply repairs:");
            new PlanView(status.drift()).print(out, status.topology().lab().value());
        }
    }

    /// Who forwards in a node: `user`, also where that is yet to be repaired, or `kernel`; empty if nobody
    /// does.
    private String driver(String node) {
        if (Stream.concat(
                        status.observed().resources(Resource.UserSwitch.class).stream()
                                .map(Resource::id),
                        status.drift().changes().stream().map(Change::id))
                .anyMatch(id ->
                        id.kind() == ResourceId.Kind.USER_SWITCH && id.node().equals(node))) {
            return "user";
        }
        return status.observed().resources(Resource.Link.class).stream()
                        .anyMatch(link -> link.node().equals(node) && link.kind() instanceof Bridge)
                ? "kernel"
                : "";
    }

    /// Tunnels that a switch in user space ends itself: there is no interface for them.
    private Map<String, Tunnel> tunnels(String node) {
        Map<String, Tunnel> tunnels = new LinkedHashMap<>();
        for (Resource.UserPort port : status.observed().resources(Resource.UserPort.class)) {
            if (port.node().equals(node) && port.device() instanceof Tunnel tunnel) {
                tunnels.put(port.port().value(), tunnel);
            }
        }
        return tunnels;
    }

    private List<Resource.Link> links(String node) {
        List<Resource.Link> links = new ArrayList<>();
        for (Resource.Link link : status.observed().resources(Resource.Link.class)) {
            boolean isPlainLoopback =
                    link.kind() instanceof Physical && addresses(link).isEmpty();
            if (link.node().equals(node) && !isPlainLoopback) {
                links.add(link);
            }
        }
        return links;
    }

    private static String state(Resource.Link link) {
        if (!link.up()) {
            return "down";
        }
        int state = link.attributes().get(LinkAttributes.OPERSTATE).orElse(0);
        return state == OPERATIONALLY_UP || state == 0 ? "up" : "no carrier";
    }

    private List<String> addresses(Resource.Link link) {
        List<String> addresses = new ArrayList<>();
        for (Resource.Address address : status.observed().resources(Resource.Address.class)) {
            if (address.node().equals(link.node()) && address.port().equals(link.name())) {
                addresses.add(address.prefix().toString());
            }
        }
        return addresses;
    }

    /// Writes nodes with their interfaces, and the drift.
    public void write(JsonGenerator json) {
        json.writeStringProperty("lab", status.topology().lab().value());
        json.writeBooleanProperty("interrupted", status.interrupted());
        List<Node> shown = status.topology().nodes().stream()
                .filter(node -> isShown(node.name().value()))
                .toList();
        JsonView.objects(json, "nodes", shown, node -> {
            json.writeStringProperty("name", node.name().value());
            json.writeStringProperty("kind", node.kind().toString());
            String driver = driver(node.name().value());
            if (!driver.isEmpty()) {
                json.writeStringProperty("driver", driver);
            }
            JsonView.objects(json, "interfaces", links(node.name().value()), link -> write(link, json));
        });
        json.writeObjectPropertyStart("drift");
        new PlanView(status.drift()).write(json);
        json.writeEndObject();
    }

    private void write(Resource.Link link, JsonGenerator json) {
        json.writeStringProperty("name", link.name().value());
        json.writeNumberProperty("index", link.index());
        json.writeStringProperty("type", link.kind().kind());
        json.writeStringProperty("state", state(link));
        link.attributes().get(LinkAttributes.ADDRESS).ifPresent(mac -> json.writeStringProperty("mac", mac.toString()));
        link.attributes().get(LinkAttributes.MTU).ifPresent(mtu -> json.writeNumberProperty("mtu", mtu));
        link.peer().ifPresent(peer -> json.writeStringProperty("peer", peer.toString()));
        JsonView.strings(json, "addresses", addresses(link));
    }
}
