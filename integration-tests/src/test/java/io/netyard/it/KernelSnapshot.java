package io.netyard.it;

import io.netyard.linux.NetworkNamespace;
import io.netyard.netlink.message.Attributes;
import io.netyard.netlink.route.Address;
import io.netyard.netlink.route.BridgeVlan;
import io.netyard.netlink.route.Link;
import io.netyard.netlink.route.LinkAttributes;
import io.netyard.netlink.route.Neighbor;
import io.netyard.netlink.route.Route;
import io.netyard.netlink.route.RouteClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;

/// All that a kernel says of namespaces, one fact a line: what does not change by itself.
final class KernelSnapshot {
    private static final int IFF_RUNNING_OR_LOWER_UP = Link.RUNNING | Link.LOWER_UP;

    private KernelSnapshot() {}

    /// The namespaces whose names start so, and their names.
    static Set<String> of(String prefix) {
        Set<String> facts = new TreeSet<>();
        try (DirectoryStream<Path> names = Files.newDirectoryStream(Path.of("/run/netns"), prefix + "*")) {
            for (Path name : names) {
                try (NetworkNamespace namespace = NetworkNamespace.open(name)) {
                    add(facts, name.getFileName() + " " + namespace.identity().inode(), namespace);
                }
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        return facts;
    }

    /// The namespace of this process.
    static Set<String> ofThisProcess() {
        Set<String> facts = new TreeSet<>();
        try (NetworkNamespace namespace = NetworkNamespace.current()) {
            add(facts, "-", namespace);
        }
        return facts;
    }

    private static void add(Set<String> facts, String name, NetworkNamespace namespace) {
        facts.add(name);
        try (RouteClient client = RouteClient.in(namespace)) {
            for (Link link : client.links()) {
                facts.add(name + " link " + link.index() + " " + link.name() + " "
                        + (link.flags() & ~IFF_RUNNING_OR_LOWER_UP) + " " + steady(link.attributes()) + " "
                        + link.kind().kind() + " " + link.kind().data().settable() + " "
                        + link.port().settable());
            }
            for (Address address : client.addresses()) {
                if (!address.prefix().address().isLinkLocal()) {
                    facts.add(name + " address " + address.index() + " " + address.prefix());
                }
            }
            for (Route route : client.routes(Route.STATIC)) {
                facts.add(name + " route " + route);
            }
            for (Neighbor entry : client.fdb()) {
                if ((entry.state() & Neighbor.PERMANENT) != 0
                        && entry.destination().isPresent()) {
                    facts.add(name + " fdb " + entry.index() + " " + entry.mac() + " " + entry.destination());
                }
            }
            for (BridgeVlan vlan : client.bridgeVlans()) {
                facts.add(name + " vlan " + vlan);
            }
        }
    }

    /// Without what the kernel chooses anew for a device that is made again: `carrier`, numbers of other
    /// namespaces, and what is nested in its own words.
    private static Attributes steady(Attributes attributes) {
        return attributes
                .settable()
                .without(
                        LinkAttributes.CARRIER,
                        LinkAttributes.AF_SPEC,
                        LinkAttributes.PROTINFO,
                        LinkAttributes.PROP_LIST);
    }
}
