package io.netyard.topology.state;

import io.netyard.net.InterfaceName;
import io.netyard.net.IpAddress;
import java.util.Collections;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// A tunnel that a switch in user space ends itself: its frames travel in packets of the node's namespace,
/// and there is no interface for them.
///
/// @param id the VNI, or the VSID
/// @param local the source of outer packets; empty to leave it to the route
/// @param underlay the interface that outer packets leave by; empty to leave it to the route
/// @param remotes the other ends, each of which gets what is flooded, or one multicast group
/// @param udpPort the UDP port at both ends; 0 for NVGRE
/// @param learning whether it learns which station is behind which other end, and takes frames of ends that
///     are not among `remotes`
/// @param ttl the TTL of outer packets; empty for 64, and 1 to a group
/// @param flowId whether the header of NVGRE tells flows apart; VXLAN does so by its source port
/// @param mtu octets of the longest packet that fits into a frame
public record Tunnel(
        Protocol protocol,
        int id,
        Optional<IpAddress> local,
        Optional<InterfaceName> underlay,
        Set<IpAddress> remotes,
        int udpPort,
        boolean learning,
        Optional<Integer> ttl,
        boolean flowId,
        int mtu)
        implements Resource.UserPort.Device {
    public Tunnel {
        remotes = Collections.unmodifiableSet(new TreeSet<>(remotes));
    }

    /// How frames are wrapped.
    public enum Protocol {
        /// In UDP (RFC 7348).
        VXLAN,
        /// In GRE (RFC 7637).
        NVGRE;

        @Override
        public String toString() {
            return this == VXLAN ? "vxlan" : "nvgre";
        }
    }

    /// Whether outer packets are of IPv6.
    public boolean isIpv6() {
        return local.or(() -> remotes.stream().findFirst())
                .filter(address -> !address.isV4())
                .isPresent();
    }

    /// Whether floods go to a multicast group.
    public boolean hasGroup() {
        return remotes.stream().anyMatch(IpAddress::isMulticast);
    }

    /// Whether the other differs in no more than what can be changed while frames flow: the other ends and
    /// learning.
    public boolean becomesInPlace(Tunnel other) {
        Tunnel same =
                new Tunnel(protocol, id, local, underlay, other.remotes, udpPort, other.learning, ttl, flowId, mtu);
        boolean sameGroup = !hasGroup() && !other.hasGroup() || remotes.equals(other.remotes);
        return same.equals(other) && sameGroup && isIpv6() == other.isIpv6();
    }
}
