package io.netyard.netlink.route;

import io.netyard.linux.LinuxException;
import io.netyard.linux.NetworkNamespace;
import io.netyard.netlink.Event;
import io.netyard.netlink.EventMonitor;
import io.netyard.netlink.NetlinkConnection;
import io.netyard.netlink.message.MalformedMessageException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;

/// Listens to changes of links, addresses, routes and neighbours in one namespace (`ip monitor`). How a
/// state is kept by it, and who may call what, says [EventMonitor].
///
/// ```java
/// try (RouteMonitor monitor = RouteMonitor.open(namespace, EnumSet.of(RouteGroup.LINKS))) {
///     switch (monitor.next(Duration.ofSeconds(10)).orElseThrow()) {
///         case RouteEvent.Changed(Link link) -> …
///         case RouteEvent.Deleted(Link link) -> …
///         case RouteEvent.Lost() -> …
///         default -> {}
///     }
/// }
/// ```
public final class RouteMonitor implements AutoCloseable {
    private final EventMonitor monitor;

    private RouteMonitor(EventMonitor monitor) {
        this.monitor = monitor;
    }

    /// Opens a monitor with a buffer of [EventMonitor#DEFAULT_BUFFER].
    public static RouteMonitor open(NetworkNamespace namespace, Set<RouteGroup> groups) {
        return open(namespace, groups, EventMonitor.DEFAULT_BUFFER);
    }

    /// Opens a monitor.
    ///
    /// @param bufferSize octets of waiting events, see [EventMonitor#open]
    /// @throws LinuxException if the socket cannot be had
    public static RouteMonitor open(NetworkNamespace namespace, Set<RouteGroup> groups, int bufferSize) {
        int[] numbers = groups.stream()
                .map(RouteGroup::numbers)
                .flatMapToInt(Arrays::stream)
                .toArray();
        return new RouteMonitor(EventMonitor.open(namespace, NetlinkConnection.ROUTE, bufferSize, numbers));
    }

    /// Waits for the next event.
    ///
    /// @param limit how long; zero takes what is there
    /// @return empty when the time is over
    /// @throws MalformedMessageException if the kernel sent what makes no sense; the next call goes on
    ///     after it
    public Optional<RouteEvent> next(Duration limit) {
        long end = System.nanoTime() + limit.toNanos();
        while (true) {
            Optional<Event> event = monitor.next(Duration.ofNanos(Math.max(0, end - System.nanoTime())));
            if (event.isEmpty()) {
                return Optional.empty();
            }
            Optional<RouteEvent> typed = RouteEvent.of(event.get());
            if (typed.isPresent()) {
                return typed;
            }
        }
    }

    /// Ends the monitor. A thread that waits gets [RouteEvent.Closed] at once.
    @Override
    public void close() {
        monitor.close();
    }
}
