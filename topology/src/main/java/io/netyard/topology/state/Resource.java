package io.netyard.topology.state;

import io.netyard.net.InterfaceName;
import io.netyard.net.IpAddress;
import io.netyard.net.IpPrefix;
import io.netyard.net.MacAddress;
import io.netyard.net.VlanId;
import io.netyard.netlink.message.Attributes;
import io.netyard.netlink.route.LinkKind;
import io.netyard.netlink.route.RouteType;
import io.netyard.topology.state.ResourceId.Kind;
import java.util.Optional;

/// One thing that a kernel holds for a lab.
///
/// Interfaces are referred to by name within their node; kernel numbers (ifindex) appear only in
/// [Link#index].
public sealed interface Resource {
    /// What it is called, the same in every reading.
    ResourceId id();

    /// The node in whose namespace it lives.
    default String node() {
        return id().node();
    }

    /// A node's network namespace.
    record Namespace(String node) implements Resource {
        @Override
        public ResourceId id() {
            return new ResourceId(node, Kind.NAMESPACE, "");
        }
    }

    /// A sysctl of a namespace, such as `net.ipv4.ip_forward`.
    ///
    /// @param interfaceName the interface that it belongs to, which has to exist before it is written
    /// @param key the name with dots; in `net.ipv6.conf.NAME.disable_ipv6` a dot within NAME is written as
    ///     a slash
    record Sysctl(String node, Optional<InterfaceName> interfaceName, String key, String value) implements Resource {
        @Override
        public ResourceId id() {
            return new ResourceId(node, Kind.SYSCTL, key);
        }
    }

    /// An interface.
    ///
    /// @param index the ifindex; 0 where it is not chosen yet. Within a lab no two interfaces that Netyard
    ///     makes share one, so that `eth0@if107` names its peer.
    /// @param up whether it is administratively up (`IFF_UP`)
    /// @param parent the lower device in the same node: of a VLAN, macvlan, ipvlan, or the underlay of a
    ///     VXLAN
    /// @param master the bridge that it is a port of
    /// @param peer the other end of a veth pair; empty also where the other end is not one of this lab's
    /// @param attributes the attributes of every link (MTU, MAC address, group, alias); in a desired state
    ///     only those that are wanted
    /// @param kind the kind with its own attributes; in a desired state only those that are wanted
    record Link(
            String node,
            InterfaceName name,
            int index,
            boolean up,
            Optional<InterfaceName> parent,
            Optional<InterfaceName> master,
            Optional<LinkEnd> peer,
            Attributes attributes,
            LinkKind kind)
            implements Resource {
        @Override
        public ResourceId id() {
            return new ResourceId(node, Kind.LINK, name.value());
        }

        /// This interface as an end that a peer can name.
        public LinkEnd end() {
            return new LinkEnd(node, name);
        }

        /// The same link with another ifindex.
        public Link withIndex(int chosen) {
            return new Link(node, name, chosen, up, parent, master, peer, attributes, kind);
        }
    }

    /// One interface of one node.
    record LinkEnd(String node, InterfaceName name) implements Comparable<LinkEnd> {
        /// The identity of the interface at this end.
        public ResourceId id() {
            return new ResourceId(node, Kind.LINK, name.value());
        }

        @Override
        public int compareTo(LinkEnd other) {
            int byNode = node.compareTo(other.node);
            return byNode != 0 ? byNode : name.compareTo(other.name);
        }

        @Override
        public String toString() {
            return node + ":" + name;
        }
    }

    /// A VLAN in the table of a bridge port, or of the bridge itself.
    ///
    /// @param port the port, or the bridge
    /// @param isOfBridge whether `port` is the bridge, which is then itself a member
    /// @param pvid whether untagged frames that come in belong to this VLAN
    /// @param untagged whether frames of this VLAN go out without a tag
    record BridgeVlan(String node, InterfaceName port, boolean isOfBridge, VlanId vlan, boolean pvid, boolean untagged)
            implements Resource {
        @Override
        public ResourceId id() {
            return new ResourceId(node, Kind.BRIDGE_VLAN, port + " " + vlan);
        }
    }

    /// A static entry in the forwarding database of a VXLAN interface: frames to `mac` go to `remote`.
    ///
    /// @param mac the destination; all zeros for the flood list (broadcast, unknown unicast, multicast)
    /// @param remote the VTEP that gets them
    record FdbEntry(String node, InterfaceName port, MacAddress mac, IpAddress remote) implements Resource {
        @Override
        public ResourceId id() {
            return new ResourceId(node, Kind.FDB_ENTRY, port + " " + mac + " " + remote);
        }
    }

    /// An address of an interface, with the length of its subnet's prefix.
    record Address(String node, InterfaceName port, IpPrefix prefix) implements Resource {
        @Override
        public ResourceId id() {
            return new ResourceId(node, Kind.ADDRESS, port + " " + prefix);
        }
    }

    /// A static route.
    ///
    /// @param metric the priority; lower wins
    /// @param dev the interface that packets leave by; empty for a route that discards
    record Route(
            String node,
            IpPrefix destination,
            RouteType type,
            int table,
            long metric,
            Optional<IpAddress> via,
            Optional<InterfaceName> dev,
            Optional<IpAddress> source,
            boolean onlink)
            implements Resource {
        @Override
        public ResourceId id() {
            return new ResourceId(node, Kind.ROUTE, destination + " table " + table + " metric " + metric);
        }
    }
}
