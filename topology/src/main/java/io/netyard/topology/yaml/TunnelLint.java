package io.netyard.topology.yaml;

import io.netyard.topology.model.CableEnd;
import io.netyard.topology.model.Interface;
import io.netyard.topology.model.InterfaceKind;
import io.netyard.topology.model.Node;
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
        if (isPort && node.driver() == SwitchDriver.USER) {
            refuse(here, "mac", each.mac().isPresent());
            refuse(here, "alias", each.alias().isPresent());
        }
    }

    private void refuse(CableEnd here, String key, boolean isThere) {
        if (isThere) {
            diagnostics.error(
                    positions.of(here),
                    "'" + key + "' does nothing on " + here
                            + ": the switch ends this tunnel itself, without an interface");
        }
    }
}
