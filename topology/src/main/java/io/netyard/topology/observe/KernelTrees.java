package io.netyard.topology.observe;

import io.netyard.netlink.message.Attribute;
import io.netyard.netlink.message.Attributes;
import io.netyard.netlink.message.Octets;
import io.netyard.netlink.route.Bridge;
import io.netyard.netlink.route.BridgePort;
import io.netyard.netlink.route.Link;
import io.netyard.netlink.route.LinkAttributes;
import io.netyard.topology.state.TreeState;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The spanning trees of the bridges of a kernel (`ip -d link show type bridge_slave`).
public final class KernelTrees {
    private static final List<String> STATES = List.of("disabled", "listening", "learning", "forwarding", "blocking");
    private static final long CENTISECONDS = 100;

    private KernelTrees() {}

    /// Reads them.
    ///
    /// @param links all links of the node
    public static List<TreeState> of(String node, List<Link> links) {
        List<TreeState> trees = new ArrayList<>();
        for (Link link : links) {
            if (link.kind() instanceof Bridge bridge
                    && bridge.data().get(Bridge.STP_STATE).orElse(false)) {
                trees.add(tree(node, link, bridge.data(), links));
            }
        }
        return trees;
    }

    private static TreeState tree(String node, Link bridge, Attributes data, List<Link> links) {
        int rootPort = data.get(Bridge.ROOT_PORT).orElse(0);
        List<TreeState.Port> ports = new ArrayList<>();
        Optional<String> rootName = Optional.empty();
        for (Link link : links) {
            if (link.attributes().get(LinkAttributes.MASTER).equals(Optional.of(bridge.index()))) {
                ports.add(port(link, data, rootPort));
                if (rootPort != 0 && number(link.port()) == rootPort) {
                    rootName = Optional.of(link.name().value());
                }
            }
        }
        boolean isSettled = ports.stream()
                .noneMatch(port -> List.of("listening", "learning").contains(port.state()));
        return new TreeState(
                node,
                bridge.name().value(),
                id(data.get(Bridge.BRIDGE_ID)),
                id(data.get(Bridge.ROOT_ID)),
                data.get(Bridge.ROOT_PATH_COST).orElse(0L),
                rootName,
                seconds(data, Bridge.MAX_AGE),
                seconds(data, Bridge.FORWARD_DELAY),
                seconds(data, Bridge.HELLO_TIME),
                isSettled,
                ports);
    }

    private static TreeState.Port port(Link link, Attributes bridge, int rootPort) {
        Attributes port = link.port();
        int state = port.get(BridgePort.STATE).orElse(0);
        return new TreeState.Port(
                link.name().value(),
                role(port, bridge, rootPort, state),
                STATES.get(Math.clamp(state, 0, STATES.size() - 1)),
                port.get(BridgePort.COST).orElse(0L),
                id(port.get(BridgePort.BRIDGE_ID)),
                "stp");
    }

    private static String role(Attributes port, Attributes bridge, int rootPort, int state) {
        if (state == 0) {
            return "disabled";
        }
        if (number(port) == rootPort) {
            return "root";
        }
        if (!port.get(BridgePort.BRIDGE_ID).equals(bridge.get(Bridge.BRIDGE_ID))) {
            return "alternate";
        }
        return port.get(BridgePort.DESIGNATED_PORT).equals(port.get(BridgePort.ID)) ? "designated" : "backup";
    }

    private static int number(Attributes port) {
        return port.get(BridgePort.NO).orElse(-1);
    }

    private static String id(Optional<Octets> octets) {
        String digits = octets.map(Octets::toString).orElse("");
        return digits.length() < 4 ? digits : digits.substring(0, 4) + "." + digits.substring(4);
    }

    private static int seconds(Attributes data, Attribute<Long> time) {
        return (int) (data.get(time).orElse(0L) / CENTISECONDS);
    }
}
