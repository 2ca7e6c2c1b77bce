package io.netyard.netlink.route;

import io.netyard.net.InterfaceName;
import io.netyard.netlink.message.Attributes;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/// A bridge port, or a bridge itself, as the bridge has it: `RTM_NEWLINK` of family `AF_BRIDGE` (`bridge -d
/// link`, `bridge vlan`). That one is deleted says that the port left its bridge; the link may live on.
///
/// @param index the ifindex of the port, or of the bridge
/// @param bridge the ifindex of the bridge that it is a port of; empty for a bridge itself
/// @param port the attributes of a port, as [BridgePort] declares them
/// @param vlans its VLAN table, where the bridge filters VLANs and the message tells it
public record BridgeMember(int index, InterfaceName name, OptionalInt bridge, Attributes port, List<BridgeVlan> vlans)
        implements RouteObject {
    public BridgeMember {
        vlans = List.copyOf(vlans);
    }

    /// Reads the payload of an `RTM_NEWLINK` of family `AF_BRIDGE`.
    static BridgeMember read(ByteBuffer message, int at, int end) {
        Link link = Link.read(message, at, end);
        List<BridgeVlan> vlans = new ArrayList<>();
        BridgeVlan.read(link, vlans::add);
        return new BridgeMember(
                link.index(),
                link.name(),
                link.attributes()
                        .get(LinkAttributes.MASTER)
                        .map(OptionalInt::of)
                        .orElse(OptionalInt.empty()),
                Link.nested(link.attributes().get(LinkAttributes.PROTINFO), BridgePort.SET),
                vlans);
    }
}
