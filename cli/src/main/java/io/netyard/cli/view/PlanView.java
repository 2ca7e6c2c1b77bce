package io.netyard.cli.view;

import io.netyard.net.InterfaceName;
import io.netyard.net.VlanId;
import io.netyard.netlink.message.Attributes;
import io.netyard.netlink.route.LinkAttributes;
import io.netyard.netlink.route.Physical;
import io.netyard.topology.plan.Change;
import io.netyard.topology.plan.LinkDifference;
import io.netyard.topology.plan.LinkDifference.Property;
import io.netyard.topology.plan.Plan;
import io.netyard.topology.plan.PortDifference;
import io.netyard.topology.state.LoopProtection;
import io.netyard.topology.state.Resource;
import io.netyard.topology.state.ResourceId;
import io.netyard.topology.state.Tunnel;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import tools.jackson.core.JsonGenerator;

/// A plan, node by node: `+` is made, `-` is removed, `~` is changed, `±` is removed and made again.
public final class PlanView {
    private final Plan plan;
    private final Map<String, List<Line>> byNode = new LinkedHashMap<>();
    private final Set<ResourceId> replaced = new HashSet<>();
    private int made;
    private int changed;
    private int removed;

    /// One line of a plan, with what stands below it.
    private record Line(char symbol, ResourceId id, String text, List<Property> differences) {}

    /// @param plan what to show
    public PlanView(Plan plan) {
        this.plan = plan;
        Set<ResourceId> deleted = new HashSet<>();
        for (Change change : plan.changes()) {
            if (change instanceof Change.Delete delete) {
                deleted.add(delete.id());
            } else if (change instanceof Change.Create create && deleted.contains(create.id())) {
                replaced.add(create.id());
            }
        }
        plan.changes().forEach(this::add);
    }

    private void add(Change change) {
        switch (change) {
            case Change.Create create -> {
                Resource resource = create.resource();
                boolean again = replaced.contains(create.id());
                if (!goesWithoutSaying(resource)) {
                    made += again ? 0 : 1;
                    changed += again ? 1 : 0;
                    put(new Line(again ? '±' : '+', create.id(), describe(resource), List.of()));
                }
            }
            case Change.Delete delete -> {
                if (!replaced.contains(delete.id()) && !goesWithoutSaying(delete.resource())) {
                    removed++;
                    put(new Line('-', delete.id(), describe(delete.resource()), List.of()));
                }
            }
            case Change.Update update -> {
                changed++;
                put(new Line('~', update.id(), name(update.after()), differences(update)));
            }
        }
    }

    /// The loopback device and the settings of a namespace come and go with it.
    private static boolean goesWithoutSaying(Resource resource) {
        return resource instanceof Resource.Sysctl
                || (resource instanceof Resource.Link link && link.kind() instanceof Physical);
    }

    private void put(Line line) {
        byNode.computeIfAbsent(line.id().node(), _ -> new ArrayList<>()).add(line);
    }

    private static List<Property> differences(Change.Update update) {
        if (update.before() instanceof Resource.Link before && update.after() instanceof Resource.Link after) {
            return LinkDifference.between(before, after).properties();
        }
        if (update.before() instanceof Resource.UserPort before && update.after() instanceof Resource.UserPort after) {
            return PortDifference.between(before, after);
        }
        return List.of(new Property("value", Optional.of(value(update.before())), Optional.of(value(update.after()))));
    }

    /// The nodes that get a switch in user space, each once.
    public List<String> newUserSwitches() {
        return plan.changes().stream()
                .filter(change ->
                        change instanceof Change.Create create && create.resource() instanceof Resource.UserSwitch)
                .map(change -> change.id().node())
                .distinct()
                .toList();
    }

    private static String name(Resource resource) {
        return switch (resource) {
            case Resource.Namespace _ -> "node";
            case Resource.Sysctl sysctl -> sysctl.key();
            case Resource.Link link -> "interface " + link.name();
            case Resource.BridgeVlan vlan -> "vlan " + vlan.vlan() + " on " + vlan.port();
            case Resource.FdbEntry entry -> "flood entry " + entry.remote() + " on " + entry.port();
            case Resource.UserSwitch user -> "switch " + user.name() + " in user space";
            case Resource.UserPort port -> "port " + port.port() + " of " + port.switchName();
            case Resource.Address address -> "address " + address.prefix() + " on " + address.port();
            case Resource.Route route -> "route " + route.destination();
        };
    }

    private static String value(Resource resource) {
        return switch (resource) {
            case Resource.Sysctl sysctl -> sysctl.value();
            case Resource.BridgeVlan vlan -> (vlan.untagged() ? "untagged" : "tagged") + (vlan.pvid() ? " pvid" : "");
            case Resource.UserSwitch user -> user.mode() + multicast(user.multicast()) + loops(user.loops());
            case Resource.UserPort port ->
                (vlans(port.vlans()) + (port.device() instanceof Tunnel tunnel ? " " + tunnel(tunnel) : "")).strip();
            default -> "";
        };
    }

    private static String multicast(Resource.UserSwitch.Multicast multicast) {
        return multicast.querier().isPresent()
                ? ", multicast snooping and querier"
                : multicast.snooping() ? ", multicast snooping" : "";
    }

    private static String loops(LoopProtection loops) {
        return loops instanceof LoopProtection.None ? "" : ", " + loops;
    }

    private static String vlans(Resource.UserPort.Vlans vlans) {
        List<String> words = new ArrayList<>();
        vlans.pvid().ifPresent(vlan -> words.add("pvid " + vlan));
        if (!vlans.untagged().isEmpty()) {
            words.add("untagged " + join(vlans.untagged()));
        }
        if (!vlans.tagged().isEmpty()) {
            words.add("tagged " + join(vlans.tagged()));
        }
        return String.join(", ", words);
    }

    private static String tunnel(Tunnel tunnel) {
        List<String> words = new ArrayList<>(List.of("id " + tunnel.id()));
        tunnel.local().ifPresent(local -> words.add("local " + local));
        tunnel.remotes().forEach(remote -> words.add((remote.isMulticast() ? "group " : "remote ") + remote));
        if (tunnel.udpPort() != 0) {
            words.add("port " + tunnel.udpPort());
        }
        tunnel.ttl().ifPresent(ttl -> words.add("ttl " + ttl));
        return tunnel.protocol()
                + tunnel.underlay().map(underlay -> " on " + underlay).orElse("")
                + " (" + String.join(" ", words) + ")";
    }

    private static String join(Set<VlanId> vlans) {
        return vlans.stream().map(VlanId::toString).collect(Collectors.joining(" "));
    }

    private static String describe(Resource resource) {
        return switch (resource) {
            case Resource.Link link -> name(link) + describe(link);
            case Resource.BridgeVlan _, Resource.UserSwitch _, Resource.UserPort _ ->
                (name(resource) + " " + value(resource)).strip();
            case Resource.Route route ->
                name(route)
                        + route.via().map(via -> " via " + via).orElse("")
                        + route.dev().map(dev -> " dev " + dev).orElse("")
                        + (route.type().discards() ? " " + route.type() : "");
            default -> name(resource);
        };
    }

    private static String describe(Resource.Link link) {
        Attributes shown = link.attributes()
                .without(LinkAttributes.GROUP)
                .without(LinkAttributes.ADDRESS)
                .settable();
        Optional<Integer> mtu = shown.get(LinkAttributes.MTU).filter(value -> value != 1500);
        Attributes data = link.kind().data().settable();
        return " " + link.kind().kind()
                + link.peer().map(peer -> " -- " + peer).orElse("")
                + link.parent()
                        .map(InterfaceName::value)
                        .map(parent -> " on " + parent)
                        .orElse("")
                + link.master()
                        .map(InterfaceName::value)
                        .map(master -> " port of " + master)
                        .orElse("")
                + mtu.map(value -> " mtu " + value).orElse("")
                + settings(data)
                + (link.up() ? "" : " down");
    }

    /// What a kind is set to; a switch that is off goes without saying, and one that is on says its name.
    private static String settings(Attributes data) {
        List<String> settings = new ArrayList<>();
        for (Attributes.Entry<?> entry : data) {
            String name = entry.attribute().name();
            if (entry.value() instanceof Boolean on) {
                if (on) {
                    settings.add(name);
                }
            } else {
                settings.add(name + " " + entry.value());
            }
        }
        return settings.isEmpty() ? "" : " (" + String.join(" ", settings) + ")";
    }

    /// Prints the plan and a summary; one line if there is nothing to do.
    public void print(PrintWriter out, String lab) {
        if (byNode.isEmpty()) {
            out.println(lab + ": no changes");
            return;
        }
        printChanges(out);
        out.println();
        out.println(lab + ": " + summary());
    }

    /// Prints the changes, node by node.
    public void printChanges(PrintWriter out) {
        Palette palette = Palette.of(out);
        byNode.forEach((node, lines) -> {
            out.println(node);
            for (Line line : lines) {
                out.println("  " + symbol(line, palette) + " " + line.text());
                line.differences().forEach(difference -> out.println("      " + text(difference, palette)));
            }
        });
    }

    private static String symbol(Line line, Palette palette) {
        String symbol = String.valueOf(line.symbol());
        return switch (line.symbol()) {
            case '+' -> palette.good(symbol);
            case '-' -> palette.bad(symbol);
            default -> palette.changed(symbol);
        };
    }

    private static String text(Property difference, Palette palette) {
        return difference.name() + ": " + palette.bad(difference.before().orElse("none")) + " -> "
                + palette.good(difference.after().orElse("none"));
    }

    /// How much there is to do: `3 to make, 1 to change, 2 to remove`.
    public String summary() {
        return made + " to make, " + changed + " to change, " + removed + " to remove";
    }

    /// Writes `"changes": […]`.
    public void write(JsonGenerator json) {
        List<Line> lines = byNode.values().stream().flatMap(List::stream).toList();
        JsonView.objects(json, "changes", lines, line -> write(line, json));
    }

    private static void write(Line line, JsonGenerator json) {
        json.writeStringProperty(
                "action",
                switch (line.symbol()) {
                    case '+' -> "make";
                    case '-' -> "remove";
                    case '~' -> "change";
                    default -> "replace";
                });
        json.writeStringProperty("node", line.id().node());
        json.writeStringProperty("kind", line.id().kind().toString());
        json.writeStringProperty("key", line.id().key());
        json.writeStringProperty("text", line.text());
        JsonView.objects(json, "differences", line.differences(), difference -> {
            json.writeStringProperty("property", difference.name());
            difference.before().ifPresent(value -> json.writeStringProperty("before", value));
            difference.after().ifPresent(value -> json.writeStringProperty("after", value));
        });
    }
}
