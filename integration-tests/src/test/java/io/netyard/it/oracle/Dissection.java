package io.netyard.it.oracle;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// What tshark says of a frame: the layers in their order, and the values of each field in the order of the
/// layers that they are in.
final class Dissection {
    /// The fields that it is made of.
    static final List<String> FIELDS = List.of(
            "frame.protocols",
            "eth.dst",
            "eth.src",
            "eth.type",
            "vlan.id",
            "vlan.priority",
            "vlan.dei",
            "ieee8021ad.id",
            "ieee8021ad.priority",
            "ieee8021ad.dei",
            "vxlan.vni",
            "gre.key",
            "ip.dsfield",
            "ip.ttl",
            "ipv6.tclass",
            "ipv6.hlim");

    private final Map<String, Deque<String>> values = new HashMap<>();
    private final StringBuilder words = new StringBuilder();
    private int tags;

    /// @param columns values of [#FIELDS]; several of one field are separated by commas
    Dissection(List<String> columns) {
        for (int at = 0; at < FIELDS.size(); at++) {
            String column = columns.get(at);
            values.put(FIELDS.get(at), new ArrayDeque<>(column.isEmpty() ? List.of() : List.of(column.split(","))));
        }
        for (String layer : next("frame.protocols").split(":")) {
            add(layer);
        }
    }

    private void add(String layer) {
        switch (layer) {
            case "eth" -> {
                words.append("%s %s type %04x".formatted(next("eth.dst"), next("eth.src"), number("eth.type")));
                tags = 0;
            }
            case "vlan" -> addTag("8100", "vlan");
            case "ieee8021ad" -> addTag("88a8", "ieee8021ad");
            case "ip" -> addPacket(number("ip.dsfield"), number("ip.ttl"));
            case "ipv6" -> addPacket(number("ipv6.tclass"), number("ipv6.hlim"));
            case "vxlan" -> words.append(" vxlan %d: ".formatted(number("vxlan.vni")));
            case "gre" -> words.append(" nvgre %d: ".formatted(number("gre.key") >>> 8));
            default -> {}
        }
    }

    private void addTag(String type, String layer) {
        tags++;
        words.append(" tag %s %d pcp %d dei %d"
                .formatted(type, number(layer + ".id"), number(layer + ".priority"), number(layer + ".dei")));
    }

    /// Netyard looks behind one tag at the most.
    private void addPacket(int trafficClass, int hopLimit) {
        if (tags <= 1) {
            words.append(" class %d hops %d".formatted(trafficClass, hopLimit));
        }
    }

    private String next(String field) {
        String value = values.getOrDefault(field, new ArrayDeque<>()).poll();
        return value == null ? "?" : value;
    }

    private int number(String field) {
        return Long.decode(next(field)).intValue();
    }

    @Override
    public String toString() {
        return words.toString();
    }
}
