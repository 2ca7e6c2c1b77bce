package io.netyard.topology.apply;

import io.netyard.netlink.message.Attributes;
import io.netyard.netlink.route.Bridge;
import io.netyard.netlink.route.Dummy;
import io.netyard.netlink.route.Gretap;
import io.netyard.netlink.route.Ip6gretap;
import io.netyard.netlink.route.Ipvlan;
import io.netyard.netlink.route.LinkKind;
import io.netyard.netlink.route.Macvlan;
import io.netyard.netlink.route.Macvtap;
import io.netyard.netlink.route.Vlan;
import io.netyard.netlink.route.Vxlan;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The kinds of interfaces of topology files, and which of them this kernel makes.
public final class KernelKinds {
    private static final List<LinkKind> KINDS = List.of(
            new Bridge(Attributes.EMPTY),
            new Vlan(Attributes.EMPTY.with(Vlan.ID, 1)),
            new Vxlan(Attributes.EMPTY.with(Vxlan.ID, 1L).with(Vxlan.PORT, Vxlan.ASSIGNED_PORT)),
            new Gretap(Attributes.EMPTY),
            new Ip6gretap(Attributes.EMPTY),
            new Macvlan(Attributes.EMPTY),
            new Macvtap(Attributes.EMPTY),
            new Ipvlan(Attributes.EMPTY),
            new Dummy(Attributes.EMPTY));

    private KernelKinds() {}

    /// Makes one of each in a namespace that is thrown away. Modules of the kernel may be loaded by that.
    ///
    /// @return by kind, spelled as `ip` does, the kernel's configuration option that is missing; empty if
    ///     none is. Of a bridge it is that for VLANs.
    /// @throws io.netyard.linux.LinuxException without permission to make namespaces
    public static Map<String, Optional<String>> probe() {
        Map<String, Optional<String>> missing = new LinkedHashMap<>();
        try (KernelProbe probe = KernelProbe.open()) {
            KINDS.forEach(kind -> missing.put(kind.kind(), probe.missing(kind)));
        }
        return missing;
    }
}
