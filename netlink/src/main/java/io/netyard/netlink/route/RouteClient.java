package io.netyard.netlink.route;

import io.netyard.linux.Errno;
import io.netyard.linux.NetworkNamespace;
import io.netyard.net.InterfaceName;
import io.netyard.netlink.NetlinkConnection;
import io.netyard.netlink.NetlinkException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/// The route family in one namespace: what there is, and changes to it. Used by one thread at a time; owned
/// by whoever opened it, and does not need the namespace's value after that. All methods throw
/// [NetlinkException] where the kernel refuses, and give up after 30 s. A listing that changes each of ten
/// times while it is read fails with `EINTR`.
public final class RouteClient implements AutoCloseable {
    private final NetlinkConnection connection;

    /// @param connection of the protocol [NetlinkConnection#ROUTE]; closed with the client
    public RouteClient(NetlinkConnection connection) {
        this.connection = connection;
    }

    /// Opens a connection in a namespace.
    ///
    /// @throws io.netyard.linux.LinuxException if no socket can be opened there
    public static RouteClient in(NetworkNamespace namespace) {
        return new RouteClient(NetlinkConnection.open(namespace, NetlinkConnection.ROUTE));
    }

    /// Carries out one request.
    ///
    /// @throws NetlinkException if the kernel refuses it
    public void execute(RouteRequest request) {
        connection.execute(request);
    }

    /// Carries out many requests with as few system calls as possible, each whether or not others fail.
    ///
    /// @return for each request empty, or why it failed
    public List<Optional<NetlinkException>> batch(List<? extends RouteRequest> requests) {
        return connection.batch(requests);
    }

    /// All links (`ip -d link`), with what they have counted: see [LinkCounters].
    public List<Link> links() {
        return dump(RouteRequest.Dump.LINKS, Types.NEW_LINK, Link::read);
    }

    /// The link of this name; empty if there is none.
    public Optional<Link> link(InterfaceName name) {
        List<Link> found = new ArrayList<>(1);
        try {
            connection.execute(
                    new RouteRequest.GetLink(name), (_, buffer, at, end) -> found.add(Link.read(buffer, at, end)));
        } catch (NetlinkException failure) {
            if (failure.errno() != Errno.ENODEV) {
                throw failure;
            }
        }
        return found.stream().findFirst();
    }

    /// All addresses of both families (`ip address`).
    public List<Address> addresses() {
        return dump(RouteRequest.Dump.ADDRESSES, Types.NEW_ADDRESS, Address::read);
    }

    /// All routes of both families and all tables, those that the kernel made included (`ip route show
    /// table all`).
    public List<Route> routes() {
        return routes(0);
    }

    /// The routes of both families and all tables that were added by a protocol (`ip route show table all
    /// proto static`). The kernel leaves the others out of its answer.
    ///
    /// @param protocol `RTPROT_…`, such as [Route#STATIC]
    public List<Route> routes(int protocol) {
        List<Route> routes =
                new ArrayList<>(dump(new RouteRequest.ReadRoutes(Family.INET, protocol), Types.NEW_ROUTE, Route::read));
        try {
            routes.addAll(dump(new RouteRequest.ReadRoutes(Family.INET6, protocol), Types.NEW_ROUTE, Route::read));
        } catch (NetlinkException failure) {
            // A kernel without IPv6 has no IPv6 routes.
            if (failure.errno() != Errno.EOPNOTSUPP) {
                throw failure;
            }
        }
        return routes;
    }

    /// All neighbours of both families (`ip neighbour`).
    public List<Neighbor> neighbors() {
        return dump(RouteRequest.Dump.NEIGHBORS, Types.NEW_NEIGHBOR, Neighbor::read);
    }

    /// All entries of all forwarding databases (`bridge fdb`).
    public List<Neighbor> fdb() {
        return dump(RouteRequest.Dump.FDB, Types.NEW_NEIGHBOR, Neighbor::read);
    }

    /// The same with what is known of each over time (`bridge -s fdb`).
    public List<ForwardingEntry> forwardingEntries() {
        return dump(RouteRequest.Dump.FDB, Types.NEW_NEIGHBOR, ForwardingEntry::read);
    }

    /// Parts of the multicast databases of all bridges (`bridge mdb`); a large one comes in several. A
    /// kernel without CONFIG_BRIDGE_IGMP_SNOOPING has none.
    public List<MulticastDatabase> multicastDatabases() {
        try {
            // The answer has the type of the question, unlike all others.
            return dump(RouteRequest.Dump.MDB, Types.GET_MDB, MulticastDatabase::read);
        } catch (NetlinkException failure) {
            if (failure.errno() != Errno.EOPNOTSUPP) {
                throw failure;
            }
            return List.of();
        }
    }

    /// The VLAN tables of all bridges and their ports (`bridge vlan`).
    public List<BridgeVlan> bridgeVlans() {
        List<BridgeVlan> vlans = new ArrayList<>();
        for (Link link : dump(RouteRequest.Dump.BRIDGE_VLANS, Types.NEW_LINK, Link::read)) {
            BridgeVlan.read(link, vlans::add);
        }
        return vlans;
    }

    /// The id that this namespace has for another one; empty if it has none yet.
    public OptionalInt namespaceId(NetworkNamespace other) {
        List<Integer> ids = new ArrayList<>(1);
        connection.execute(
                new RouteRequest.GetNamespaceId(other),
                (_, buffer, at, end) -> NamespaceId.read(buffer, at, end).ifPresent(ids::add));
        return ids.stream().mapToInt(Integer::intValue).findFirst();
    }

    private interface Reader<T> {
        T read(ByteBuffer buffer, int at, int end);
    }

    private <T> List<T> dump(RouteRequest request, int type, Reader<T> reader) {
        List<T> found = new ArrayList<>();
        connection.dump(request, found::clear, (answered, buffer, at, end) -> {
            if (answered == type) {
                found.add(reader.read(buffer, at, end));
            }
        });
        return found;
    }

    @Override
    public void close() {
        connection.close();
    }
}
