package io.netyard.cli.daemon;

import io.netyard.vswitch.snooping.SnoopingSnapshot;
import java.util.List;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// What a switch learned by snooping: who wants which group, where routers are, and who asks.
///
/// @param members ports with members of groups
/// @param routers ports with routers
/// @param queriers who asks for members
public record GroupReport(List<Member> members, List<Router> routers, List<Querier> queriers) {
    /// Of a switch that does not snoop.
    public static final GroupReport EMPTY = new GroupReport(List.of(), List.of(), List.of());

    public GroupReport {
        members = List.copyOf(members);
        routers = List.copyOf(routers);
        queriers = List.copyOf(queriers);
    }

    /// A port with members of a group.
    ///
    /// @param seconds until the membership ends, unless it is repeated; as below
    public record Member(int vlan, String group, String port, int seconds) {}

    /// A port with a router behind it.
    ///
    /// @param protocol `igmp` or `mld`, as below
    public record Router(int vlan, String protocol, String port, int seconds) {}

    /// Who asks for members.
    ///
    /// @param address its address; empty if it does not tell
    /// @param port behind which it is; empty if the switch asks itself
    public record Querier(int vlan, String protocol, String address, String port, int seconds) {}

    static GroupReport of(SnoopingSnapshot snapshot) {
        return new GroupReport(
                snapshot.members().stream()
                        .map(each -> new Member(
                                each.vlan().value(), each.group().toString(), each.port(), each.secondsLeft()))
                        .toList(),
                snapshot.routers().stream()
                        .map(each -> new Router(
                                each.vlan().value(), protocol(each.isIpv6()), each.port(), each.secondsLeft()))
                        .toList(),
                snapshot.queriers().stream()
                        .map(each -> new Querier(
                                each.vlan().value(),
                                protocol(each.isIpv6()),
                                each.address().map(Object::toString).orElse(""),
                                each.port().orElse(""),
                                each.secondsLeft()))
                        .toList());
    }

    private static String protocol(boolean isIpv6) {
        return isIpv6 ? "mld" : "igmp";
    }

    void write(ObjectNode into) {
        for (Member member : members) {
            into.withArray("members")
                    .addObject()
                    .put("vlan", member.vlan())
                    .put("group", member.group())
                    .put("port", member.port())
                    .put("seconds", member.seconds());
        }
        for (Router router : routers) {
            into.withArray("routers")
                    .addObject()
                    .put("vlan", router.vlan())
                    .put("protocol", router.protocol())
                    .put("port", router.port())
                    .put("seconds", router.seconds());
        }
        for (Querier querier : queriers) {
            into.withArray("queriers")
                    .addObject()
                    .put("vlan", querier.vlan())
                    .put("protocol", querier.protocol())
                    .put("address", querier.address())
                    .put("port", querier.port())
                    .put("seconds", querier.seconds());
        }
    }

    static GroupReport read(JsonNode json) {
        return new GroupReport(
                list(
                        json.path("members"),
                        each -> new Member(number(each, "vlan"), text(each, "group"), text(each, "port"), left(each))),
                list(
                        json.path("routers"),
                        each -> new Router(
                                number(each, "vlan"), text(each, "protocol"), text(each, "port"), left(each))),
                list(
                        json.path("queriers"),
                        each -> new Querier(
                                number(each, "vlan"),
                                text(each, "protocol"),
                                text(each, "address"),
                                text(each, "port"),
                                left(each))));
    }

    private static <T> List<T> list(JsonNode json, Function<JsonNode, T> read) {
        return json.valueStream().map(read).toList();
    }

    private static int left(JsonNode json) {
        return number(json, "seconds");
    }

    private static int number(JsonNode json, String name) {
        return json.path(name).asInt(0);
    }

    private static String text(JsonNode json, String name) {
        return json.path(name).asString("");
    }
}
