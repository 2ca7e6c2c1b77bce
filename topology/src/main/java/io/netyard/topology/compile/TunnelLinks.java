package io.netyard.topology.compile;

import io.netyard.net.IpAddress;
import io.netyard.netlink.message.Attributes;
import io.netyard.netlink.route.Gretap;
import io.netyard.netlink.route.Ip6gretap;
import io.netyard.netlink.route.LinkKind;
import io.netyard.netlink.route.Vxlan;
import io.netyard.topology.model.InterfaceKind;
import java.util.Optional;

/// Tunnels as interfaces of the kernel.
final class TunnelLinks {
    private TunnelLinks() {}

    /// A single remote is the interface's default destination; several are entries of its forwarding
    /// database.
    static LinkKind vxlan(InterfaceKind.Vxlan vxlan) {
        Attributes data = Attributes.EMPTY
                .with(Vxlan.ID, (long) vxlan.id().value())
                .with(Vxlan.PORT, vxlan.port())
                .with(Vxlan.LEARNING, vxlan.learning())
                .with(Vxlan.TTL, vxlan.ttl());
        if (vxlan.local().isPresent()) {
            data = data.with(Vxlan.local(vxlan.local().get()), vxlan.local().get());
        }
        Optional<IpAddress> destination = vxlan.group()
                .or(() -> vxlan.remotes().size() == 1 ? vxlan.remotes().stream().findFirst() : Optional.empty());
        return new Vxlan(destination.isPresent() ? data.with(Vxlan.group(destination.get()), destination.get()) : data);
    }

    /// NVGRE is GRE for frames whose key is VSID and FlowID (RFC 7637 section 3.2); the FlowID is zero.
    static LinkKind gretap(InterfaceKind.Nvgre nvgre) {
        long key = (long) nvgre.id().value() << 8;
        Attributes data = Attributes.EMPTY
                .with(Gretap.LOCAL, nvgre.local())
                .with(Gretap.REMOTE, nvgre.remotes().stream().findFirst())
                .with(Gretap.TTL, nvgre.ttl())
                .with(Gretap.IFLAGS, Gretap.KEY)
                .with(Gretap.OFLAGS, Gretap.KEY)
                .with(Gretap.IKEY, key)
                .with(Gretap.OKEY, key);
        return nvgre.isIpv6() ? new Ip6gretap(data.with(Gretap.FLAGS, Gretap.NO_ENCAP_LIMIT)) : new Gretap(data);
    }
}
