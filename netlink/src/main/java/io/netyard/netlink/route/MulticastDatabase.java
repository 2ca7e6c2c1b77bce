package io.netyard.netlink.route;

import io.netyard.net.IpAddress;
import io.netyard.netlink.message.Attribute;
import io.netyard.netlink.message.AttributeSet;
import io.netyard.netlink.message.Attributes;
import io.netyard.netlink.message.Codec;
import io.netyard.netlink.message.Octets;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/// What a bridge learned by snooping IGMP and MLD (`bridge -d -s mdb`): `RTM_NEWMDB`. Groups that are no IP
/// are left out.
///
/// ```text
/// br_port_msg    0 family u8   4 ifindex u32
/// br_mdb_entry   0 ifindex u32   4 state u8   5 flags u8   6 vid u16   8 address   24 protocol be16
/// ```
///
/// @param bridge the ifindex of the bridge
/// @param members ports with members of groups
/// @param routers ports with routers
public record MulticastDatabase(int bridge, List<Member> members, List<Router> routers) {
    static final int HEADER = 8;
    static final AttributeSet SET = new AttributeSet("mdb");
    static final AttributeSet ENTRIES = new AttributeSet("mdb-entries");
    static final AttributeSet ENTRY = new AttributeSet("mdb-entry");
    static final AttributeSet ENTRY_EXTRA = new AttributeSet("mdb-entry-extra");
    static final AttributeSet ROUTERS = new AttributeSet("mdb-routers");
    static final AttributeSet ROUTER_EXTRA = new AttributeSet("mdb-router-extra");

    private static final Attribute<Octets> MDB = SET.readOnly(1, "mdb", Codec.OCTETS);
    private static final Attribute<Octets> ROUTER = SET.readOnly(2, "router", Codec.OCTETS);
    private static final Attribute<Octets> MDB_ENTRY = ENTRIES.readOnly(1, "entry", Codec.OCTETS);
    private static final Attribute<Octets> ENTRY_INFO = ENTRY.readOnly(1, "info", Codec.OCTETS);
    private static final Attribute<Long> ENTRY_TIMER = ENTRY_EXTRA.readOnly(1, "timer", Codec.U32);
    private static final Attribute<Octets> ROUTER_PORT = ROUTERS.readOnly(1, "port", Codec.OCTETS);
    private static final Attribute<Long> INET_TIMER = ROUTER_EXTRA.readOnly(3, "inet-timer", Codec.U32);
    private static final Attribute<Long> INET6_TIMER = ROUTER_EXTRA.readOnly(4, "inet6-timer", Codec.U32);

    private static final int ENTRY_LENGTH = 28;
    private static final int ENTRY_VID = 6;
    private static final int ENTRY_ADDRESS = 8;
    private static final int ENTRY_PROTOCOL = 24;
    private static final int IPV4 = 0x0800;
    private static final int IPV6 = 0x86dd;

    public MulticastDatabase {
        members = List.copyOf(members);
        routers = List.copyOf(routers);
    }

    /// A port with members of a group.
    ///
    /// @param port its ifindex; that of the bridge for members on the machine itself
    /// @param vlan the VLAN, 0 on a bridge that knows none
    /// @param centisecondsLeft until the membership ends; 0 if it was set by hand
    public record Member(int port, int vlan, IpAddress group, long centisecondsLeft) {}

    /// A port with a router behind it. Linux says since 5.13 of which family it is; before, none is told.
    ///
    /// @param port its ifindex
    /// @param isIpv6 whether it was heard by IPv6
    /// @param centisecondsLeft until it is forgotten
    public record Router(int port, boolean isIpv6, long centisecondsLeft) {}

    static MulticastDatabase read(ByteBuffer message, int at, int end) {
        ByteBuffer buffer = Layout.MULTICAST.copy(message, at, end);
        Attributes attributes = Attributes.read(SET, buffer, HEADER, buffer.capacity());
        List<Member> members = new ArrayList<>();
        List<Router> routers = new ArrayList<>();
        each(
                attributes.get(MDB),
                ENTRIES,
                MDB_ENTRY,
                entry -> each(Optional.of(entry), ENTRY, ENTRY_INFO, info -> addMember(info, members)));
        each(attributes.get(ROUTER), ROUTERS, ROUTER_PORT, port -> addRouters(port, routers));
        return new MulticastDatabase(buffer.getInt(4), members, routers);
    }

    private static void each(
            Optional<Octets> nest, AttributeSet set, Attribute<Octets> wanted, Consumer<Octets> consumer) {
        if (nest.isPresent()) {
            ByteBuffer buffer = buffer(nest.get());
            for (Attributes.Entry<?> entry : Attributes.read(set, buffer, 0, buffer.capacity())) {
                if (entry.attribute() == wanted && entry.value() instanceof Octets octets) {
                    consumer.accept(octets);
                }
            }
        }
    }

    private static ByteBuffer buffer(Octets octets) {
        return ByteBuffer.wrap(octets.toBytes()).order(ByteOrder.nativeOrder());
    }

    private static void addMember(Octets info, List<Member> members) {
        ByteBuffer entry = buffer(info);
        if (entry.capacity() < ENTRY_LENGTH) {
            return;
        }
        int high = entry.get(ENTRY_PROTOCOL) & 0xff;
        int protocol = high << 8 | entry.get(ENTRY_PROTOCOL + 1) & 0xff;
        if (protocol != IPV4 && protocol != IPV6) {
            return;
        }
        byte[] address = new byte[protocol == IPV4 ? 4 : 16];
        entry.get(ENTRY_ADDRESS, address);
        Attributes extra = Attributes.read(ENTRY_EXTRA, entry, ENTRY_LENGTH, entry.capacity());
        members.add(new Member(
                entry.getInt(0),
                entry.getShort(ENTRY_VID) & 0xffff,
                IpAddress.ofBytes(address),
                extra.get(ENTRY_TIMER).orElse(0L)));
    }

    private static void addRouters(Octets port, List<Router> routers) {
        ByteBuffer buffer = buffer(port);
        if (buffer.capacity() < Integer.BYTES) {
            return;
        }
        Attributes extra = Attributes.read(ROUTER_EXTRA, buffer, Integer.BYTES, buffer.capacity());
        addRouter(buffer.getInt(0), false, extra.get(INET_TIMER).orElse(0L), routers);
        addRouter(buffer.getInt(0), true, extra.get(INET6_TIMER).orElse(0L), routers);
    }

    private static void addRouter(int port, boolean isIpv6, long left, List<Router> routers) {
        if (left != 0) {
            routers.add(new Router(port, isIpv6, left));
        }
    }
}
