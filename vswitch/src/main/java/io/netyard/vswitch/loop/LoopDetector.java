package io.netyard.vswitch.loop;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/// Finds loops that go through a switch, and breaks them.
///
/// A frame that goes in circles makes its source address move between ports, again and again. When that
/// happens, every port sends a [Probe]. One that comes back by another port, in the VLAN that it was sent
/// in, proves a loop: the later of the two ports is blocked. A blocked port goes on to probe; when nothing
/// has come back for three seconds, the loop is gone, and the port forwards again.
///
/// Of several switches in one loop only one should block a port, else the network falls apart. Before it
/// does, a switch says so, and one that hears that of a switch with a lower number waits.
public final class LoopDetector {
    /// Ticks in a second.
    public static final int TICKS_PER_SECOND = 10;

    /// Moves within a second that ask for probes: stations do not move that often.
    private static final int SUSPICIOUS_MOVES = 10;

    /// Between two rounds of probes.
    private static final int ROUND_TICKS = 3;

    /// Between seeing a loop and blocking, in which others can object.
    private static final int OBJECTION_TICKS = 3;

    /// How long a switch waits that hears of a better one.
    private static final int YIELD_TICKS = 3 * TICKS_PER_SECOND;

    /// After which a loop that was not seen again is gone.
    private static final int GONE_TICKS = 3 * TICKS_PER_SECOND;

    /// After which a port is blocked whose own probes come back by it: the loop is behind it, and whoever
    /// is there has had the time to break it.
    private static final int REFLECTION_TICKS = 5 * TICKS_PER_SECOND;

    private static final int OLDEST_ROUND = 100;

    private static final int MOST_SEEN = 1024;

    private final long number;
    private final LoopActions actions;
    private final TreeMap<Integer, Port> ports = new TreeMap<>();
    private final LinkedHashSet<Probe> seen = new LinkedHashSet<>();
    private final long[] movesAt = new long[TICKS_PER_SECOND];
    private long now = GONE_TICKS;
    private long lastRound;
    private long yieldsUntil;
    private int round;

    private static final class Port {
        final int number;
        boolean isBlocked;
        /// Whether a loop was seen that this port would have to break, since when, and when last.
        boolean isSuspect;
        long suspectSince;
        long suspectSeen;
        /// The same of a loop behind the port.
        boolean isReflecting;
        long reflectingSince;
        long reflectingSeen;
        long loops;
        /// In which the last probe came back: it is probed in each round.
        int vlan;

        Port(int number) {
            this.number = number;
        }
    }

    /// A port that is or was part of a loop.
    ///
    /// @param number the port
    /// @param blocked whether it is blocked now
    /// @param loops how often it was blocked
    public record PortStatus(int number, boolean blocked, long loops) {}

    /// Makes a detector without ports.
    ///
    /// @param number of the switch, which no other has
    public LoopDetector(long number, LoopActions actions) {
        this.number = number;
        this.actions = actions;
    }

    /// Adds a port, which forwards.
    ///
    /// @param port 1 to 65,535; of two in a loop the higher one is blocked
    public void addPort(int port) {
        ports.put(port, new Port(port));
    }

    /// Takes a port away. One that is not there is no error.
    public void removePort(int port) {
        ports.remove(port);
    }

    /// Lets a tenth of a second pass.
    ///
    /// @param moves how often addresses have moved so far
    public void tick(long moves) {
        now++;
        int slot = (int) (now % TICKS_PER_SECOND);
        boolean isSuspicious = moves - movesAt[slot] >= SUSPICIOUS_MOVES;
        movesAt[slot] = moves;
        boolean isWatching = false;
        for (Port port : ports.values()) {
            judge(port);
            isWatching |= port.isBlocked || port.isSuspect || port.isReflecting;
        }
        if ((isSuspicious || isWatching) && now - lastRound >= ROUND_TICKS) {
            probe();
        }
    }

    private void judge(Port port) {
        port.isSuspect &= now - port.suspectSeen < GONE_TICKS;
        port.isReflecting &= now - port.reflectingSeen < GONE_TICKS;
        boolean mustBlock = port.isSuspect && now - port.suspectSince >= OBJECTION_TICKS
                || port.isReflecting && now - port.reflectingSince >= REFLECTION_TICKS;
        if (mustBlock && !port.isBlocked) {
            port.isBlocked = true;
            port.loops++;
            actions.block(port.number, true);
        } else if (port.isBlocked && !port.isSuspect && !port.isReflecting) {
            port.isBlocked = false;
            actions.block(port.number, false);
        }
    }

    private void probe() {
        lastRound = now;
        round++;
        List<Integer> proven = ports.values().stream()
                .filter(port -> port.isBlocked || port.isSuspect || port.isReflecting)
                .map(port -> port.vlan)
                .toList();
        boolean claims = ports.values().stream().anyMatch(port -> port.isSuspect && !port.isBlocked);
        for (int port : List.copyOf(ports.keySet())) {
            Set<Integer> vlans = new TreeSet<>(actions.vlans(port));
            vlans.addAll(proven);
            for (int vlan : vlans) {
                actions.send(port, vlan, new Probe(number, port, vlan, round, claims).write());
            }
        }
    }

    /// Leaves a loop to another switch for a while.
    private void leaveToOthers() {
        yieldsUntil = now + YIELD_TICKS;
        for (Port port : ports.values()) {
            port.isSuspect &= port.isBlocked;
        }
    }

    /// Takes a frame in that came for [Probe#GROUP].
    ///
    /// @param at the port that it came by
    /// @param vlan the VLAN that it belongs to; negative if the port does not take it
    /// @param frame without its tag
    /// @return whether it goes no further: it is a probe of this switch, or one that came before
    public boolean receive(int at, int vlan, byte[] frame) {
        Optional<Probe> read = Probe.read(frame);
        if (read.isEmpty()) {
            return false;
        }
        Probe probe = read.get();
        if (probe.sender() != number) {
            if (probe.claims() && Long.compareUnsigned(probe.sender(), number) < 0) {
                leaveToOthers();
            }
            return !isNew(probe);
        }
        Port in = ports.get(at);
        Port out = ports.get(probe.port());
        boolean isCurrent = round - probe.round() >= 0 && round - probe.round() < OLDEST_ROUND;
        if (in != null && out != null && isCurrent && vlan == probe.vlan()) {
            comeBack(in, out, vlan);
        }
        return true;
    }

    /// Whether a probe of another switch came for the first time: probes must not become a storm
    /// themselves.
    private boolean isNew(Probe probe) {
        if (seen.size() >= MOST_SEEN) {
            seen.remove(seen.getFirst());
        }
        return seen.add(probe);
    }

    private void comeBack(Port in, Port out, int vlan) {
        if (in == out) {
            in.vlan = vlan;
            if (!in.isReflecting) {
                in.isReflecting = true;
                in.reflectingSince = now;
            }
            in.reflectingSeen = now;
        } else if (actions.passes(in.number, out.number, vlan)) {
            Port later = in.number > out.number ? in : out;
            later.vlan = vlan;
            suspect(later);
        }
    }

    private void suspect(Port later) {
        if (now < yieldsUntil && !later.isBlocked) {
            return;
        }
        later.suspectSeen = now;
        if (!later.isSuspect) {
            later.isSuspect = true;
            later.suspectSince = now;
            if (!later.isBlocked) {
                probe();
            }
        }
    }

    /// The ports that are or were blocked.
    public List<PortStatus> ports() {
        List<PortStatus> found = new ArrayList<>();
        for (Port port : ports.values()) {
            if (port.loops != 0) {
                found.add(new PortStatus(port.number, port.isBlocked, port.loops));
            }
        }
        return found;
    }
}
