package io.netyard.topology.compile;

import java.util.EnumSet;
import java.util.Set;

/// What a kernel has or lacks, and Netyard does itself where it lacks it.
public interface KernelFeatures {
    /// A kernel that has it all.
    KernelFeatures ALL = of(EnumSet.allOf(Feature.class));

    /// One thing that not every kernel has.
    enum Feature {
        /// Bridges know VLANs (CONFIG_BRIDGE_VLAN_FILTERING).
        BRIDGE_VLAN_FILTERING,
        /// There are 802.1Q subinterfaces (CONFIG_VLAN_8021Q).
        VLAN_INTERFACES,
        /// There are VXLAN interfaces (CONFIG_VXLAN).
        VXLAN,
        /// There are GRE interfaces that carry frames (CONFIG_NET_IPGRE).
        GRE,
        /// There are such over IPv6 (CONFIG_IPV6_GRE).
        GRE_IPV6
    }

    /// Whether the kernel has it. To find out may take a module to be loaded, so only what matters is
    /// asked.
    boolean has(Feature feature);

    /// A kernel that has these and no others.
    static KernelFeatures of(Set<Feature> features) {
        Set<Feature> own = Set.copyOf(features);
        return own::contains;
    }
}
