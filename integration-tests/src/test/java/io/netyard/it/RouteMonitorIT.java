package io.netyard.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netyard.linux.Errno;
import io.netyard.linux.LinuxException;
import io.netyard.linux.NetworkNamespace;
import io.netyard.net.InterfaceName;
import io.netyard.net.IpPrefix;
import io.netyard.netlink.Event;
import io.netyard.netlink.EventMonitor;
import io.netyard.netlink.NetlinkConnection;
import io.netyard.netlink.message.Attributes;
import io.netyard.netlink.route.Address;
import io.netyard.netlink.route.Bridge;
import io.netyard.netlink.route.BridgeMember;
import io.netyard.netlink.route.Link;
import io.netyard.netlink.route.LinkAttributes;
import io.netyard.netlink.route.LinkSpec;
import io.netyard.netlink.route.Neighbor;
import io.netyard.netlink.route.Route;
import io.netyard.netlink.route.RouteClient;
import io.netyard.netlink.route.RouteEvent;
import io.netyard.netlink.route.RouteEvent.Changed;
import io.netyard.netlink.route.RouteEvent.Deleted;
import io.netyard.netlink.route.RouteGroup;
import io.netyard.netlink.route.RouteMonitor;
import io.netyard.netlink.route.RouteRequest;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// What iproute2 changes, in the one namespace `mon`, the monitor has to tell.
@Timeout(60)
class RouteMonitorIT {
    private static final Duration SOON = Duration.ofSeconds(5);
    private static final int LINK_GROUP = 1;

    private NetworkNamespace namespace = NetworkNamespace.current();

    @BeforeEach
    void open() {
        namespace.close();
        Tool.run("ip", "netns", "add", "mon");
        namespace = NetworkNamespace.open(Path.of("/run/netns/mon"));
    }

    @AfterEach
    void delete() {
        namespace.close();
        Tool.run("ip", "netns", "delete", "mon");
    }

    private RouteMonitor monitor() {
        return RouteMonitor.open(namespace, EnumSet.allOf(RouteGroup.class));
    }

    /// Takes events until one is as wanted.
    private static RouteEvent await(RouteMonitor monitor, Predicate<RouteEvent> wanted) {
        List<RouteEvent> others = new ArrayList<>();
        while (true) {
            Optional<RouteEvent> event = monitor.next(SOON);
            assertThat(event).as("none that is wanted, but " + others).isPresent();
            if (wanted.test(event.get())) {
                return event.get();
            }
            others.add(event.get());
        }
    }

    private static void ip(String arguments) {
        Tool.in("mon", ("ip " + arguments).split(" "));
    }

    @Test
    void tellsOfLinksThatAreMadeChangedAndDeleted() {
        try (RouteMonitor monitor = monitor()) {
            ip("link add br0 type bridge");
            await(
                    monitor,
                    event -> event instanceof Changed(Link link)
                            && link.name().value().equals("br0")
                            && link.kind() instanceof Bridge
                            && !link.isUp());
            ip("link set br0 mtu 1400");
            await(
                    monitor,
                    event -> event instanceof Changed(Link link)
                            && link.attributes().get(LinkAttributes.MTU).orElseThrow() == 1400);
            ip("link set br0 up");
            await(monitor, event -> event instanceof Changed(Link link) && link.isUp());
            ip("link delete br0");
            await(
                    monitor,
                    event -> event instanceof Deleted(Link link)
                            && link.name().value().equals("br0"));
        }
    }

    @Test
    void tellsAPortThatLeavesItsBridgeFromALinkThatIsGone() {
        ip("link add br0 type bridge");
        ip("link add p0 type veth peer name p1");
        try (RouteMonitor monitor = monitor()) {
            ip("link set p0 master br0");
            await(
                    monitor,
                    event -> event instanceof Changed(BridgeMember member)
                            && member.name().value().equals("p0")
                            && member.bridge().isPresent()
                            && !member.port().isEmpty());
            ip("link set p0 nomaster");
            RouteEvent left = await(
                    monitor,
                    event -> event instanceof Deleted(var object)
                            && (object instanceof BridgeMember || object instanceof Link));
            assertThat(left)
                    .isInstanceOfSatisfying(
                            Deleted.class, event -> assertThat(event.object()).isInstanceOf(BridgeMember.class));
        }
    }

    @Test
    void tellsOfAddressesRoutesAndNeighbours() {
        ip("link add br0 type bridge");
        ip("link set br0 up");
        try (RouteMonitor monitor = monitor()) {
            ip("address add 10.0.0.1/24 dev br0");
            await(
                    monitor,
                    event -> event instanceof Changed(Address address)
                            && address.prefix().equals(IpPrefix.parse("10.0.0.1/24")));
            IpPrefix far = IpPrefix.parse("10.7.0.0/16");
            ip("route add 10.7.0.0/16 via 10.0.0.254");
            await(
                    monitor,
                    event -> event instanceof Changed(Route route)
                            && route.destination().equals(far));
            ip("route delete 10.7.0.0/16");
            await(
                    monitor,
                    event -> event instanceof Deleted(Route route)
                            && route.destination().equals(far));
            ip("neighbour add 10.0.0.9 dev br0 lladdr 02:00:00:00:00:09");
            await(
                    monitor,
                    event -> event instanceof Changed(Neighbor neighbor)
                            && neighbor.mac().map(Object::toString).equals(Optional.of("02:00:00:00:00:09")));
            ip("neighbour delete 10.0.0.9 dev br0");
            await(monitor, event -> event instanceof Deleted(Neighbor _));
            ip("address delete 10.0.0.1/24 dev br0");
            await(
                    monitor,
                    event -> event instanceof Deleted(Address address)
                            && address.prefix().equals(IpPrefix.parse("10.0.0.1/24")));
        }
    }

    @Test
    @Tag("F16")
    void saysThatEventsWereLostAndGoesOnRightAfterThat() {
        try (RouteMonitor monitor = RouteMonitor.open(namespace, EnumSet.of(RouteGroup.LINKS), 4096);
                RouteClient client = RouteClient.in(namespace)) {
            for (int number = 0; number < 50; number++) {
                client.execute(new RouteRequest.CreateLink(
                        LinkSpec.of(new InterfaceName("b" + number), new Bridge(Attributes.EMPTY))));
            }
            TreeMap<Integer, String> known = new TreeMap<>();
            await(monitor, event -> event instanceof RouteEvent.Lost);
            client.links().forEach(link -> known.put(link.index(), link.name().value()));
            client.execute(RouteRequest.DeleteLink.one(
                    client.link(new InterfaceName("b7")).orElseThrow().index()));
            for (Optional<RouteEvent> event = monitor.next(SOON);
                    event.isPresent();
                    event = monitor.next(Duration.ofMillis(200))) {
                switch (event.get()) {
                    case Changed(Link link) ->
                        known.put(link.index(), link.name().value());
                    case Deleted(Link link) -> known.remove(link.index());
                    default -> {}
                }
            }
            TreeMap<Integer, String> there = new TreeMap<>();
            client.links().forEach(link -> there.put(link.index(), link.name().value()));
            assertThat(known).doesNotContainValue("b7").isEqualTo(there);
            assertThat(known.values()).filteredOn(name -> name.startsWith("b")).hasSize(49);
        }
    }

    @Test
    void waitsNoLongerThanItIsTold() {
        try (RouteMonitor monitor = monitor()) {
            long start = System.nanoTime();
            assertThat(monitor.next(Duration.ofMillis(50))).isEmpty();
            assertThat(monitor.next(Duration.ZERO)).isEmpty();
            assertThat(Duration.ofNanos(System.nanoTime() - start))
                    .isBetween(Duration.ofMillis(50), Duration.ofSeconds(5));
        }
    }

    @Test
    void endsAWaitWhenItIsClosedByAnotherThread() throws Exception {
        RouteMonitor monitor = monitor();
        CompletableFuture<Optional<RouteEvent>> waiting = new CompletableFuture<>();
        Thread reader = Thread.ofPlatform().start(() -> waiting.complete(monitor.next(Duration.ofMinutes(1))));
        TimeUnit.MILLISECONDS.sleep(100);
        assertThat(waiting).isNotDone();
        monitor.close();
        assertThat(waiting.get(5, TimeUnit.SECONDS)).contains(new RouteEvent.Closed());
        reader.join();
        monitor.close();
        assertThat(monitor.next(SOON)).contains(new RouteEvent.Closed());
    }

    @Test
    void handsOutPlainMessagesOfAnyProtocol() {
        try (EventMonitor monitor =
                EventMonitor.open(namespace, NetlinkConnection.ROUTE, EventMonitor.DEFAULT_BUFFER, LINK_GROUP)) {
            ip("link add br0 type bridge");
            Event event = monitor.next(SOON).orElseThrow();
            assertThat(event).isInstanceOf(Event.Message.class);
            assertThat(RouteEvent.of(event)).get().isInstanceOf(Changed.class);
        }
        assertThatThrownBy(() -> EventMonitor.open(namespace, NetlinkConnection.ROUTE, 4096, 9999))
                .isInstanceOf(LinuxException.class)
                .extracting(failure -> ((LinuxException) failure).errno())
                .isEqualTo(Errno.EINVAL);
    }
}
