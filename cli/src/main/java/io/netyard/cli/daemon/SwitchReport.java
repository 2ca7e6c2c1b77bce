package io.netyard.cli.daemon;

import io.netyard.topology.state.TreeState;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// What a switch knows and has counted, in user space or in the kernel.
///
/// @param driver who forwards: `user` or `kernel`
/// @param addresses its MAC table
/// @param groups what it learned by snooping
/// @param tree its spanning tree, if it has one
/// @param loops its ports that are or were blocked because of a loop
/// @param tunnels those of its ports that are tunnels
public record SwitchReport(
        String node,
        String driver,
        String name,
        String mode,
        List<Port> ports,
        List<Address> addresses,
        GroupReport groups,
        Optional<TreeState> tree,
        List<Loop> loops,
        List<TunnelReport> tunnels) {
    /// [#driver] of a switch in user space.
    public static final String USER = "user";

    /// [#driver] of a bridge of the kernel.
    public static final String KERNEL = "kernel";

    public SwitchReport {
        tunnels = List.copyOf(tunnels);
        ports = List.copyOf(ports);
        addresses = List.copyOf(addresses);
        loops = List.copyOf(loops);
    }

    /// A port.
    ///
    /// @param state whether it forwards: `forwarding`, `learning`, `listening`, `blocking` or `disabled`
    /// @param pvid the VLAN of untagged frames; empty if there is none
    /// @param drops frames that were dropped, by reason
    public record Port(
            String name,
            String state,
            String pvid,
            List<Integer> untagged,
            List<Integer> tagged,
            long receivedFrames,
            long receivedBytes,
            long sentFrames,
            long sentBytes,
            Map<String, Long> drops) {
        public Port {
            untagged = List.copyOf(untagged);
            tagged = List.copyOf(tagged);
            drops = new TreeMap<>(drops);
        }
    }

    /// An entry of the MAC table.
    ///
    /// @param vlan 0 on a bridge that knows no VLANs
    /// @param isStatic whether it was configured, and neither ages nor moves
    /// @param age seconds since the address was seen, 0 if static
    public record Address(int vlan, String mac, String port, boolean isStatic, int age) {}

    /// A port by which frames came back.
    ///
    /// @param blocked whether it is blocked now
    /// @param times how often it was
    public record Loop(String port, boolean blocked, long times) {}

    void write(ObjectNode into) {
        tree.ifPresent(state -> TreeJson.write(state, into.putObject("tree")));
        for (Loop loop : loops) {
            into.withArray("loops")
                    .addObject()
                    .put("port", loop.port())
                    .put("blocked", loop.blocked())
                    .put("times", loop.times());
        }
        into.put("node", node).put("name", name).put("mode", mode);
        for (Port port : ports) {
            ObjectNode json = into.withArray("ports")
                    .addObject()
                    .put("name", port.name())
                    .put("state", port.state())
                    .put("pvid", port.pvid())
                    .put("received-frames", port.receivedFrames())
                    .put("received-bytes", port.receivedBytes())
                    .put("sent-frames", port.sentFrames())
                    .put("sent-bytes", port.sentBytes());
            port.untagged().forEach(json.putArray("untagged")::add);
            port.tagged().forEach(json.putArray("tagged")::add);
            ObjectNode drops = json.putObject("drops");
            port.drops().forEach(drops::put);
        }
        for (Address address : addresses) {
            into.withArray("addresses")
                    .addObject()
                    .put("vlan", address.vlan())
                    .put("mac", address.mac())
                    .put("port", address.port())
                    .put("static", address.isStatic())
                    .put("age", address.age());
        }
        groups.write(into.putObject("groups"));
        tunnels.forEach(tunnel -> tunnel.write(into.withArray("tunnels").addObject()));
    }

    static SwitchReport read(JsonNode json) {
        return new SwitchReport(
                json.path("node").asString(""),
                USER,
                json.path("name").asString(""),
                json.path("mode").asString(""),
                json.path("ports").valueStream().map(SwitchReport::port).toList(),
                json.path("addresses").valueStream().map(SwitchReport::address).toList(),
                GroupReport.read(json.path("groups")),
                json.has("tree") ? Optional.of(TreeJson.read(json.path("tree"))) : Optional.empty(),
                json.path("loops").valueStream().map(SwitchReport::loop).toList(),
                json.path("tunnels").valueStream().map(TunnelReport::read).toList());
    }

    private static Port port(JsonNode json) {
        Map<String, Long> drops = new TreeMap<>();
        json.path("drops")
                .propertyStream()
                .forEach(drop -> drops.put(drop.getKey(), drop.getValue().asLong(0)));
        return new Port(
                json.path("name").asString(""),
                json.path("state").asString(""),
                json.path("pvid").asString(""),
                numbers(json.path("untagged")),
                numbers(json.path("tagged")),
                json.path("received-frames").asLong(0),
                json.path("received-bytes").asLong(0),
                json.path("sent-frames").asLong(0),
                json.path("sent-bytes").asLong(0),
                drops);
    }

    private static List<Integer> numbers(JsonNode json) {
        return json.valueStream().map(number -> number.asInt(0)).toList();
    }

    private static Loop loop(JsonNode json) {
        return new Loop(
                json.path("port").asString(""),
                json.path("blocked").asBoolean(false),
                json.path("times").asLong(0));
    }

    private static Address address(JsonNode json) {
        return new Address(
                json.path("vlan").asInt(0),
                json.path("mac").asString(""),
                json.path("port").asString(""),
                json.path("static").asBoolean(false),
                json.path("age").asInt(0));
    }
}
