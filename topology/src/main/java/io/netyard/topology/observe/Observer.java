package io.netyard.topology.observe;

import io.netyard.linux.LinuxException;
import io.netyard.net.InterfaceName;
import io.netyard.net.IpAddress;
import io.netyard.netlink.message.Attribute;
import io.netyard.netlink.message.Attributes;
import io.netyard.netlink.route.Address;
import io.netyard.netlink.route.Bridge;
import io.netyard.netlink.route.BridgeVlan;
import io.netyard.netlink.route.Link;
import io.netyard.netlink.route.LinkAttributes;
import io.netyard.netlink.route.Neighbor;
import io.netyard.netlink.route.Physical;
import io.netyard.netlink.route.Route;
import io.netyard.netlink.route.Veth;
import io.netyard.netlink.route.Vxlan;
import io.netyard.topology.state.NetworkState;
import io.netyard.topology.state.Resource;
import io.netyard.topology.state.ResourceId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// Reads the state of a lab. What belongs to the lab is what carries its group, and what lies on it; what
/// people added by hand beside it is left out. Used once.
public final class Observer {
    private static final IpAddress IPV4_LOOPBACK = IpAddress.parse("127.0.0.1");
    private static final IpAddress IPV6_LOOPBACK = IpAddress.parse("::1");

    /// What has a place of its own in the state, and what the kernel says of the moment in words that it
    /// also takes: a way back that set it would be refused.
    private static final Attribute<?>[] NOT_SETTINGS = {
        LinkAttributes.IFNAME,
        LinkAttributes.LINK,
        LinkAttributes.MASTER,
        LinkAttributes.CARRIER,
        LinkAttributes.LINKMODE,
        LinkAttributes.AF_SPEC,
        LinkAttributes.PROTINFO,
        LinkAttributes.PROP_LIST
    };

    private final int group;
    private final NetworkState wanted;
    private final List<Resource> found = new ArrayList<>();
    private final Map<String, Map<Integer, InterfaceName>> names = new HashMap<>();
    private final List<VethEnd> vethEnds = new ArrayList<>();
    private final List<Resource.LinkEnd> strangers = new ArrayList<>();
    private final Set<String> wantsRoutes;
    private int highestIndex;

    /// @param group the lab's interface group
    /// @param wanted what the lab should hold: it says which sysctls and which of the addresses that the
    ///     kernel makes itself matter
    public Observer(int group, NetworkState wanted) {
        this.group = group;
        this.wanted = wanted;
        this.wantsRoutes = wanted.resources(Resource.Route.class).stream()
                .map(Resource.Route::node)
                .collect(Collectors.toSet());
    }

    /// One end of a veth pair, before its peer is known.
    private record VethEnd(Resource.Link link, int peerIndex) {}

    /// The peers of an index: the pair of an ifindex and that of the other end.
    private record IndexPair(int index, int peerIndex) {}

    /// Reads all nodes.
    public NetworkState observe(Collection<NodeKernel> nodes, UserSwitches switches) {
        Map<String, List<Resource.Sysctl>> sysctls = wantedSysctls();
        for (NodeKernel node : nodes) {
            found.add(new Resource.Namespace(node.node()));
            addSysctls(node, sysctls.getOrDefault(node.node(), List.of()));
            addLinks(node);
            addAddresses(node);
            addRoutes(node);
        }
        joinVethEnds();
        Set<String> names = nodes.stream().map(NodeKernel::node).collect(Collectors.toSet());
        switches.read().stream()
                .filter(resource -> names.contains(resource.node()))
                .forEach(found::add);
        return NetworkState.of(found, highestIndex);
    }

    private Map<String, List<Resource.Sysctl>> wantedSysctls() {
        Map<String, List<Resource.Sysctl>> byNode = new HashMap<>();
        for (Resource resource : wanted.resources()) {
            if (resource instanceof Resource.Sysctl sysctl) {
                byNode.computeIfAbsent(sysctl.node(), _ -> new ArrayList<>()).add(sysctl);
            }
        }
        return byNode;
    }

    private void addSysctls(NodeKernel node, List<Resource.Sysctl> sysctls) {
        List<String> keys = sysctls.stream()
                .filter(sysctl -> sysctl.interfaceName().isEmpty())
                .map(Resource.Sysctl::key)
                .toList();
        Map<String, String> values = keys.isEmpty() ? Map.of() : node.readSysctls(keys);
        for (Resource.Sysctl sysctl : sysctls) {
            Optional<String> value = sysctl.interfaceName().isEmpty()
                    ? Optional.ofNullable(values.get(sysctl.key()))
                    : readInterfaceSysctl(node, sysctl.key());
            value.ifPresent(
                    text -> found.add(new Resource.Sysctl(node.node(), sysctl.interfaceName(), sysctl.key(), text)));
        }
    }

    /// Empty where the interface does not exist.
    private static Optional<String> readInterfaceSysctl(NodeKernel node, String key) {
        try {
            return Optional.ofNullable(node.readSysctls(List.of(key)).get(key));
        } catch (LinuxException failure) {
            if (failure.errno() == io.netyard.linux.Errno.ENOENT) {
                return Optional.empty();
            }
            throw failure;
        }
    }

    private void addLinks(NodeKernel node) {
        List<Link> links = node.client().links();
        Map<Integer, InterfaceName> byIndex = HashMap.newHashMap(links.size());
        for (Link link : links) {
            byIndex.put(link.index(), link.name());
            highestIndex = Math.max(highestIndex, link.index());
        }
        Set<Integer> ours = new HashSet<>();
        boolean filtersVlans = false;
        boolean hasVxlan = false;
        for (Link link : links) {
            if (!isOurs(link) && !isOursInAllButGroup(node.node(), link)) {
                strangers.add(new Resource.LinkEnd(node.node(), link.name()));
            } else {
                ours.add(link.index());
                add(node.node(), link, byIndex);
                filtersVlans |= link.kind().data().get(Bridge.VLAN_FILTERING).orElse(false);
                hasVxlan |= link.kind() instanceof Vxlan;
            }
        }
        byIndex.keySet().retainAll(ours);
        names.put(node.node(), byIndex);
        if (filtersVlans) {
            addBridgeVlans(node, links, byIndex);
        }
        if (hasVxlan) {
            addFdb(node, links, byIndex);
        }
    }

    private boolean isOurs(Link link) {
        return link.kind() instanceof Physical
                ? link.name().value().equals("lo")
                : link.attributes()
                        .get(LinkAttributes.GROUP)
                        .filter(number -> number == group)
                        .isPresent();
    }

    /// A wanted interface whose number somebody changed, and nothing else of what it was made with, is
    /// still the lab's.
    private boolean isOursInAllButGroup(String node, Link link) {
        return wanted.link(new Resource.LinkEnd(node, link.name()).id())
                .filter(own -> own.kind().kind().equals(link.kind().kind()))
                .filter(own -> link.attributes()
                        .differencesFrom(own.attributes().without(LinkAttributes.GROUP))
                        .isEmpty())
                .isPresent();
    }

    /// The interfaces that are not the lab's, in all nodes that were read.
    public List<Resource.LinkEnd> strangers() {
        return List.copyOf(strangers);
    }

    private void add(String node, Link link, Map<Integer, InterfaceName> byIndex) {
        Attributes attributes = link.attributes();
        Optional<Attribute<Integer>> lower = link.kind().lowerDevice();
        Optional<Integer> lowerIndex =
                lower.isPresent() ? link.kind().data().get(lower.get()) : attributes.get(LinkAttributes.LINK);
        boolean isVeth = link.kind() instanceof Veth;
        Resource.Link resource = new Resource.Link(
                node,
                link.name(),
                link.index(),
                link.isUp(),
                isVeth ? Optional.empty() : lowerIndex.map(byIndex::get),
                attributes.get(LinkAttributes.MASTER).map(byIndex::get),
                Optional.empty(),
                attributes.without(NOT_SETTINGS),
                lower.isPresent() ? link.kind().withData(link.kind().data().without(lower.get())) : link.kind());
        if (isVeth) {
            vethEnds.add(new VethEnd(resource, lowerIndex.orElse(0)));
        } else {
            found.add(resource);
        }
    }

    /// Within a lab no two ifindexes are the same, so the two ends of a pair are those that name each
    /// other.
    private void joinVethEnds() {
        Map<IndexPair, List<VethEnd>> byPair = new HashMap<>();
        for (VethEnd end : vethEnds) {
            byPair.computeIfAbsent(new IndexPair(end.link().index(), end.peerIndex()), _ -> new ArrayList<>(1))
                    .add(end);
        }
        for (VethEnd end : vethEnds) {
            List<VethEnd> others = byPair.getOrDefault(
                    new IndexPair(end.peerIndex(), end.link().index()), List.of());
            Optional<Resource.LinkEnd> peer =
                    others.size() == 1 ? Optional.of(others.getFirst().link().end()) : Optional.empty();
            found.add(withPeer(end.link(), peer));
        }
    }

    private static Resource.Link withPeer(Resource.Link link, Optional<Resource.LinkEnd> peer) {
        return new Resource.Link(
                link.node(),
                link.name(),
                link.index(),
                link.up(),
                link.parent(),
                link.master(),
                peer,
                link.attributes(),
                link.kind());
    }

    private void addBridgeVlans(NodeKernel node, List<Link> links, Map<Integer, InterfaceName> byIndex) {
        Set<Integer> bridges = new HashSet<>();
        for (Link link : links) {
            if (link.kind() instanceof Bridge) {
                bridges.add(link.index());
            }
        }
        for (BridgeVlan vlan : node.client().bridgeVlans()) {
            InterfaceName port = byIndex.get(vlan.index());
            if (port != null) {
                boolean isOfBridge = bridges.contains(vlan.index());
                found.add(new Resource.BridgeVlan(
                        node.node(), port, isOfBridge, vlan.vlan(), vlan.pvid(), vlan.untagged()));
            }
        }
    }

    /// The flood lists of VXLAN interfaces; what they learned, and the default destination that is an
    /// attribute of the interface, are not part of them.
    private void addFdb(NodeKernel node, List<Link> links, Map<Integer, InterfaceName> byIndex) {
        Map<Integer, IpAddress> defaults = new HashMap<>();
        for (Link link : links) {
            link.kind()
                    .data()
                    .get(Vxlan.GROUP)
                    .or(() -> link.kind().data().get(Vxlan.GROUP6))
                    .filter(_ -> link.kind() instanceof Vxlan)
                    .ifPresent(destination -> defaults.put(link.index(), destination));
        }
        for (Neighbor entry : node.client().fdb()) {
            InterfaceName port = byIndex.get(entry.index());
            Optional<IpAddress> remote = entry.destination();
            boolean isStatic = (entry.state() & Neighbor.PERMANENT) != 0;
            if (port != null && isStatic && remote.isPresent() && !remote.get().equals(defaults.get(entry.index()))) {
                entry.mac().ifPresent(mac -> found.add(new Resource.FdbEntry(node.node(), port, mac, remote.get())));
            }
        }
    }

    private void addAddresses(NodeKernel node) {
        Map<Integer, InterfaceName> byIndex = names.getOrDefault(node.node(), Map.of());
        for (Address address : node.client().addresses()) {
            InterfaceName port = byIndex.get(address.index());
            if (port != null) {
                Resource.Address resource = new Resource.Address(node.node(), port, address.prefix());
                if (!isMadeByKernel(address) || wanted.contains(resource.id())) {
                    found.add(resource);
                }
            }
        }
    }

    /// Loopback and link-local addresses, and those that a router advertised.
    private static boolean isMadeByKernel(Address address) {
        IpAddress own = address.prefix().address();
        return own.equals(IPV4_LOOPBACK)
                || own.equals(IPV6_LOOPBACK)
                || (own.isLinkLocal() && !own.isV4())
                || (address.flags() & Address.PERMANENT) == 0;
    }

    private void addRoutes(NodeKernel node) {
        Map<Integer, InterfaceName> byIndex = names.getOrDefault(node.node(), Map.of());
        Set<ResourceId> seen = new HashSet<>();
        for (Route route : node.client().routes(Route.STATIC)) {
            if (route.nextHops().size() <= 1) {
                Resource.Route resource = resource(node.node(), route, byIndex);
                if (seen.add(resource.id())) {
                    found.add(resource);
                }
            }
        }
        if (wantsRoutes.contains(node.node())) {
            addReplacedRoutes(node, byIndex, seen);
        }
    }

    /// What somebody put in the place of a wanted route by hand, which the kernel keeps under another
    /// protocol.
    private void addReplacedRoutes(NodeKernel node, Map<Integer, InterfaceName> byIndex, Set<ResourceId> seen) {
        for (Route route : node.client().routes(Route.BOOT)) {
            if (route.nextHops().size() <= 1) {
                Resource.Route resource = resource(node.node(), route, byIndex);
                if (wanted.contains(resource.id()) && seen.add(resource.id())) {
                    found.add(resource);
                }
            }
        }
    }

    private static Resource.Route resource(String node, Route route, Map<Integer, InterfaceName> byIndex) {
        Optional<Route.NextHop> hop = route.nextHops().stream().findFirst();
        // The kernel lets discarded IPv6 packets leave by the loopback device.
        boolean discards = route.type().discards();
        return new Resource.Route(
                node,
                route.destination(),
                route.type(),
                route.table(),
                route.priority(),
                hop.flatMap(Route.NextHop::gateway),
                discards ? Optional.empty() : hop.map(next -> byIndex.get(next.index())),
                route.source(),
                hop.map(Route.NextHop::onlink).orElse(false));
    }
}
