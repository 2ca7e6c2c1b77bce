package io.netyard.topology.apply;

import io.netyard.linux.Pause;
import io.netyard.net.InterfaceName;
import io.netyard.netlink.route.Link;
import io.netyard.netlink.route.LinkAttributes;
import io.netyard.netlink.route.Veth;
import io.netyard.topology.state.NetworkState;
import io.netyard.topology.state.Resource;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Waits until cables carry frames. A link that came up does so a moment later: the kernel attaches its
/// queueing discipline in a queue of work for all links of the machine, and drops what is sent before.
final class Settling {
    /// `IF_OPER_UP` (RFC 2863).
    private static final int OPERATIONALLY_UP = 6;

    /// Goes on without: nothing is wrong with the lab, the machine is busy.
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private static final Duration POLL = Duration.ofMillis(2);

    private final NodeKernels kernels;
    private final Map<String, Set<InterfaceName>> waiting = new HashMap<>();

    /// @param state what was just read
    Settling(NodeKernels kernels, NetworkState state) {
        this.kernels = kernels;
        for (Resource resource : state.resources()) {
            if (resource instanceof Resource.Link link && shouldCarry(link, state) && !carries(operstate(link))) {
                waiting.computeIfAbsent(link.node(), _ -> new HashSet<>()).add(link.name());
            }
        }
    }

    private static boolean shouldCarry(Resource.Link link, NetworkState state) {
        return link.kind() instanceof Veth
                && link.up()
                && link.peer()
                        .flatMap(end -> state.link(end.id()))
                        .filter(Resource.Link::up)
                        .isPresent();
    }

    private static Optional<Integer> operstate(Resource.Link link) {
        return link.attributes().get(LinkAttributes.OPERSTATE);
    }

    private static boolean carries(Optional<Integer> operstate) {
        return operstate.filter(state -> state == OPERATIONALLY_UP).isPresent();
    }

    /// Waits until all do, but not for long.
    void await() {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!waiting.isEmpty() && System.nanoTime() < end) {
            waiting.entrySet().removeIf(entry -> carry(entry.getKey(), entry.getValue()));
            if (!waiting.isEmpty() && !Pause.of(POLL)) {
                return;
            }
        }
    }

    private boolean carry(String node, Set<InterfaceName> names) {
        for (Link link : kernels.get(node).client().links()) {
            if (names.contains(link.name()) && !carries(link.attributes().get(LinkAttributes.OPERSTATE))) {
                return false;
            }
        }
        return true;
    }
}
