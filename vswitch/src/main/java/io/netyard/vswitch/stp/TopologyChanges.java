package io.netyard.vswitch.stp;

import io.netyard.vswitch.pipeline.PortState;

/// The topology change machine (IEEE 802.1D-2004 clause 17.31): when a port starts to forward, addresses
/// may be elsewhere now; all bridges hear of it and forget what they learned on their other ports.
final class TopologyChanges {
    private TopologyChanges() {}

    /// The states in which the machine rests.
    enum State {
        INACTIVE,
        LEARNING,
        ACTIVE
    }

    static boolean step(TreePort port) {
        return switch (port.changes) {
            case INACTIVE -> port.learn && learn(port);
            case LEARNING -> stepLearning(port);
            case ACTIVE -> stepActive(port);
        };
    }

    private static boolean isInTree(TreePort port) {
        return port.role == PortRole.ROOT || port.role == PortRole.DESIGNATED;
    }

    private static boolean hasNews(TreePort port) {
        return port.receivedChange || port.receivedNotification || port.receivedAcknowledgment || port.propagate;
    }

    private static boolean learn(TreePort port) {
        port.changes = State.LEARNING;
        forgetNews(port);
        return true;
    }

    private static void forgetNews(TreePort port) {
        port.receivedChange = false;
        port.receivedNotification = false;
        port.receivedAcknowledgment = false;
        port.propagate = false;
    }

    private static boolean stepLearning(TreePort port) {
        if (isInTree(port) && port.forward && !port.operEdge) {
            port.changes = State.ACTIVE;
            port.bridge.changes++;
            port.bridge.actions.changed();
            tellNeighbour(port);
            tellOtherPorts(port);
            port.newInfo = true;
            return true;
        }
        if (hasNews(port)) {
            forgetNews(port);
            return true;
        }
        if (!isInTree(port) && !port.learn && port.state == PortState.DISCARDING) {
            port.changes = State.INACTIVE;
            port.changeWhile = 0;
            port.acknowledge = false;
            port.bridge.actions.flush(port.number());
            return true;
        }
        return false;
    }

    private static boolean stepActive(TreePort port) {
        if (!isInTree(port) || port.operEdge) {
            return learn(port);
        }
        if (port.receivedNotification || port.receivedChange) {
            if (port.receivedNotification) {
                tellNeighbour(port);
                port.acknowledge = port.role == PortRole.DESIGNATED;
            }
            port.receivedNotification = false;
            port.receivedChange = false;
            tellOtherPorts(port);
            port.bridge.actions.changed();
            return true;
        }
        if (port.propagate) {
            port.propagate = false;
            tellNeighbour(port);
            port.bridge.actions.flush(port.number());
            return true;
        }
        if (port.receivedAcknowledgment) {
            port.receivedAcknowledgment = false;
            port.changeWhile = 0;
            return true;
        }
        return false;
    }

    /// `newTcWhile`.
    private static void tellNeighbour(TreePort port) {
        if (port.changeWhile != 0) {
            return;
        }
        if (port.sendRapid) {
            port.changeWhile = port.hello() + 1;
            port.newInfo = true;
        } else {
            port.changeWhile = port.bridge.times.maxAge() + port.bridge.times.forwardDelay();
        }
    }

    private static void tellOtherPorts(TreePort port) {
        port.bridge.forOthers(port, other -> other.propagate = true);
    }
}
