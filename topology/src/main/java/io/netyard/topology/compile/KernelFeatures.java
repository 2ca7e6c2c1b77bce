package io.netyard.topology.compile;

/// What kernels have or lack, and Netyard does itself where they lack it.
///
/// @param bridgeVlanFiltering whether bridges know VLANs (CONFIG_BRIDGE_VLAN_FILTERING)
/// @param vlanInterfaces whether there are 802.1Q subinterfaces (CONFIG_VLAN_8021Q)
public record KernelFeatures(boolean bridgeVlanFiltering, boolean vlanInterfaces) {
    /// A kernel that has it all.
    public static final KernelFeatures ALL = new KernelFeatures(true, true);
}
