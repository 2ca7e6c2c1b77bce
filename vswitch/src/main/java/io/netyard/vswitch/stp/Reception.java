package io.netyard.vswitch.stp;

import io.netyard.vswitch.stp.TreePort.Info;

/// What a port takes from BPDUs, and from their absence (IEEE 802.1D-2004 clauses 17.23 to 17.27: port
/// receive, protocol migration, bridge detection, port information).
final class Reception {
    private Reception() {}

    /// Takes a BPDU in.
    static void receive(TreePort port, Bpdu bpdu) {
        port.operEdge = false;
        port.edgeDelayWhile = TreePort.MIGRATE_TIME;
        switch (bpdu) {
            case Bpdu.ChangeNotification _ -> {
                port.receivedOlder = true;
                port.receivedNotification = true;
            }
            case Bpdu.Configuration configuration -> {
                port.receivedOlder |= !configuration.rapid();
                port.receivedRapid |= configuration.rapid();
                port.message = configuration;
            }
        }
    }

    /// The port protocol migration machine: which protocol to send. It changes its mind at most every three
    /// seconds.
    static boolean migrate(TreePort port) {
        if (port.isMigrating) {
            boolean isOver = port.migrationDelayWhile == 0 || !port.sendRapid && !port.enabled;
            if (!port.enabled && port.sendRapid) {
                port.migrationDelayWhile = TreePort.MIGRATE_TIME;
                return false;
            }
            if (isOver) {
                port.isMigrating = false;
                port.receivedOlder = false;
                port.receivedRapid = false;
            }
            return isOver;
        }
        if (!port.enabled || !port.sendRapid && port.receivedRapid) {
            return migrate(port, true);
        }
        return port.sendRapid && port.receivedOlder && migrate(port, false);
    }

    private static boolean migrate(TreePort port, boolean rapid) {
        port.sendRapid = rapid;
        port.migrationDelayWhile = TreePort.MIGRATE_TIME;
        port.isMigrating = true;
        return true;
    }

    /// The bridge detection machine: whether only stations are behind the port.
    static boolean detectEdge(TreePort port) {
        if (port.operEdge) {
            boolean isNone = !port.enabled && !port.settings.edge();
            port.operEdge = !isNone;
            return isNone;
        }
        boolean isSilent = port.edgeDelayWhile == 0 && port.settings.autoEdge() && port.sendRapid && port.proposing;
        boolean isEdge = port.enabled ? isSilent : port.settings.edge();
        port.operEdge = isEdge;
        return isEdge;
    }

    /// The port information machine.
    static boolean inform(TreePort port) {
        if (!port.enabled) {
            return port.info != Info.DISABLED && disable(port);
        }
        return switch (port.info) {
            case DISABLED -> age(port);
            case AGED -> port.selected && port.update && update(port);
            case MINE, RECEIVED -> informCurrent(port);
        };
    }

    private static boolean informCurrent(TreePort port) {
        if (port.selected && port.update) {
            return update(port);
        }
        if (port.info == Info.RECEIVED && port.receivedInfoWhile == 0 && !port.update && port.message == null) {
            return age(port);
        }
        Bpdu.Configuration message = port.message;
        if (message == null || port.update) {
            return false;
        }
        port.message = null;
        take(port, message);
        return true;
    }

    private static boolean disable(TreePort port) {
        port.message = null;
        port.proposing = false;
        port.proposed = false;
        port.agree = false;
        port.agreed = false;
        port.disputed = false;
        port.receivedInfoWhile = 0;
        port.edgeDelayWhile = TreePort.MIGRATE_TIME;
        port.info = Info.DISABLED;
        port.reselect();
        return true;
    }

    private static boolean age(TreePort port) {
        port.info = Info.AGED;
        port.reselect();
        return true;
    }

    private static boolean update(TreePort port) {
        port.proposing = false;
        port.proposed = false;
        port.agreed &= port.info == Info.MINE && port.designatedPriority.compareTo(port.priority) <= 0;
        port.synced &= port.agreed;
        port.priority = port.designatedPriority;
        port.times = port.designatedTimes;
        port.update = false;
        port.info = Info.MINE;
        port.newInfo = true;
        return true;
    }

    /// Takes in what a configuration says (`rcvInfo` and the states that follow it).
    private static void take(TreePort port, Bpdu.Configuration message) {
        boolean isKnown = message.priority().equals(port.priority);
        if (message.flags().role() != PortRole.DESIGNATED) {
            if (!message.priority().isBetterThan(port.priority)) {
                recordAgreement(port, message);
                recordChanges(port, message);
            }
        } else if (isKnown && message.times().equals(port.times) && port.info == Info.RECEIVED) {
            recordProposal(port, message);
            recordChanges(port, message);
            keep(port);
        } else if (isOwn(port, message)) {
            // The port hears itself: behind it is a loop, which it must not feed.
            dispute(port);
        } else if (message.priority().isSuperiorTo(port.priority) || isKnown) {
            takeOver(port, message);
        } else if (message.rapid() && message.flags().learning()) {
            dispute(port);
        }
    }

    private static boolean isOwn(TreePort port, Bpdu.Configuration message) {
        return message.priority().bridge().equals(port.bridge.id())
                && message.priority().port() == port.id;
    }

    private static void takeOver(TreePort port, Bpdu.Configuration message) {
        port.agreed = false;
        port.proposing = false;
        recordProposal(port, message);
        recordChanges(port, message);
        port.agree &= port.info == Info.RECEIVED && message.priority().compareTo(port.priority) <= 0;
        port.priority = message.priority();
        port.times = message.times();
        keep(port);
        port.info = Info.RECEIVED;
        port.reselect();
    }

    private static void keep(TreePort port) {
        boolean counts = port.times.messageAge() + 1 <= port.times.maxAge();
        port.receivedInfoWhile = counts ? 3 * port.times.hello() : 0;
    }

    private static void recordProposal(TreePort port, Bpdu.Configuration message) {
        port.proposed |= message.flags().proposal();
    }

    /// An agreement that was given to something better than what the port says now counts for nothing: it
    /// was on its way when the news changed. The standard takes it, and lets frames go in circles for a
    /// moment where news cross.
    private static void recordAgreement(TreePort port, Bpdu.Configuration message) {
        boolean agrees = message.rapid()
                && message.flags().agreement()
                && message.priority().root().equals(port.priority.root())
                && !port.hasSaidBetter()
                && port.settings.pointToPoint();
        port.agreed = agrees;
        port.proposing &= !agrees;
    }

    private static void dispute(TreePort port) {
        port.disputed = true;
        port.agreed = false;
    }

    private static void recordChanges(TreePort port, Bpdu.Configuration message) {
        port.receivedChange |= message.flags().change();
        port.receivedAcknowledgment |= message.flags().acknowledged();
    }
}
