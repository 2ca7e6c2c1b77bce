package io.netyard.vswitch.stp;

import io.netyard.vswitch.pipeline.PortState;
import io.netyard.vswitch.stp.Bpdu.Configuration;
import org.jspecify.annotations.Nullable;

/// The variables of a port (IEEE 802.1D-2004 clause 17.19), which the state machines share. Names follow
/// the standard where it has words; timers (clause 17.17) end in `While` or `When` and count seconds down.
final class TreePort {
    /// Seconds in which a port finds out what its neighbour speaks (clause 17.14).
    static final int MIGRATE_TIME = 3;

    /// BPDUs that may be sent in one second (clause 17.14).
    static final int TX_HOLD_COUNT = 6;

    /// Ticks after which no answer to a BPDU is on its way any more: at least a second.
    private static final int ANSWER_TIME = 2;

    /// Where what the port knows comes from (`infoIs`).
    enum Info {
        DISABLED,
        AGED,
        MINE,
        RECEIVED
    }

    final BridgeTree bridge;
    final int id;
    TreePortSettings settings;

    boolean enabled;
    boolean operEdge;
    boolean sendRapid = true;
    boolean isMigrating = true;
    boolean receivedOlder;
    boolean receivedRapid;

    /// What was just received and waits to be taken in (`rcvdMsg`).
    @Nullable
    Configuration message;

    Info info = Info.DISABLED;
    PriorityVector priority;
    Times times;
    PriorityVector designatedPriority;
    Times designatedTimes;

    PortRole role = PortRole.DISABLED;
    PortRole selectedRole = PortRole.DISABLED;
    boolean selected;
    boolean reselect = true;
    boolean update;

    boolean proposing;
    boolean proposed;
    boolean agree;
    boolean agreed;
    boolean disputed;
    boolean sync;
    boolean synced;
    boolean reRoot;

    boolean learn;
    boolean forward;
    PortState state = PortState.DISCARDING;

    TopologyChanges.State changes = TopologyChanges.State.INACTIVE;
    boolean receivedChange;
    boolean receivedNotification;
    boolean receivedAcknowledgment;
    boolean acknowledge;
    boolean propagate;

    /// The best that the port said within the time that an answer takes, and the last.
    private @Nullable PriorityVector bestSaid;

    private @Nullable PriorityVector lastSaid;
    private int bestSaidWhile;

    /// Frames that came as BPDUs and could not be read.
    long unreadable;

    boolean newInfo;
    int sentInSecond;

    int helloWhen;
    int edgeDelayWhile = MIGRATE_TIME;
    int migrationDelayWhile = MIGRATE_TIME;
    int receivedInfoWhile;
    int forwardDelayWhile;
    int recentRootWhile;
    int recentBackupWhile;
    int changeWhile;

    TreePort(BridgeTree bridge, int number, TreePortSettings settings) {
        this.bridge = bridge;
        this.id = settings.priority() << 8 | number;
        this.settings = settings;
        this.operEdge = settings.edge();
        this.priority = bridge.priority.saidBy(bridge.id(), id);
        this.times = bridge.times;
        this.designatedPriority = priority;
        this.designatedTimes = times;
        this.forwardDelayWhile = times.maxAge();
    }

    int number() {
        return id & 0xfff;
    }

    /// Whether what the port is agrees with what was selected for it; other machines wait until it does.
    boolean isDecided() {
        return selected && !update;
    }

    /// Whether it is in the role that was selected and, unless it leads to the root, keeps frames back or
    /// has an agreement (`allSynced`, for one port).
    boolean isInStep() {
        return isDecided() && role == selectedRole && (role == PortRole.ROOT || synced);
    }

    int forwardDelay() {
        return designatedTimes.forwardDelay();
    }

    int hello() {
        return designatedTimes.hello();
    }

    /// Seconds of silence after which nobody but stations is assumed there.
    int edgeDelay() {
        return settings.pointToPoint() ? MIGRATE_TIME : designatedTimes.maxAge();
    }

    /// Notes what the port says as a designated one.
    void says(PriorityVector said) {
        boolean isWorse = bestSaid != null && bestSaid.isBetterThan(said);
        if (!isWorse) {
            bestSaid = said;
        }
        if (!said.equals(lastSaid)) {
            bestSaidWhile = ANSWER_TIME;
        }
        lastSaid = said;
    }

    /// Whether an answer that comes in may be to something better than what the port says now.
    boolean hasSaidBetter() {
        return bestSaid != null && bestSaid.isBetterThan(priority);
    }

    void reselect() {
        reselect = true;
        selected = false;
    }

    void tick() {
        helloWhen = Math.max(0, helloWhen - 1);
        edgeDelayWhile = Math.max(0, edgeDelayWhile - 1);
        migrationDelayWhile = Math.max(0, migrationDelayWhile - 1);
        receivedInfoWhile = Math.max(0, receivedInfoWhile - 1);
        forwardDelayWhile = Math.max(0, forwardDelayWhile - 1);
        recentRootWhile = Math.max(0, recentRootWhile - 1);
        recentBackupWhile = Math.max(0, recentBackupWhile - 1);
        changeWhile = Math.max(0, changeWhile - 1);
        sentInSecond = Math.max(0, sentInSecond - 1);
        bestSaidWhile = Math.max(0, bestSaidWhile - 1);
        if (bestSaidWhile == 0) {
            bestSaid = lastSaid;
        }
    }
}
