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
import java.util.Collections;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

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

    /// A switch that Netyard runs in user space, in the namespace of a node.
    ///
    /// @param name unique within the node
    /// @param mode how frames find their way; another one makes another switch
    /// @param multicast what becomes of frames for groups
    /// @param loops how it keeps frames from going in circles
    record UserSwitch(String node, String name, Mode mode, Multicast multicast, LoopProtection loops)
            implements Resource {
        /// A switch that nobody can make a loop with.
        public UserSwitch(String node, String name, Mode mode, Multicast multicast) {
            this(node, name, mode, multicast, new LoopProtection.None());
        }

        /// How frames find their way.
        public enum Mode {
            /// Every frame goes to all other ports.
            HUB,
            /// By MAC address; tags are passed untouched.
            TRANSPARENT,
            /// By VLAN and MAC address.
            VLAN_AWARE;

            @Override
            public String toString() {
                return switch (this) {
                    case HUB -> "hub";
                    case TRANSPARENT -> "transparent";
                    case VLAN_AWARE -> "vlan-aware";
                };
            }
        }

        /// What becomes of frames for groups.
        ///
        /// @param snooping whether they go to members alone (RFC 4541)
        /// @param querier the address that the switch asks for members from; empty if it does not
        public record Multicast(boolean snooping, Optional<MacAddress> querier) {
            /// They go to all ports.
            public static final Multicast FLOODED = new Multicast(false, Optional.empty());
        }

        /// Whether it can become another without losing a port.
        public boolean becomes(UserSwitch other) {
            return id().equals(other.id()) && mode == other.mode;
        }

        @Override
        public ResourceId id() {
            return new ResourceId(node, Kind.USER_SWITCH, name);
        }
    }

    /// A port of a switch in user space.
    ///
    /// @param switchName the switch's name within the node
    /// @param port the interface whose frames it takes and sends; of a tunnel, for which there is no
    ///     interface, its name
    /// @param vlans which VLANs it carries; [Vlans#NONE] unless the switch knows VLANs
    record UserPort(String node, String switchName, InterfaceName port, Device device, Vlans vlans)
            implements Resource {
        /// Where the frames are met.
        public sealed interface Device permits OnInterface, Tunnel {
            /// On the interface, by a packet socket: what it receives comes in, what goes out it sends.
            Device PACKET = OnInterface.PACKET;

            /// Behind a TAP interface: what the node sends comes in, what goes out it receives.
            Device TAP = OnInterface.TAP;
        }

        /// How the frames of an interface are met.
        public enum OnInterface implements Device {
            /// See [Device#PACKET].
            PACKET,
            /// See [Device#TAP].
            TAP
        }

        /// Which VLANs a port carries (IEEE 802.1Q clause 8.8.2).
        ///
        /// @param pvid the VLAN of frames without a tag; empty drops them
        /// @param untagged VLANs whose frames leave without a tag
        /// @param tagged VLANs whose frames leave with one
        /// @param tpid the EtherType of tags, [#DOT1Q] or [#DOT1AD]; [#NO_TPID] if tags are payload
        public record Vlans(Optional<VlanId> pvid, Set<VlanId> untagged, Set<VlanId> tagged, int tpid) {
            /// The TPID of 802.1Q.
            public static final int DOT1Q = 0x8100;

            /// The TPID of 802.1ad.
            public static final int DOT1AD = 0x88a8;

            /// No type: tags are payload.
            public static final int NO_TPID = 0;

            /// No VLANs.
            public static final Vlans NONE = new Vlans(Optional.empty(), Set.of(), Set.of(), DOT1Q);

            public Vlans {
                untagged = Collections.unmodifiableSet(new TreeSet<>(untagged));
                tagged = Collections.unmodifiableSet(new TreeSet<>(tagged));
            }

            /// One VLAN, without tags.
            public static Vlans access(VlanId vlan) {
                return new Vlans(Optional.of(vlan), Set.of(vlan), Set.of(), DOT1Q);
            }

            /// One VLAN, whose frames may bear any tags as payload.
            public static Vlans tunnel(VlanId vlan) {
                return new Vlans(Optional.of(vlan), Set.of(vlan), Set.of(), NO_TPID);
            }

            /// These and more.
            public Vlans and(Vlans more) {
                Set<VlanId> allUntagged = new TreeSet<>(untagged);
                allUntagged.addAll(more.untagged);
                Set<VlanId> allTagged = new TreeSet<>(tagged);
                allTagged.addAll(more.tagged);
                return new Vlans(pvid.or(more::pvid), allUntagged, allTagged, tpid);
            }
        }

        @Override
        public ResourceId id() {
            return new ResourceId(node, Kind.USER_PORT, switchName + " " + port);
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
