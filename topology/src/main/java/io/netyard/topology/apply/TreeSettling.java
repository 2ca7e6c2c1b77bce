package io.netyard.topology.apply;

import io.netyard.linux.Pause;
import io.netyard.netlink.route.Bridge;
import io.netyard.topology.observe.KernelTrees;
import io.netyard.topology.observe.NodeKernel;
import io.netyard.topology.observe.UserSwitches;
import io.netyard.topology.state.LoopProtection;
import io.netyard.topology.state.NetworkState;
import io.netyard.topology.state.Resource;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;

/// Waits until the spanning trees of a lab have settled: before that, frames are kept back.
final class TreeSettling {
    /// What a tree takes beyond its own times, on a machine that is busy.
    private static final Duration SLACK = Duration.ofSeconds(5);

    private static final Duration POLL = Duration.ofMillis(50);
    private static final long CENTISECONDS = 100;

    private final NodeKernels kernels;
    private final UserSwitches switches;
    private final Set<String> nodes = new HashSet<>();
    private boolean inUserSpace;
    private long mostSeconds;

    /// @param state what was just read
    TreeSettling(NodeKernels kernels, UserSwitches switches, NetworkState state) {
        this.kernels = kernels;
        this.switches = switches;
        for (Resource resource : state.resources()) {
            if (resource instanceof Resource.Link link
                    && link.kind() instanceof Bridge bridge
                    && bridge.data().get(Bridge.STP_STATE).orElse(false)) {
                nodes.add(link.node());
                allow(
                        bridge.data().get(Bridge.MAX_AGE).orElse(0L) / CENTISECONDS,
                        bridge.data().get(Bridge.FORWARD_DELAY).orElse(0L) / CENTISECONDS);
            } else if (resource instanceof Resource.UserSwitch user
                    && user.loops() instanceof LoopProtection.Tree tree) {
                inUserSpace = true;
                allow(tree.maxAge(), tree.forwardDelay());
            }
        }
    }

    /// Old news have to age, and then a port listens and learns.
    private void allow(long maxAge, long forwardDelay) {
        mostSeconds = Math.max(mostSeconds, maxAge + 2 * forwardDelay);
    }

    /// Waits until they have, but not for long: who looks sees what the state is.
    ///
    /// @param stop asked now and then whether to go on
    void await(StopWatch stop) {
        long end = System.nanoTime() + SLACK.plusSeconds(mostSeconds).toNanos();
        while (!isSettled() && System.nanoTime() < end) {
            stop.check();
            if (!Pause.of(POLL)) {
                return;
            }
        }
    }

    private boolean isSettled() {
        nodes.removeIf(node -> {
            NodeKernel kernel = kernels.get(node);
            return KernelTrees.of(node, kernel.client().links()).stream().allMatch(tree -> tree.settled());
        });
        return nodes.isEmpty() && (!inUserSpace || switches.trees().stream().allMatch(tree -> tree.settled()));
    }
}
