package io.netyard.netlink.route;

import io.netyard.netlink.Event;
import io.netyard.netlink.message.MalformedMessageException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;

/// What a [RouteMonitor] hands out.
public sealed interface RouteEvent {
    /// Something was made, or is not as it was (`RTM_NEW…`). The kernel does not say which, and may say it
    /// of what did not change at all.
    ///
    /// @param object what it is now
    record Changed(RouteObject object) implements RouteEvent {}

    /// Something is there no more (`RTM_DEL…`).
    ///
    /// @param object what it was at last
    record Deleted(RouteObject object) implements RouteEvent {}

    /// The kernel asks whether somebody knows an address (`RTM_GETNEIGH`): a VXLAN interface with
    /// [Vxlan#L2MISS] or [Vxlan#L3MISS], or a neighbour table with `app_solicit`.
    ///
    /// @param neighbor what is known of it
    record Wanted(Neighbor neighbor) implements RouteEvent {}

    /// Events were dropped: what is known has to be read again, see [Event.Lost].
    record Lost() implements RouteEvent {}

    /// The monitor was closed, see [Event.Closed].
    record Closed() implements RouteEvent {}

    /// The event with its object; empty for a message about something else.
    ///
    /// @throws MalformedMessageException if the message makes no sense
    static Optional<RouteEvent> of(Event event) {
        return switch (event) {
            case Event.Lost() -> Optional.of(new Lost());
            case Event.Closed() -> Optional.of(new Closed());
            case Event.Message message -> of(message);
        };
    }

    private static Optional<RouteEvent> of(Event.Message message) {
        ByteBuffer payload = ByteBuffer.wrap(message.payload().toBytes()).order(ByteOrder.nativeOrder());
        return switch (message.type()) {
            case Types.NEW_LINK -> Optional.of(new Changed(link(payload)));
            case Types.DELETE_LINK -> Optional.of(new Deleted(link(payload)));
            case Types.NEW_ADDRESS -> Optional.of(new Changed(Address.read(payload, 0, payload.capacity())));
            case Types.DELETE_ADDRESS -> Optional.of(new Deleted(Address.read(payload, 0, payload.capacity())));
            case Types.NEW_ROUTE -> Optional.of(new Changed(Route.read(payload, 0, payload.capacity())));
            case Types.DELETE_ROUTE -> Optional.of(new Deleted(Route.read(payload, 0, payload.capacity())));
            case Types.NEW_NEIGHBOR -> Optional.of(new Changed(Neighbor.read(payload, 0, payload.capacity())));
            case Types.DELETE_NEIGHBOR -> Optional.of(new Deleted(Neighbor.read(payload, 0, payload.capacity())));
            case Types.GET_NEIGHBOR -> Optional.of(new Wanted(Neighbor.read(payload, 0, payload.capacity())));
            default -> Optional.empty();
        };
    }

    private static RouteObject link(ByteBuffer payload) {
        boolean isOfBridge = payload.capacity() > 0 && (payload.get(0) & 0xff) == Family.BRIDGE;
        return isOfBridge
                ? BridgeMember.read(payload, 0, payload.capacity())
                : Link.read(payload, 0, payload.capacity());
    }
}
