package io.netyard.netlink.route;

import io.netyard.linux.NetworkNamespace;
import io.netyard.net.InterfaceName;
import io.netyard.netlink.Request;
import io.netyard.netlink.message.AttributeSet;
import io.netyard.netlink.message.Attributes;
import io.netyard.netlink.message.MessageWriter;
import io.netyard.netlink.message.Netlink;
import java.util.List;

/// The requests of the route family. Each is a value that can be put into a batch.
public sealed interface RouteRequest extends Request {
    @Override
    default int flags() {
        return 0;
    }

    @Override
    default int familyHeaderLength() {
        return Layout.of(type()).headerLength();
    }

    @Override
    default AttributeSet attributes() {
        return Layout.of(type()).attributes();
    }

    /// Makes a link (`ip link add`). Everything is in the one request, so that a failure leaves nothing
    /// behind.
    record CreateLink(LinkSpec spec) implements RouteRequest {
        @Override
        public int type() {
            return Types.NEW_LINK;
        }

        @Override
        public int flags() {
            return Netlink.F_CREATE | Netlink.F_EXCL;
        }

        @Override
        public void write(MessageWriter writer) {
            spec.write(writer);
        }

        @Override
        public String operation() {
            return "create " + spec.kind().kind() + " " + spec.name();
        }
    }

    /// Changes a link (`ip link set`). What the kernel refuses may leave the attributes before it changed,
    /// so it is best to set one at a time.
    ///
    /// @param linkFlags the `IFF_…` bits to set
    /// @param change the `IFF_…` bits that `linkFlags` speaks of; the others stay as they are
    /// @param kind what it is, if its data changes; else [Physical]
    record SetLink(int index, int linkFlags, int change, Attributes changed, LinkKind kind) implements RouteRequest {
        /// Brings a link up or down.
        public static SetLink up(int index, boolean up) {
            return new SetLink(index, up ? Link.UP : 0, Link.UP, Attributes.EMPTY, new Physical(Attributes.EMPTY));
        }

        /// Changes attributes that every link has.
        public static SetLink attributes(int index, Attributes changed) {
            return new SetLink(index, 0, 0, changed, new Physical(Attributes.EMPTY));
        }

        /// Changes attributes of the link's kind.
        public static SetLink data(int index, LinkKind changed) {
            return new SetLink(index, 0, 0, Attributes.EMPTY, changed);
        }

        @Override
        public int type() {
            return Types.NEW_LINK;
        }

        @Override
        public void write(MessageWriter writer) {
            Link.writeHeader(writer, 0, index, linkFlags, change);
            writer.attributes(changed);
            if (!kind.kind().isEmpty()) {
                int info = writer.startNest(LinkAttributes.LINKINFO.number());
                writer.attribute(LinkInfo.KIND, kind.kind());
                int data = writer.startNest(LinkInfo.DATA.number());
                writer.attributes(kind.data());
                writer.endNest(data);
                writer.endNest(info);
            }
        }

        @Override
        public String operation() {
            String what = change == 0 ? changed + " " + kind.data() : linkFlags == 0 ? "down" : "up";
            return "set interface " + index + " " + what.strip();
        }
    }

    /// Changes a bridge port (`bridge link set`).
    record SetBridgePort(int index, Attributes changed) implements RouteRequest {
        @Override
        public int type() {
            return Types.SET_LINK;
        }

        @Override
        public void write(MessageWriter writer) {
            Link.writeHeader(writer, Family.BRIDGE, index, 0, 0);
            int port = writer.startNest(LinkAttributes.PROTINFO.number());
            writer.attributes(changed);
            writer.endNest(port);
        }

        @Override
        public String operation() {
            return "set bridge port " + index + " " + changed;
        }
    }

    /// Removes a link (`ip link delete`), or with index 0 all links of a group (`ip link delete group`),
    /// which is far faster than one by one. Group 0, the default of all links, is refused here too.
    record DeleteLink(int index, int group) implements RouteRequest {
        public DeleteLink {
            if (index == 0 && group == 0) {
                throw new IllegalArgumentException("group 0 holds every link that nobody put into a group");
            }
        }

        /// Removes one link.
        public static DeleteLink one(int index) {
            return new DeleteLink(index, 0);
        }

        @Override
        public int type() {
            return Types.DELETE_LINK;
        }

        @Override
        public void write(MessageWriter writer) {
            Link.writeHeader(writer, 0, index, 0, 0);
            if (index == 0) {
                writer.attribute(LinkAttributes.GROUP, group);
            }
        }

        @Override
        public String operation() {
            return index == 0 ? "delete interfaces of group " + group : "delete interface " + index;
        }
    }

    /// Adds or removes VLANs of a bridge port or a bridge (`bridge vlan add|del`).
    ///
    /// @param self whether `index` is the bridge itself
    /// @param vlans all of the link `index`; adding one that is there changes its flags
    record ChangeBridgeVlans(int index, boolean self, List<BridgeVlan> vlans, boolean add) implements RouteRequest {
        private static final int SELF = 2;

        public ChangeBridgeVlans {
            vlans = List.copyOf(vlans);
        }

        @Override
        public int type() {
            return add ? Types.SET_LINK : Types.DELETE_LINK;
        }

        @Override
        public void write(MessageWriter writer) {
            Link.writeHeader(writer, Family.BRIDGE, index, 0, 0);
            int spec = writer.startNest(LinkAttributes.AF_SPEC.number());
            if (self) {
                writer.attribute(BridgeVlan.FLAGS, SELF);
            }
            for (BridgeVlan vlan : vlans) {
                writer.attribute(BridgeVlan.INFO, vlan.info());
            }
            writer.endNest(spec);
        }

        @Override
        public String operation() {
            StringBuilder ids = new StringBuilder();
            vlans.forEach(vlan -> ids.append(ids.isEmpty() ? "" : ", ").append(vlan.vlan()));
            return (add ? "add VLAN " : "remove VLAN ") + ids + " of interface " + index;
        }
    }

    /// Adds or removes an address (`ip address add|del`).
    record ChangeAddress(Address address, boolean add) implements RouteRequest {
        @Override
        public int type() {
            return add ? Types.NEW_ADDRESS : Types.DELETE_ADDRESS;
        }

        @Override
        public int flags() {
            return add ? Netlink.F_CREATE | Netlink.F_EXCL : 0;
        }

        @Override
        public void write(MessageWriter writer) {
            address.write(writer);
        }

        @Override
        public String operation() {
            return (add ? "add address " : "remove address ") + address.prefix() + " of interface " + address.index();
        }
    }

    /// Adds, replaces or removes a route (`ip route add|replace|del`).
    record ChangeRoute(Route route, Change change) implements RouteRequest {
        /// What to do with it.
        public enum Change {
            /// Fails if there is one to the same destination with the same metric.
            ADD,
            /// Takes the place of one to the same destination with the same metric.
            REPLACE,
            /// Fails if there is none.
            REMOVE
        }

        @Override
        public int type() {
            return change == Change.REMOVE ? Types.DELETE_ROUTE : Types.NEW_ROUTE;
        }

        @Override
        public int flags() {
            return switch (change) {
                case ADD -> Netlink.F_CREATE | Netlink.F_EXCL;
                case REPLACE -> Netlink.F_CREATE | Netlink.F_REPLACE;
                case REMOVE -> 0;
            };
        }

        @Override
        public void write(MessageWriter writer) {
            route.write(writer);
        }

        @Override
        public String operation() {
            return change.name().toLowerCase(java.util.Locale.ROOT) + " route to " + route.destination();
        }
    }

    /// Adds or removes a neighbour or an entry of a forwarding database (`ip neighbour add|del`, `bridge
    /// fdb append|del`).
    record ChangeNeighbor(Neighbor neighbor, boolean add) implements RouteRequest {
        @Override
        public int type() {
            return add ? Types.NEW_NEIGHBOR : Types.DELETE_NEIGHBOR;
        }

        @Override
        public int flags() {
            boolean several = neighbor.isFdb() && neighbor.destination().isPresent();
            return !add ? 0 : Netlink.F_CREATE | (several ? Netlink.F_APPEND : Netlink.F_EXCL);
        }

        @Override
        public void write(MessageWriter writer) {
            neighbor.write(writer);
        }

        @Override
        public String operation() {
            return (add ? "add " : "remove ")
                    + (neighbor.isFdb() ? "forwarding entry " : "neighbour ")
                    + neighbor.mac().map(mac -> mac + " ").orElse("")
                    + neighbor.destination().map(Object::toString).orElse("")
                    + " of interface "
                    + neighbor.index();
        }
    }

    /// Reads one link by name (`ip link show NAME`).
    record GetLink(InterfaceName name) implements RouteRequest {
        @Override
        public int type() {
            return Types.GET_LINK;
        }

        @Override
        public void write(MessageWriter writer) {
            Link.writeHeader(writer, 0, 0, 0, 0);
            writer.attribute(LinkAttributes.IFNAME, name.value());
            writer.attribute(LinkAttributes.EXT_MASK, Types.SKIP_STATS);
        }

        @Override
        public String operation() {
            return "read interface " + name;
        }
    }

    /// Asks for the id that the connection's namespace has for another one (`RTM_GETNSID`); -1 for none.
    record GetNamespaceId(NetworkNamespace namespace) implements RouteRequest {
        @Override
        public int type() {
            return Types.GET_NAMESPACE_ID;
        }

        @Override
        public void write(MessageWriter writer) {
            writer.u32(0);
            writer.attribute(NamespaceId.DESCRIPTOR, namespace.descriptor().number());
        }

        @Override
        public String operation() {
            return "ask for the id of " + namespace;
        }
    }

    /// Reads the routes of one family, of all tables (`ip -4 route show table all`).
    ///
    /// @param protocol only those that were added by it (`RTPROT_…`); 0 for all
    record ReadRoutes(int family, int protocol) implements RouteRequest {
        @Override
        public int type() {
            return Types.GET_ROUTE;
        }

        @Override
        public void write(MessageWriter writer) {
            writer.u8(family).u8(0).u16(0).u8(0).u8(protocol).u16(0).u32(0);
        }

        @Override
        public String operation() {
            return "read routes";
        }
    }

    /// Reads everything of a kind.
    enum Dump implements RouteRequest {
        /// All links (`ip -d link`).
        LINKS(Types.GET_LINK, 0, Types.SKIP_STATS, "read interfaces"),
        /// The VLAN tables of all bridges and their ports (`bridge vlan`).
        BRIDGE_VLANS(Types.GET_LINK, Family.BRIDGE, Types.BRIDGE_VLANS, "read bridge VLANs"),
        /// All addresses of both families (`ip address`).
        ADDRESSES(Types.GET_ADDRESS, 0, 0, "read addresses"),
        /// All neighbours of both families (`ip neighbour`).
        NEIGHBORS(Types.GET_NEIGHBOR, 0, 0, "read neighbours"),
        /// The forwarding databases of all bridges and VXLAN interfaces (`bridge fdb`).
        FDB(Types.GET_NEIGHBOR, Family.BRIDGE, 0, "read forwarding databases"),
        /// The multicast databases of all bridges (`bridge mdb`).
        MDB(Types.GET_MDB, Family.BRIDGE, 0, "read multicast databases");

        private final int type;
        private final int family;
        private final int extensions;
        private final String operation;

        Dump(int type, int family, int extensions, String operation) {
            this.type = type;
            this.family = family;
            this.extensions = extensions;
            this.operation = operation;
        }

        @Override
        public int type() {
            return type;
        }

        /// Strict checking wants all of the header but the family to be zero.
        @Override
        public void write(MessageWriter writer) {
            writer.u8(family).u8(0).u16(0);
            for (int at = Integer.BYTES; at < familyHeaderLength(); at += Integer.BYTES) {
                writer.u32(0);
            }
            if (extensions != 0) {
                writer.attribute(LinkAttributes.EXT_MASK, extensions);
            }
        }

        @Override
        public String operation() {
            return operation;
        }
    }
}
