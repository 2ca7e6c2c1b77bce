package io.netyard.cli.daemon;

import io.netyard.topology.state.LoopProtection;
import io.netyard.topology.state.Resource.UserSwitch;
import io.netyard.topology.state.TreeState;
import io.netyard.vswitch.ProtectionStatus;
import io.netyard.vswitch.stp.BridgeId;
import io.netyard.vswitch.stp.TreeSettings;
import io.netyard.vswitch.stp.TreeStatus;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// How the switches of a lab keep frames from going in circles: what the topology wants in the words of the
/// switch, and what the switch knows in those of the topology.
final class Loops {
    /// 01-80-C2-00-00-00, which a bridge without a tree passes on as the kernel's does: others may have
    /// one.
    private static final int BPDUS = 1;

    private static final int HELLO = 1;

    private Loops() {}

    static io.netyard.vswitch.LoopProtection wanted(LoopProtection loops) {
        return switch (loops) {
            case LoopProtection.None _ -> new io.netyard.vswitch.LoopProtection.None();
            case LoopProtection.Detection _ -> new io.netyard.vswitch.LoopProtection.Detection();
            case LoopProtection.Tree tree ->
                new io.netyard.vswitch.LoopProtection.Tree(
                        new TreeSettings(
                                new BridgeId(tree.priority(), tree.address()),
                                tree.maxAge(),
                                tree.forwardDelay(),
                                HELLO),
                        tree.shared().stream().map(Object::toString).collect(Collectors.toSet()));
        };
    }

    /// The reserved addresses that are passed on, see [io.netyard.vswitch.pipeline.RelaySettings].
    static int forwardedReserved(LoopProtection loops) {
        return loops instanceof LoopProtection.Detection ? BPDUS : 0;
    }

    static void tell(UserSwitch of, String port, boolean blocked) {
        System.err.println(of.id() + ": port " + port
                + (blocked ? " is blocked: frames come back by it" : " forwards again: the loop is gone"));
    }

    static Optional<TreeState> tree(UserSwitch of, ProtectionStatus status) {
        return status.tree()
                .map(tree -> new TreeState(
                        of.node(),
                        of.name(),
                        tree.bridge().toString(),
                        tree.root().toString(),
                        tree.rootCost(),
                        nameOf(tree.rootPort(), status.treePorts()),
                        tree.maxAge(),
                        tree.forwardDelay(),
                        tree.hello(),
                        status.isSettled(),
                        tree.ports().stream()
                                .map(port -> port(
                                        nameOf(port.number(), status.treePorts())
                                                .orElse(""),
                                        port))
                                .toList()));
    }

    private static Optional<String> nameOf(int number, Map<String, TreeStatus.Port> ports) {
        return ports.entrySet().stream()
                .filter(entry -> entry.getValue().number() == number)
                .map(Map.Entry::getKey)
                .findFirst();
    }

    private static TreeState.Port port(String name, TreeStatus.Port port) {
        return new TreeState.Port(
                name,
                port.role().toString(),
                port.state().name().toLowerCase(Locale.ROOT),
                port.cost(),
                port.designatedBridge().toString(),
                port.rapid() ? "rstp" : "stp");
    }

    static List<SwitchReport.Loop> found(ProtectionStatus status) {
        return status.loops().entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(entry -> new SwitchReport.Loop(
                        entry.getKey(),
                        entry.getValue().blocked(),
                        entry.getValue().loops()))
                .toList();
    }
}
