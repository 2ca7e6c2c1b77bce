package io.netyard.vswitch.stp;

import io.netyard.vswitch.stp.TreePort.Info;

/// The port role selection machine (IEEE 802.1D-2004 clause 17.28): of all that the ports were told, the
/// best says where the root is; what each port is follows from that.
final class RoleSelection {
    private RoleSelection() {}

    static boolean select(BridgeTree bridge) {
        boolean isAsked = false;
        for (TreePort port : bridge.ports()) {
            isAsked |= port.reselect;
            port.reselect = false;
        }
        if (!isAsked) {
            return false;
        }
        selectRoot(bridge);
        for (TreePort port : bridge.ports()) {
            port.designatedPriority = bridge.priority.saidBy(bridge.id(), port.id);
            port.designatedTimes = bridge.times.withHello(bridge.settings.hello());
            selectRole(port);
            port.selected = true;
        }
        return true;
    }

    private static void selectRoot(BridgeTree bridge) {
        PriorityVector best = PriorityVector.ofItself(bridge.id());
        TreePort root = null;
        for (TreePort port : bridge.ports()) {
            if (port.info == Info.RECEIVED
                    && !port.priority.bridge().address().equals(bridge.id().address())) {
                PriorityVector path = port.priority.plus(port.settings.cost());
                // Ports come in the order of their numbers; of equal paths the lower identifier wins.
                int order = path.compareTo(best);
                if (order < 0 || order == 0 && root != null && port.id < root.id) {
                    best = path;
                    root = port;
                }
            }
        }
        bridge.priority = best;
        bridge.rootPort = root == null ? 0 : root.number();
        bridge.times = root == null ? bridge.settings.times() : root.times.older();
    }

    private static void selectRole(TreePort port) {
        switch (port.info) {
            case DISABLED -> port.selectedRole = PortRole.DISABLED;
            case AGED -> {
                port.update = true;
                port.selectedRole = PortRole.DESIGNATED;
            }
            case MINE -> {
                port.update |=
                        !port.priority.equals(port.designatedPriority) || !port.times.equals(port.designatedTimes);
                port.selectedRole = PortRole.DESIGNATED;
            }
            case RECEIVED -> selectByNeighbour(port);
        }
    }

    private static void selectByNeighbour(TreePort port) {
        boolean isRoot = port.number() == port.bridge.rootPort;
        port.update = !isRoot && port.designatedPriority.isBetterThan(port.priority);
        if (isRoot) {
            port.selectedRole = PortRole.ROOT;
        } else if (port.update) {
            port.selectedRole = PortRole.DESIGNATED;
        } else {
            boolean isOwn =
                    port.priority.bridge().address().equals(port.bridge.id().address());
            port.selectedRole = isOwn ? PortRole.BACKUP : PortRole.ALTERNATE;
        }
    }
}
