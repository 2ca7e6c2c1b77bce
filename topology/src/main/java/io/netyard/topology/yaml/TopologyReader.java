package io.netyard.topology.yaml;

import io.netyard.net.InterfaceName;
import io.netyard.net.Mtu;
import io.netyard.net.VlanId;
import io.netyard.net.Vni;
import io.netyard.topology.model.Cable;
import io.netyard.topology.model.CableEnd;
import io.netyard.topology.model.Check;
import io.netyard.topology.model.Defaults;
import io.netyard.topology.model.LabName;
import io.netyard.topology.model.Nearest;
import io.netyard.topology.model.Node;
import io.netyard.topology.model.NodeName;
import io.netyard.topology.model.Overlay;
import io.netyard.topology.model.Topology;
import io.netyard.topology.yaml.YamlNode.Entry;
import io.netyard.topology.yaml.YamlNode.Mapping;
import io.netyard.topology.yaml.YamlNode.Scalar;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;

/// Makes the model of a tree. Used once.
final class TopologyReader {
    private static final int MOST_NODES = 20_000;
    private static final String CABLE = "--";

    private final Diagnostics diagnostics;
    private final Positions positions;
    private final Map<String, VlanId> vlans = new LinkedHashMap<>();
    private final Set<String> unreadableVlans = new HashSet<>();

    TopologyReader(Diagnostics diagnostics, Positions positions) {
        this.diagnostics = diagnostics;
        this.positions = positions;
    }

    /// The topology; empty if the file does not even have a name.
    Optional<Topology> read(Mapping root) {
        FieldReader fields = new FieldReader(root, FileFormat.ROOT, "the file", diagnostics);
        Optional<LabName> lab = fields.value("lab", LabName::new);
        readVlans(fields);
        SequencedMap<NodeName, Node> nodes = nodes(fields);
        List<Cable> links = links(fields);
        List<Overlay> overlays = overlays(fields);
        List<Check> checks = new CheckReader(diagnostics, positions).read(fields);
        Optional<String> description = fields.text("description");
        Defaults defaults = defaults(fields);
        return lab.map(name -> new Topology(name, description, defaults, vlans, nodes, links, overlays, checks));
    }

    private Defaults defaults(FieldReader root) {
        Optional<YamlNode> node = root.node("defaults");
        if (node.isEmpty()) {
            return Defaults.NONE;
        }
        FieldReader fields = new FieldReader(node.get(), FileFormat.DEFAULTS, "'defaults'", diagnostics);
        return new Defaults(fields.value("mtu", Mtu::parse), fields.flag("ipv6").orElse(true));
    }

    private void readVlans(FieldReader root) {
        for (Entry entry : root.map("vlans")) {
            String name = entry.key().text();
            if (!isVlanName(name)) {
                refuseVlanName(entry);
                continue;
            }
            positions.put(new Positions.Place(new NodeName("vlans"), "vlan", name), diagnostics.position(entry.key()));
            root.value(entry.value(), name, VlanId::parse)
                    .ifPresentOrElse(id -> vlans.put(name, id), () -> unreadableVlans.add(name));
        }
    }

    private void refuseVlanName(Entry entry) {
        String name = entry.key().text();
        String summary = "a VLAN name is letters, digits, '_' and '-', the first a letter, and not 'all' or 'none': '"
                + name + "' is not";
        unreadableVlans.add(name);
        if (isNumber(name) && entry.value() instanceof Scalar value && isVlanName(value.text())) {
            unreadableVlans.add(value.text());
            diagnostics.error(entry.key(), summary, "the name comes first: " + value.text() + ": " + name);
        } else {
            diagnostics.error(entry.key(), summary);
        }
    }

    private static boolean isNumber(String text) {
        return !text.isEmpty() && text.chars().allMatch(c -> c >= '0' && c <= '9');
    }

    private static boolean isVlanName(String name) {
        return !name.equals("all") && !name.equals("none") && name.matches("[A-Za-z][A-Za-z0-9_-]*");
    }

    /// A VLAN by its name or number.
    VlanId vlan(String text) {
        VlanId named = vlans.get(text);
        if (named != null) {
            return named;
        }
        if (isNumber(text)) {
            return VlanId.parse(text);
        }
        if (unreadableVlans.contains(text)) {
            throw new FieldReader.ToldAlready();
        }
        if (text.indexOf(',') >= 0) {
            throw new IllegalArgumentException("'" + text + "' is not one VLAN; several are a list: [ " + text + " ]");
        }
        throw new IllegalArgumentException("there is no VLAN '" + text + "'"
                + Nearest.to(text, vlans.keySet())
                        .map(near -> "; did you mean '" + near + "'?")
                        .orElse(vlans.isEmpty() ? "; 'vlans' names none" : "; 'vlans' names " + vlans.keySet()));
    }

    private SequencedMap<NodeName, Node> nodes(FieldReader root) {
        SequencedMap<NodeName, Node> nodes = new LinkedHashMap<>();
        NodeReader reader = new NodeReader(this, diagnostics, positions);
        List<Entry> entries = root.map("nodes");
        if (entries.size() > MOST_NODES) {
            diagnostics.error(
                    root.key("nodes").orElseThrow(),
                    entries.size() + " nodes are more than a lab can have, " + MOST_NODES);
            return nodes;
        }
        for (Entry entry : entries) {
            Optional<NodeName> name = root.value(entry.key(), "node", NodeName::new);
            if (name.isPresent() && nodes.containsKey(name.get())) {
                diagnostics.error(entry.key(), "two nodes are called " + name.get());
            } else if (name.isPresent()) {
                positions.put(name.get(), diagnostics.position(entry.key()));
                nodes.put(name.get(), reader.read(name.get(), entry.value()));
            }
        }
        return nodes;
    }

    private List<Cable> links(FieldReader root) {
        List<Cable> cables = new ArrayList<>();
        for (YamlNode item : root.list("links")) {
            if (item instanceof Scalar scalar) {
                cable(scalar, Optional.empty()).ifPresent(cables::add);
            } else if (item instanceof Mapping mapping
                    && mapping.entries().size() == 1
                    && mapping.entries().getFirst().value() instanceof Scalar value
                    && !mapping.entries().getFirst().key().text().equals("link")
                    && value.text().contains(CABLE)) {
                String first = mapping.entries().getFirst().key().text();
                diagnostics.error(
                        item, "an end of a link has no space after the colon", "write " + first + ":" + value.text());
            } else {
                FieldReader fields = new FieldReader(item, FileFormat.LINK, "a link", diagnostics);
                Optional<Mtu> mtu = fields.value("mtu", Mtu::parse);
                if (fields.node("link").orElse(null) instanceof Scalar scalar) {
                    cable(scalar, mtu).ifPresent(cables::add);
                } else {
                    fields.node("link")
                            .ifPresent(node -> diagnostics.error(
                                    node, "'link' is text such as h1:eth0 -- s1:p1, not " + node.describe()));
                }
            }
        }
        return cables;
    }

    private Optional<Cable> cable(Scalar scalar, Optional<Mtu> mtu) {
        String text = scalar.text();
        int middle = text.indexOf(CABLE);
        if (middle < 0) {
            diagnostics.error(scalar, "a link joins two ends, such as h1:eth0 -- s1:p1; '" + text + "' has no ' -- '");
            return Optional.empty();
        }
        try {
            Cable cable = new Cable(
                    end(text.substring(0, middle).trim()),
                    end(text.substring(middle + CABLE.length()).trim()),
                    mtu);
            positions.put(cable, diagnostics.position(scalar));
            positions.put(cable.a(), diagnostics.position(scalar));
            positions.put(cable.b(), diagnostics.position(scalar));
            return Optional.of(cable);
        } catch (IllegalArgumentException failure) {
            diagnostics.error(scalar, String.valueOf(failure.getMessage()));
            return Optional.empty();
        }
    }

    static CableEnd end(String text) {
        int colon = text.indexOf(':');
        if (colon < 0) {
            throw new IllegalArgumentException("an end is NODE:INTERFACE, such as h1:eth0, not '" + text + "'");
        }
        return new CableEnd(new NodeName(text.substring(0, colon)), new InterfaceName(text.substring(colon + 1)));
    }

    private List<Overlay> overlays(FieldReader root) {
        List<Overlay> overlays = new ArrayList<>();
        for (Entry entry : root.map("overlays")) {
            String owner = "overlay " + entry.key().text();
            FieldReader fields = new FieldReader(entry.value(), FileFormat.OVERLAY, owner, diagnostics);
            Optional<InterfaceName> name = fields.value(entry.key(), "overlay", InterfaceName::new);
            Optional<Vni> vni = fields.value("vni", Vni::parse);
            Optional<InterfaceName> underlay = fields.value("underlay", InterfaceName::new);
            Optional<VlanId> vlan = fields.value("vlan", this::vlan);
            List<NodeName> members = fields.values("members", NodeName::new);
            fields.choice("flood");
            if (name.isPresent() && vni.isPresent() && underlay.isPresent()) {
                Overlay overlay = new Overlay(name.get(), vni.get(), vlan, members, underlay.get());
                positions.put(overlay, diagnostics.position(entry.key()));
                overlays.add(overlay);
            }
        }
        return overlays;
    }
}
