package io.netyard.cli;

import io.netyard.cli.daemon.GroupReport;
import io.netyard.cli.daemon.SwitchReport;
import io.netyard.linux.NetworkNamespace;
import io.netyard.netlink.route.Bridge;
import io.netyard.netlink.route.BridgePort;
import io.netyard.netlink.route.BridgeVlan;
import io.netyard.netlink.route.ForwardingEntry;
import io.netyard.netlink.route.Link;
import io.netyard.netlink.route.LinkAttributes;
import io.netyard.netlink.route.LinkCounters;
import io.netyard.netlink.route.MulticastDatabase;
import io.netyard.netlink.route.Neighbor;
import io.netyard.netlink.route.RouteClient;
import io.netyard.topology.observe.KernelTrees;
import io.netyard.topology.state.TreeState;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Reads what the kernel's bridges of one node know and have counted.
final class KernelBridges {
    private static final List<String> STATES = List.of("disabled", "listening", "learning", "forwarding", "blocking");
    private static final long HUNDREDTHS = 100;

    private final String node;
    private final List<Link> links;
    private final List<BridgeVlan> vlans;
    private final List<ForwardingEntry> entries;
    private final List<MulticastDatabase> groups;
    private final Map<Integer, Link> byIndex = new HashMap<>();

    private KernelBridges(String node, RouteClient client) {
        this.node = node;
        this.links = client.links();
        this.vlans = client.bridgeVlans();
        this.entries = client.forwardingEntries();
        this.groups = client.multicastDatabases();
        links.forEach(link -> byIndex.put(link.index(), link));
    }

    static List<SwitchReport> read(String node, NetworkNamespace namespace) {
        try (RouteClient client = RouteClient.in(namespace)) {
            return new KernelBridges(node, client).reports();
        }
    }

    private List<SwitchReport> reports() {
        List<SwitchReport> reports = new ArrayList<>();
        List<TreeState> trees = KernelTrees.of(node, links);
        for (Link link : links) {
            if (link.kind() instanceof Bridge bridge) {
                boolean isVlanAware = bridge.data().get(Bridge.VLAN_FILTERING).orElse(false);
                reports.add(new SwitchReport(
                        node,
                        SwitchReport.KERNEL,
                        link.name().value(),
                        isVlanAware ? "vlan-aware" : "transparent",
                        ports(link, isVlanAware),
                        addresses(link),
                        groups(link),
                        trees.stream()
                                .filter(tree -> tree.name().equals(link.name().value()))
                                .findFirst(),
                        List.of(),
                        List.of()));
            }
        }
        return reports;
    }

    private List<SwitchReport.Port> ports(Link bridge, boolean isVlanAware) {
        return links.stream()
                .filter(link -> isPortOf(bridge, link))
                .map(link -> port(link, isVlanAware))
                .toList();
    }

    private static boolean isPortOf(Link bridge, Link link) {
        return link.attributes().get(LinkAttributes.MASTER).orElse(0) == bridge.index();
    }

    private SwitchReport.Port port(Link link, boolean isVlanAware) {
        List<Integer> untagged = new ArrayList<>();
        List<Integer> tagged = new ArrayList<>();
        String pvid = "";
        for (BridgeVlan vlan : isVlanAware ? vlans : List.<BridgeVlan>of()) {
            if (vlan.index() == link.index()) {
                (vlan.untagged() ? untagged : tagged).add(vlan.vlan().value());
                pvid = vlan.pvid() ? vlan.vlan().toString() : pvid;
            }
        }
        LinkCounters counters = LinkCounters.of(link).orElse(LinkCounters.NONE);
        int state = link.port().get(BridgePort.STATE).orElse(0);
        return new SwitchReport.Port(
                link.name().value(),
                state < STATES.size() ? STATES.get(state) : "state " + state,
                pvid,
                untagged,
                tagged,
                counters.receivedPackets(),
                counters.receivedOctets(),
                counters.sentPackets(),
                counters.sentOctets(),
                drops(counters));
    }

    private static Map<String, Long> drops(LinkCounters counters) {
        Map<String, Long> drops = new TreeMap<>();
        drops.put("receive-dropped", counters.receiveDrops());
        drops.put("receive-error", counters.receiveErrors());
        drops.put("transmit-dropped", counters.transmitDrops());
        drops.put("transmit-error", counters.transmitErrors());
        drops.values().removeIf(frames -> frames == 0);
        return drops;
    }

    private GroupReport groups(Link bridge) {
        List<GroupReport.Member> members = new ArrayList<>();
        List<GroupReport.Router> routers = new ArrayList<>();
        for (MulticastDatabase part : groups) {
            if (part.bridge() == bridge.index()) {
                part.members()
                        .forEach(each -> members.add(new GroupReport.Member(
                                each.vlan(),
                                each.group().toString(),
                                name(each.port()),
                                seconds(each.centisecondsLeft()))));
                part.routers()
                        .forEach(each -> routers.add(new GroupReport.Router(
                                0,
                                each.isIpv6() ? "mld" : "igmp",
                                name(each.port()),
                                seconds(each.centisecondsLeft()))));
            }
        }
        return new GroupReport(members, routers, List.of());
    }

    private String name(int index) {
        Link link = byIndex.get(index);
        return link == null ? "" : link.name().value();
    }

    private static int seconds(long centiseconds) {
        return (int) ((centiseconds + HUNDREDTHS - 1) / HUNDREDTHS);
    }

    /// What was learned, and what was set by hand; the addresses of the ports themselves are left out.
    private List<SwitchReport.Address> addresses(Link bridge) {
        List<SwitchReport.Address> addresses = new ArrayList<>();
        for (ForwardingEntry each : entries) {
            Neighbor entry = each.entry();
            boolean isPermanent = (entry.state() & Neighbor.PERMANENT) != 0;
            boolean isOfBridge = entry.master().orElse(0) == bridge.index();
            Link port = byIndex.get(entry.index());
            if (isOfBridge && !isPermanent && port != null && entry.mac().isPresent()) {
                boolean isStatic = (entry.state() & Neighbor.NOARP) != 0;
                addresses.add(new SwitchReport.Address(
                        entry.vlan().orElse(0),
                        entry.mac().get().toString(),
                        port.name().value(),
                        isStatic,
                        isStatic ? 0 : (int) (each.age().orElse(0) / HUNDREDTHS)));
            }
        }
        return addresses;
    }
}
