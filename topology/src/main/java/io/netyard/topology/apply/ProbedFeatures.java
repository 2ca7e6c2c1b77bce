package io.netyard.topology.apply;

import io.netyard.netlink.message.Attributes;
import io.netyard.netlink.route.Bridge;
import io.netyard.netlink.route.Gretap;
import io.netyard.netlink.route.Ip6gretap;
import io.netyard.netlink.route.LinkKind;
import io.netyard.netlink.route.Vlan;
import io.netyard.netlink.route.Vxlan;
import io.netyard.topology.compile.KernelFeatures;
import java.util.EnumMap;
import java.util.Map;

/// What this kernel has, found out when it is first asked for.
final class ProbedFeatures implements KernelFeatures {
    private final Map<Feature, Boolean> known = new EnumMap<>(Feature.class);

    @Override
    public boolean has(Feature feature) {
        return known.computeIfAbsent(feature, ProbedFeatures::probe);
    }

    private static boolean probe(Feature feature) {
        try (KernelProbe probe = KernelProbe.open()) {
            return probe.missing(example(feature)).isEmpty();
        }
    }

    private static LinkKind example(Feature feature) {
        return switch (feature) {
            case BRIDGE_VLAN_FILTERING -> new Bridge(Attributes.EMPTY);
            case VLAN_INTERFACES -> new Vlan(Attributes.EMPTY.with(Vlan.ID, 1));
            case VXLAN -> new Vxlan(Attributes.EMPTY.with(Vxlan.ID, 1L).with(Vxlan.PORT, Vxlan.ASSIGNED_PORT));
            case GRE -> new Gretap(Attributes.EMPTY);
            case GRE_IPV6 -> new Ip6gretap(Attributes.EMPTY);
        };
    }
}
