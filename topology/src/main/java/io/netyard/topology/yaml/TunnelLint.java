package io.netyard.topology.yaml;

import io.netyard.topology.model.CableEnd;
import io.netyard.topology.model.Interface;
import io.netyard.topology.model.InterfaceKind;
import io.netyard.topology.model.Node;
import io.netyard.topology.model.NodeKind;
import io.netyard.topology.model.SwitchDriver;

/// Checks what tunnels say about their ends, and whether who ends them can do it.
final class TunnelLint {
    private final Positions positions;
    private final Diagnostics diagnostics;

    TunnelLint(Positions positions, Diagnostics diagnostics) {
        this.positions = positions;
        this.diagnostics = diagnostics;
    }

    void check(Node node, Interface each) {
        if (!(each.kind() instanceof InterfaceKind.Tunnel tunnel)) {
            return;
        }
        CableEnd here = new CableEnd(node.name(), each.name());
        if (tunnel.ends().stream().anyMatch(end -> end.isV4() == tunnel.isIpv6())) {
            diagnostics.error(
                    positions.of(here), here + " has ends of IPv4 and of IPv6, and a packet has one kind of address");
        }
        boolean isPort = node.kind().hasPorts() && each.isSwitchPort();
        if (tunnel instanceof InterfaceKind.Nvgre nvgre
                && !nvgre.suitsKernel()
                && (!isPort || node.driver() == SwitchDriver.KERNEL)) {
            diagnostics.error(
                    positions.of(here),
                    here + " is an interface of the kernel, whose GRE has one 'remote' and no 'flow-id'",
                    "make it a port of a switch with 'driver: user'");
        }
        if (isPort && isInUserSpaceOnAnyKernel(node)) {
            refuse(here, "mac", each.mac().isPresent());
            refuse(here, "alias", each.alias().isPresent());
        }
    }

    /// Where `auto` has the choice, a MAC address or an alias of a tunnel makes it take the kernel.
    private static boolean isInUserSpaceOnAnyKernel(Node node) {
        boolean kernelCannot = node.interfaces().stream()
                .filter(Interface::isSwitchPort)
                .anyMatch(each -> each.kind() instanceof InterfaceKind.Nvgre nvgre && !nvgre.suitsKernel());
        return node.kind() == NodeKind.HUB || node.driver() == SwitchDriver.USER || kernelCannot;
    }

    private void refuse(CableEnd here, String key, boolean isThere) {
        if (isThere) {
            diagnostics.error(
                    positions.of(here),
                    "'" + key + "' does nothing on " + here
                            + ": this tunnel ends in user space, where it has no interface");
        }
    }
}
