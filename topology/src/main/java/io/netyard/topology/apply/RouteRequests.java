package io.netyard.topology.apply;

import io.netyard.net.IpAddress;
import io.netyard.netlink.message.Attributes;
import io.netyard.netlink.route.Address;
import io.netyard.netlink.route.BridgeVlan;
import io.netyard.netlink.route.Neighbor;
import io.netyard.netlink.route.Route;
import io.netyard.netlink.route.RouteRequest;
import io.netyard.netlink.route.RouteRequest.ChangeRoute;
import io.netyard.topology.state.Resource;
import java.util.List;
import java.util.Optional;

/// The requests that put on a link, or take from it, what one request can.
final class RouteRequests {
    /// Of a route that is removed: whoever put it there.
    private static final int ANY_PROTOCOL = 0;

    private RouteRequests() {}

    static RouteRequest add(Resource resource, Indexes indexes) {
        return change(resource, indexes, true);
    }

    static RouteRequest remove(Resource resource, Indexes indexes) {
        return change(resource, indexes, false);
    }

    private static RouteRequest change(Resource resource, Indexes indexes, boolean add) {
        return switch (resource) {
            case Resource.BridgeVlan vlan -> vlan(vlan, indexes.get(vlan.node(), vlan.port()), add);
            case Resource.FdbEntry entry ->
                new RouteRequest.ChangeNeighbor(
                        Neighbor.vxlanEntry(indexes.get(entry.node(), entry.port()), entry.mac(), entry.remote()), add);
            case Resource.Address address ->
                new RouteRequest.ChangeAddress(address(address, indexes.get(address.node(), address.port())), add);
            case Resource.Route route ->
                new ChangeRoute(
                        route(route, indexes, add ? Route.STATIC : ANY_PROTOCOL),
                        add ? ChangeRoute.Change.ADD : ChangeRoute.Change.REMOVE);
            case Resource.Namespace _, Resource.Sysctl _, Resource.Link _, Resource.UserSwitch _, Resource.UserPort _ ->
                throw new IllegalArgumentException(resource.id() + " is not put on a link by one request");
        };
    }

    private static RouteRequest vlan(Resource.BridgeVlan vlan, int index, boolean add) {
        BridgeVlan entry = new BridgeVlan(index, vlan.vlan(), vlan.pvid(), vlan.untagged());
        return new RouteRequest.ChangeBridgeVlans(index, vlan.isOfBridge(), List.of(entry), add);
    }

    /// The file says which addresses there are, and its checks that no two are the same: duplicate address
    /// detection would only keep IPv6 addresses from working for the first seconds.
    private static Address address(Resource.Address address, int index) {
        Address wanted = Address.of(index, address.prefix());
        return address.prefix().address().isV4() ? wanted : wanted.withFlags(Address.NODAD);
    }

    private static Route route(Resource.Route route, Indexes indexes, int protocol) {
        Optional<Integer> index = route.dev().map(dev -> indexes.get(route.node(), dev));
        Optional<IpAddress> via = route.via();
        List<Route.NextHop> hops = index.isEmpty() && via.isEmpty()
                ? List.of()
                : List.of(new Route.NextHop(index.orElse(0), via, route.onlink(), 1));
        int scope = via.isPresent()
                        || route.type().discards()
                        || !route.destination().address().isV4()
                ? 0
                : Route.SCOPE_LINK;
        return new Route(
                route.destination(),
                route.type(),
                hops,
                route.source(),
                route.table(),
                protocol,
                scope,
                route.metric(),
                Attributes.EMPTY);
    }
}
