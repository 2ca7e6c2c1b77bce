package io.netyard.topology.compile;

import io.netyard.topology.compile.KernelFeatures.Feature;
import io.netyard.topology.model.Interface;
import io.netyard.topology.model.InterfaceKind;
import io.netyard.topology.model.Node;
import io.netyard.topology.model.NodeKind;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Decides what the kernel does, and what Netyard does in user space.
final class Drivers {
    private final Supplier<KernelFeatures> kernel;
    private @Nullable KernelFeatures known;

    /// @param kernel asked where it matters only, and once
    Drivers(Supplier<KernelFeatures> kernel) {
        this.kernel = kernel;
    }

    /// Whether the frames of a switch are forwarded in user space.
    boolean forwardsInUserSpace(Node node, List<Interface> interfaces) {
        return switch (node.kind()) {
            case HOST, ROUTER -> false;
            case HUB -> true;
            case SWITCH ->
                switch (node.driver()) {
                    case USER -> true;
                    case KERNEL -> false;
                    case AUTO ->
                        !takesTunnelInterfaces(interfaces)
                                && (SwitchVlans.present(node, interfaces) && !kernelKnowsVlansOf(interfaces)
                                        || !kernelHasTunnelsOf(interfaces));
                };
        };
    }

    /// Whether a tunnel has what only an interface of the kernel can have: a MAC address, or an alias.
    /// Where the kernel cannot do the rest, apply says so; it drops no key.
    private static boolean takesTunnelInterfaces(List<Interface> interfaces) {
        return interfaces.stream()
                .filter(each -> each.kind() instanceof InterfaceKind.Tunnel && each.isSwitchPort())
                .anyMatch(each -> each.mac().isPresent() || each.alias().isPresent());
    }

    private boolean kernelHasTunnelsOf(List<Interface> interfaces) {
        return interfaces.stream().filter(Interface::isSwitchPort).allMatch(each -> switch (each.kind()) {
            case InterfaceKind.Vxlan _ -> features().has(Feature.VXLAN);
            case InterfaceKind.Nvgre nvgre ->
                nvgre.suitsKernel() && features().has(nvgre.isIpv6() ? Feature.GRE_IPV6 : Feature.GRE);
            default -> true;
        });
    }

    /// Whether a tunnel ends in a switch in user space, so that there is no interface for it.
    boolean endsInUserSpace(Node node, List<Interface> interfaces, Interface each) {
        return each.kind() instanceof InterfaceKind.Tunnel
                && node.kind().hasPorts()
                && each.isSwitchPort()
                && forwardsInUserSpace(node, interfaces);
    }

    private KernelFeatures features() {
        KernelFeatures features = known == null ? kernel.get() : known;
        known = features;
        return features;
    }

    private boolean kernelKnowsVlansOf(List<Interface> interfaces) {
        KernelFeatures features = features();
        boolean hasIrb = interfaces.stream().anyMatch(each -> each.kind() instanceof InterfaceKind.Irb);
        return features.has(Feature.BRIDGE_VLAN_FILTERING) && (!hasIrb || features.has(Feature.VLAN_INTERFACES));
    }

    /// Whether an interface is one that a small switch in user space stands for: it has no kernel driver.
    boolean emulates(Node node, List<Interface> interfaces, InterfaceKind kind) {
        return switch (kind) {
            case InterfaceKind.Irb _ -> node.kind() == NodeKind.SWITCH && forwardsInUserSpace(node, interfaces);
            case InterfaceKind.Vlan _ -> !features().has(Feature.VLAN_INTERFACES);
            default -> false;
        };
    }
}
