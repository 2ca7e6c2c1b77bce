package io.netyard.vswitch.stp;

import io.netyard.vswitch.pipeline.PortState;

/// The port role transition and port state transition machines (IEEE 802.1D-2004 clauses 17.29 and 17.30):
/// what a port in a role does until frames flow, or do not.
///
/// A designated port proposes; its neighbour first makes sure that no other of its ports forwards without
/// an agreement of its own (sync), and agrees; then the port forwards at once. Where nobody agrees, time
/// has to pass.
final class RoleTransitions {
    private RoleTransitions() {}

    static boolean step(TreePort port) {
        if (!port.isDecided()) {
            return false;
        }
        if (port.role != port.selectedRole) {
            take(port, port.selectedRole);
            return true;
        }
        return switch (port.role) {
            case DISABLED, ALTERNATE, BACKUP -> wait(port) || agree(port);
            case ROOT -> agree(port) || root(port);
            case DESIGNATED -> designated(port);
        };
    }

    private static void take(TreePort port, PortRole role) {
        port.role = role;
        switch (role) {
            case ROOT -> port.recentRootWhile = port.forwardDelay();
            case DESIGNATED -> {}
            case DISABLED, ALTERNATE, BACKUP -> {
                port.learn = false;
                port.forward = false;
                if (role == PortRole.BACKUP) {
                    port.recentBackupWhile = 2 * port.hello();
                }
            }
        }
    }

    /// A port that keeps frames back is ready for any tree.
    private static boolean wait(TreePort port) {
        int delay = port.role == PortRole.DISABLED ? port.designatedTimes.maxAge() : port.forwardDelay();
        int backup = port.role == PortRole.BACKUP ? 2 * port.hello() : port.recentBackupWhile;
        if (port.state != PortState.DISCARDING) {
            return false;
        }
        boolean isReady = port.forwardDelayWhile == delay
                && port.recentBackupWhile == backup
                && port.recentRootWhile == 0
                && port.synced
                && !port.sync
                && !port.reRoot;
        port.forwardDelayWhile = delay;
        port.recentBackupWhile = backup;
        port.recentRootWhile = 0;
        port.synced = true;
        port.sync = false;
        port.reRoot = false;
        return !isReady;
    }

    /// A root, alternate or backup port answers a proposal, once all other ports are in step.
    private static boolean agree(TreePort port) {
        if (port.proposed && !port.agree) {
            port.proposed = false;
            port.bridge.ports().forEach(each -> each.sync = true);
            return true;
        }
        if (port.role == PortRole.DISABLED) {
            return false;
        }
        if (!port.agree && port.bridge.isInStep() || port.proposed && port.agree) {
            port.proposed = false;
            port.sync = false;
            port.agree = true;
            port.newInfo = true;
            return true;
        }
        return false;
    }

    private static boolean root(TreePort port) {
        if (!port.forward && !port.reRoot) {
            port.bridge.ports().forEach(each -> each.reRoot = true);
            return true;
        }
        if (port.reRoot && port.forward) {
            port.reRoot = false;
            return true;
        }
        if (port.recentRootWhile != port.forwardDelay()) {
            port.recentRootWhile = port.forwardDelay();
            return true;
        }
        boolean mayGoOn =
                port.forwardDelayWhile == 0 || port.recentBackupWhile == 0 && port.bridge.hasLeftOtherRoots(port);
        return mayGoOn && advance(port);
    }

    private static boolean designated(TreePort port) {
        if (!port.forward && !port.agreed && !port.proposing && !port.operEdge) {
            port.proposing = true;
            port.edgeDelayWhile = port.edgeDelay();
            port.newInfo = true;
            return true;
        }
        boolean isQuiet = port.state == PortState.DISCARDING && !port.learn;
        if (!port.synced && (isQuiet || port.agreed || port.operEdge) || port.sync && port.synced) {
            port.recentRootWhile = 0;
            port.synced = true;
            port.sync = false;
            return true;
        }
        if (port.recentRootWhile == 0 && port.reRoot) {
            port.reRoot = false;
            return true;
        }
        boolean mustStop = port.sync && !port.synced || port.reRoot && port.recentRootWhile != 0 || port.disputed;
        if (mustStop && !port.operEdge && (port.learn || port.forward)) {
            port.learn = false;
            port.forward = false;
            port.disputed = false;
            port.forwardDelayWhile = port.forwardDelay();
            return true;
        }
        boolean mayGoOn = (port.forwardDelayWhile == 0 || port.agreed || port.operEdge)
                && (port.recentRootWhile == 0 || !port.reRoot)
                && !port.sync;
        return mayGoOn && advance(port);
    }

    private static boolean advance(TreePort port) {
        if (!port.learn) {
            port.learn = true;
            port.forwardDelayWhile = port.forwardDelay();
            return true;
        }
        if (!port.forward) {
            port.forward = true;
            port.forwardDelayWhile = 0;
            if (port.role == PortRole.DESIGNATED) {
                port.agreed = port.sendRapid;
            }
            return true;
        }
        return false;
    }

    /// Lets the port do what its role wants.
    static boolean applyState(TreePort port) {
        PortState wanted = port.forward ? PortState.FORWARDING : port.learn ? PortState.LEARNING : PortState.DISCARDING;
        if (port.state == wanted) {
            return false;
        }
        port.state = wanted;
        port.bridge.actions.state(port.number(), wanted);
        return true;
    }
}
