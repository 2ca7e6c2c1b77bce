package io.netyard.topology.compile;

import io.netyard.net.InterfaceName;
import io.netyard.netlink.message.Attributes;
import io.netyard.netlink.route.Bridge;
import io.netyard.topology.model.Interface;
import io.netyard.topology.model.InterfaceKind;
import io.netyard.topology.model.Node;
import io.netyard.topology.model.NodeKind;
import io.netyard.topology.model.NodeName;
import io.netyard.topology.model.SpanningTree;
import io.netyard.topology.model.Topology;
import io.netyard.topology.state.LoopProtection;
import io.netyard.topology.state.Resource.LinkEnd;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/// The spanning tree of a lab: the same times for all its switches, whoever forwards.
///
/// Where no neighbour answers, a port waits twice the forward delay. The defaults of the standard are for
/// networks of any size and make that 30 s; a lab is as large as its file says. `max age` is as many
/// seconds as there are switches, the most that a path can have, in four steps, so that a switch more or
/// less seldom changes all others; the forward delay is a third of it, at least the 2 s that the kernel
/// accepts.
final class SpanningTrees {
    private static final int[] STEPS = {6, 12, 24, 40};
    private static final int SHARE = 3;
    private static final long CENTISECONDS = 100;
    private static final int HELLO = 1;

    private final Topology topology;
    private final Wiring wiring;
    private final int maxAge;

    SpanningTrees(Topology topology, Wiring wiring) {
        this.topology = topology;
        this.wiring = wiring;
        this.maxAge = maxAge(topology);
    }

    private static int maxAge(Topology topology) {
        long bridges = topology.nodes().stream()
                .mapToLong(node -> (node.tree().isPresent() ? 1 : 0)
                        + node.interfaces().stream()
                                .filter(each -> each.kind() instanceof InterfaceKind.Bridge bridge && bridge.stp())
                                .count())
                .sum();
        for (int step : STEPS) {
            if (bridges <= step) {
                return step;
            }
        }
        return STEPS[STEPS.length - 1];
    }

    private int forwardDelay() {
        return (maxAge + SHARE - 1) / SHARE;
    }

    /// What a bridge of the kernel is told besides.
    Attributes withTimers(Attributes data) {
        return data.with(Bridge.FORWARD_DELAY, forwardDelay() * CENTISECONDS)
                .with(Bridge.HELLO_TIME, HELLO * CENTISECONDS)
                .with(Bridge.MAX_AGE, maxAge * CENTISECONDS);
    }

    /// The same and its priority, of a switch.
    Attributes withTree(Attributes data, SpanningTree tree) {
        return withTimers(data).with(Bridge.PRIORITY, tree.priority());
    }

    /// How a switch in user space keeps frames from going in circles.
    LoopProtection userSwitch(Node node, List<Interface> interfaces) {
        if (node.kind() == NodeKind.HUB) {
            return new LoopProtection.None();
        }
        if (node.tree().isEmpty()) {
            return new LoopProtection.Detection();
        }
        String name = node.name().value();
        Set<InterfaceName> shared = new TreeSet<>();
        for (Interface each : interfaces) {
            wiring.peer(new LinkEnd(name, each.name()))
                    .flatMap(peer -> topology.node(new NodeName(peer.node())))
                    .filter(neighbour -> neighbour.kind() == NodeKind.HUB)
                    .ifPresent(_ -> shared.add(each.name()));
            if (each.kind() instanceof InterfaceKind.Tunnel tunnel && !isPointToPoint(tunnel)) {
                shared.add(each.name());
            }
        }
        return new LoopProtection.Tree(
                node.tree().get().priority(),
                LabIdentity.macAddress(topology.lab().value(), name, SwitchVlans.BRIDGE),
                maxAge,
                forwardDelay(),
                shared);
    }

    /// What is said into a tunnel with several other ends, all of them hear (IEEE 802.1D-2004 clause
    /// 6.4.3).
    private static boolean isPointToPoint(InterfaceKind.Tunnel tunnel) {
        return tunnel.ends().size() == 1 && !tunnel.ends().getFirst().isMulticast();
    }
}
