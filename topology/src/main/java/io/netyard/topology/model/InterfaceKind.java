package io.netyard.topology.model;

import io.netyard.net.InterfaceName;
import io.netyard.net.IpAddress;
import io.netyard.net.VlanId;
import io.netyard.net.Vni;
import io.netyard.net.Vsid;
import io.netyard.netlink.route.IpvlanMode;
import io.netyard.netlink.route.MacvlanMode;
import java.util.List;
import java.util.Optional;

/// What an interface is.
public sealed interface InterfaceKind {
    /// The keyword of the topology file; `link end` for what needs none.
    String keyword();

    /// The lower interface of the same node, if it has one.
    default Optional<InterfaceName> parentName() {
        return Optional.empty();
    }

    /// The end of a cable.
    record LinkEnd() implements InterfaceKind {
        @Override
        public String keyword() {
            return "link end";
        }
    }

    /// The loopback device `lo`, listed to give it addresses.
    record Loopback() implements InterfaceKind {
        @Override
        public String keyword() {
            return "loopback";
        }
    }

    /// A device that drops what it gets: a place for addresses.
    record Dummy() implements InterfaceKind {
        @Override
        public String keyword() {
            return "dummy";
        }
    }

    /// A tagged subinterface.
    record Vlan(InterfaceName parent, VlanId id, VlanProtocol protocol) implements InterfaceKind {
        @Override
        public String keyword() {
            return "vlan";
        }

        @Override
        public Optional<InterfaceName> parentName() {
            return Optional.of(parent);
        }
    }

    /// Which tag a VLAN subinterface uses.
    enum VlanProtocol {
        /// A customer tag, TPID 0x8100.
        DOT1Q("802.1q"),
        /// A service tag, TPID 0x88a8.
        DOT1AD("802.1ad");

        private final String text;

        VlanProtocol(String text) {
            this.text = text;
        }

        @Override
        public String toString() {
            return text;
        }
    }

    /// A device with a MAC address of its own on its parent.
    record Macvlan(InterfaceName parent, MacvlanMode mode) implements InterfaceKind {
        @Override
        public String keyword() {
            return "macvlan";
        }

        @Override
        public Optional<InterfaceName> parentName() {
            return Optional.of(parent);
        }
    }

    /// A macvlan for a program.
    record Macvtap(InterfaceName parent, MacvlanMode mode) implements InterfaceKind {
        @Override
        public String keyword() {
            return "macvtap";
        }

        @Override
        public Optional<InterfaceName> parentName() {
            return Optional.of(parent);
        }
    }

    /// A device with IP addresses of its own and the MAC address of its parent.
    record Ipvlan(InterfaceName parent, IpvlanMode mode, IpvlanFlag flag) implements InterfaceKind {
        @Override
        public String keyword() {
            return "ipvlan";
        }

        @Override
        public Optional<InterfaceName> parentName() {
            return Optional.of(parent);
        }
    }

    /// Whether ipvlan interfaces of one parent reach each other.
    enum IpvlanFlag {
        /// They do.
        BRIDGE(0),
        /// They do not.
        PRIVATE(1),
        /// They do through a switch that sends frames back.
        VEPA(2);

        private final int bits;

        IpvlanFlag(int bits) {
            this.bits = bits;
        }

        /// `IPVLAN_F_…`.
        public int bits() {
            return bits;
        }
    }

    /// A tunnel for frames: of a switch it is a port.
    sealed interface Tunnel extends InterfaceKind permits Vxlan, Nvgre {
        /// The source of outer packets.
        Optional<IpAddress> local();

        /// The multicast group that carries floods, or the other ends that they are sent to one by one.
        List<IpAddress> ends();

        /// The TTL of outer packets.
        Optional<Integer> ttl();

        /// The interface that carries outer packets.
        Optional<InterfaceName> underlay();

        /// On a switch, the VLAN that it carries.
        Optional<VlanId> vlan();

        @Override
        default Optional<InterfaceName> parentName() {
            return underlay();
        }

        /// Octets of an outer packet that are left when a packet that it carries is taken out: the headers
        /// around it, and the Ethernet header before it.
        int overhead();

        /// Whether outer packets are of IPv6.
        default boolean isIpv6() {
            return local().or(() -> ends().stream().findFirst())
                    .filter(address -> !address.isV4())
                    .isPresent();
        }
    }

    /// A VXLAN tunnel endpoint (RFC 7348).
    ///
    /// @param group the multicast group that carries floods
    /// @param remotes the VTEPs that floods are sent to one by one
    /// @param port the UDP destination port
    record Vxlan(
            Vni id,
            Optional<IpAddress> local,
            Optional<IpAddress> group,
            List<IpAddress> remotes,
            int port,
            boolean learning,
            Optional<Integer> ttl,
            Optional<InterfaceName> underlay,
            Optional<VlanId> vlan)
            implements Tunnel {
        public Vxlan {
            remotes = List.copyOf(remotes);
        }

        @Override
        public String keyword() {
            return "vxlan";
        }

        @Override
        public List<IpAddress> ends() {
            return group.map(List::of).orElse(remotes);
        }

        @Override
        public int overhead() {
            return isIpv6() ? 70 : 50;
        }
    }

    /// An NVGRE tunnel endpoint (RFC 7637).
    ///
    /// @param remotes the other ends, or one multicast group; the kernel takes one
    /// @param flowId whether the header tells flows apart; the kernel takes none that does
    record Nvgre(
            Vsid id,
            Optional<IpAddress> local,
            List<IpAddress> remotes,
            boolean flowId,
            Optional<Integer> ttl,
            Optional<InterfaceName> underlay,
            Optional<VlanId> vlan)
            implements Tunnel {
        public Nvgre {
            remotes = List.copyOf(remotes);
        }

        @Override
        public String keyword() {
            return "nvgre";
        }

        @Override
        public List<IpAddress> ends() {
            return remotes;
        }

        @Override
        public int overhead() {
            return isIpv6() ? 62 : 42;
        }

        /// Whether the kernel's GRE can do it: one other end, and the whole key the same for all frames.
        public boolean suitsKernel() {
            return remotes.size() == 1 && !flowId;
        }
    }

    /// A bridge on a node that does more than switching.
    ///
    /// @param ageing how long learned addresses are kept, in seconds
    record Bridge(List<InterfaceName> ports, boolean stp, boolean vlanFiltering, Optional<Integer> ageing)
            implements InterfaceKind {
        public Bridge {
            ports = List.copyOf(ports);
        }

        @Override
        public String keyword() {
            return "bridge";
        }
    }

    /// The switch's own interface in one of its VLANs: integrated routing and bridging.
    record Irb(VlanId vlan) implements InterfaceKind {
        @Override
        public String keyword() {
            return "irb";
        }
    }
}
