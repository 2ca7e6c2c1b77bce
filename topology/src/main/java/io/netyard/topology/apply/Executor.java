package io.netyard.topology.apply;

import io.netyard.linux.Errno;
import io.netyard.linux.Failpoint;
import io.netyard.netlink.NetlinkException;
import io.netyard.netlink.message.Attributes;
import io.netyard.netlink.route.Bridge;
import io.netyard.netlink.route.LinkAttributes;
import io.netyard.netlink.route.LinkKind;
import io.netyard.netlink.route.LinkSpec;
import io.netyard.netlink.route.Physical;
import io.netyard.netlink.route.RouteRequest;
import io.netyard.netlink.route.Tun;
import io.netyard.topology.observe.UserSwitches;
import io.netyard.topology.plan.Change;
import io.netyard.topology.plan.Plan;
import io.netyard.topology.state.NetworkState;
import io.netyard.topology.state.Resource;
import io.netyard.topology.state.Resource.Link;
import io.netyard.topology.state.Resource.LinkEnd;
import io.netyard.topology.state.ResourceId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Carries out a plan. Used once.
///
/// Requests for one node are sent together, since a system call costs more than a request. There are two
/// queues for each node: `now` makes, changes and removes links, and is sent before anything that depends
/// on another node; `later` finishes links and puts on them what belongs there, and is sent at the end.
final class Executor {
    private final NodeKernels kernels;
    private final UserSwitches switches;
    private final StopWatch watch;
    private final Indexes indexes = new Indexes();
    private final Map<String, List<Step>> now = new LinkedHashMap<>();
    private final Map<String, List<Step>> later = new LinkedHashMap<>();
    private final Map<String, Map<String, String>> sysctls = new LinkedHashMap<>();
    private final Map<LinkEnd, Link> toMake = new HashMap<>();

    /// Sysctls of interfaces, which other interfaces may lie on.
    private final Map<LinkEnd, Map<String, String>> settingsOf = new HashMap<>();

    private final Set<String> goingNamespaces = new HashSet<>();

    /// Ends that were made, or removed, along with their peers.
    private final Set<LinkEnd> done = new HashSet<>();

    /// Ends that a request in the queue of another node makes.
    private final Set<LinkEnd> madeElsewhere = new HashSet<>();

    private final List<Resource> goingSwitches = new ArrayList<>();
    private final List<Resource> comingSwitches = new ArrayList<>();

    /// @param removes whether it is done as well if there is nothing to remove
    private record Step(RouteRequest request, ResourceId id, boolean removes) {
        private static final Set<Errno> ABSENT = Set.of(Errno.ENODEV, Errno.ENOENT, Errno.ESRCH, Errno.EADDRNOTAVAIL);

        /// An address that is there already is the kernel's own, which it gave to an interface that came
        /// up: 127.0.0.1, or one that autoconfiguration made. Reading back says whether it is as wanted.
        boolean isDoneDespite(NetlinkException failure) {
            return removes
                    ? ABSENT.contains(failure.errno())
                    : request instanceof RouteRequest.ChangeAddress && failure.errno() == Errno.EEXIST;
        }
    }

    /// What may be sent together without regard to order between nodes.
    private enum Stage {
        REMOVE,
        REMOVE_NAMESPACES,
        MAKE_NAMESPACES,
        MAKE_LINKS,
        FURNISH;

        static Stage of(Change change) {
            return switch (change) {
                case Change.Delete(Resource resource) ->
                    resource instanceof Resource.Namespace ? REMOVE_NAMESPACES : REMOVE;
                case Change.Create(Resource resource) -> of(resource);
                case Change.Update update -> of(update.after());
            };
        }

        private static Stage of(Resource resource) {
            return switch (resource) {
                case Resource.Namespace _ -> MAKE_NAMESPACES;
                case Resource.Sysctl sysctl -> sysctl.interfaceName().isEmpty() ? MAKE_NAMESPACES : FURNISH;
                case Link _ -> MAKE_LINKS;
                default -> FURNISH;
            };
        }
    }

    /// @param observed what is there before the plan: it says which ifindex an interface has
    /// @param watch asked before each batch of requests
    Executor(NodeKernels kernels, UserSwitches switches, NetworkState observed, StopWatch watch) {
        this.kernels = kernels;
        this.switches = switches;
        this.watch = watch;
        for (Resource resource : observed.resources()) {
            if (resource instanceof Link link) {
                indexes.put(link);
            }
        }
    }

    /// Carries out all steps.
    ///
    /// @throws LabException at the first that fails; those before it, and others that were sent with it,
    ///     are done
    void execute(Plan plan) {
        lookAhead(plan);
        Stage stage = Stage.REMOVE;
        for (Change change : plan.changes()) {
            Stage next = Stage.of(change);
            if (next != stage) {
                removeSwitches();
                send(now);
                writeSysctls();
                stage = next;
            }
            switch (change) {
                case Change.Create create -> create(create.resource());
                case Change.Delete delete -> delete(delete.resource());
                case Change.Update update -> update(update.before(), update.after());
            }
        }
        removeSwitches();
        send(now);
        writeSysctls();
        send(later);
        if (!comingSwitches.isEmpty()) {
            Failpoint.pass("switches.put");
            watch.check();
            switches.put(comingSwitches);
            Failpoint.pass("switches.running");
        }
        goingNamespaces.forEach(kernels::setAside);
    }

    private void removeSwitches() {
        if (!goingSwitches.isEmpty()) {
            Failpoint.pass("switches.remove");
            switches.remove(goingSwitches);
            goingSwitches.clear();
        }
    }

    private void lookAhead(Plan plan) {
        for (Change change : plan.changes()) {
            if (change instanceof Change.Create(Link link)) {
                toMake.put(link.end(), link);
            } else if (change instanceof Change.Create(Resource.Sysctl sysctl)
                    && sysctl.interfaceName().isPresent()) {
                LinkEnd end = new LinkEnd(sysctl.node(), sysctl.interfaceName().get());
                settingsOf.computeIfAbsent(end, _ -> new HashMap<>()).put(sysctl.key(), sysctl.value());
            } else if (change instanceof Change.Delete(Resource.Namespace namespace)) {
                goingNamespaces.add(namespace.node());
            }
        }
    }

    private void create(Resource resource) {
        switch (resource) {
            case Resource.Namespace namespace -> {
                watch.check();
                kernels.create(namespace.node());
            }
            case Resource.Sysctl sysctl -> put(sysctl);
            case Link link -> create(link);
            case Resource.UserSwitch _, Resource.UserPort _ -> comingSwitches.add(resource);
            default -> add(later, resource, RouteRequests.add(resource, indexes));
        }
    }

    private void update(Resource before, Resource after) {
        switch (after) {
            case Resource.Sysctl sysctl -> put(sysctl);
            case Link link -> update((Link) before, link);
            case Resource.UserSwitch _, Resource.UserPort _ -> comingSwitches.add(after);
            // Adding a VLAN that is there changes its flags.
            default -> add(later, after, RouteRequests.add(after, indexes));
        }
    }

    private void delete(Resource resource) {
        if (resource instanceof Resource.UserSwitch || resource instanceof Resource.UserPort) {
            goingSwitches.add(resource);
        } else if (resource instanceof Link link) {
            delete(link);
        } else if (!goingNamespaces.contains(resource.node()) && !(resource instanceof Resource.Sysctl)) {
            remove(resource, RouteRequests.remove(resource, indexes));
        }
    }

    private void remove(Resource resource, RouteRequest request) {
        now.computeIfAbsent(resource.node(), _ -> new ArrayList<>()).add(new Step(request, resource.id(), true));
    }

    /// A link goes with its namespace, and a veth with its peer. A pair of which one end stays behind is
    /// removed by that end, at once; the kernel takes its time with namespaces.
    private void delete(Link link) {
        boolean goesWithNamespace = goingNamespaces.contains(link.node());
        boolean goesWithPeer = done.remove(link.end());
        if (!goesWithNamespace && !goesWithPeer && !(link.kind() instanceof Physical)) {
            remove(link, RouteRequest.DeleteLink.one(link.index()));
            link.peer().ifPresent(done::add);
        }
    }

    private void create(Link link) {
        indexes.put(link);
        if (link.kind() instanceof Physical) {
            finish(link, false, false);
            return;
        }
        if (link.kind() instanceof Tun) {
            createTap(link);
            return;
        }
        if (done.remove(link.end())) {
            return;
        }
        Optional<Link> peer = link.peer().map(toMake::get);
        if (peer.isEmpty()) {
            createSingle(link);
            return;
        }
        done.add(peer.get().end());
        // The end that is a port makes the pair, so that its request can name the bridge.
        if (peer.get().master().isPresent() && link.master().isEmpty()) {
            createPair(peer.get(), link);
        } else {
            createPair(link, peer.get());
        }
    }

    private void createPair(Link maker, Link other) {
        indexes.put(maker);
        indexes.put(other);
        LinkSpec peer = spec(other, other.attributes(), other.kind(), false)
                .in(kernels.get(other.node()).namespace());
        LinkSpec spec = spec(maker, withMaster(maker), maker.kind(), maker.up()).withPeer(peer);
        add(now, maker, new RouteRequest.CreateLink(spec));
        finish(maker, maker.up(), true);
        finish(other, false, false);
        madeElsewhere.add(other.end());
    }

    /// A TAP device is made by a system call of its own, and dressed by netlink before it is made to stay.
    private void createTap(Link link) {
        RouteRequest dress = set(link, link.attributes().settable().without(LinkAttributes.IFALIAS));
        Failpoint.pass("tap.make");
        kernels.get(link.node()).makeTap(link.name(), link.index(), () -> {
            Failpoint.pass("tap.dress");
            sendTogether(link.node(), List.of(new Step(dress, link.id(), false)));
            Failpoint.pass("tap.stay");
        });
        finish(link, false, true);
    }

    private void createSingle(Link link) {
        Attributes attributes = withMaster(link);
        LinkKind kind = asNew(link.kind());
        if (link.parent().isPresent()) {
            LinkEnd lower = new LinkEnd(link.node(), link.parent().get());
            Map<String, String> settings = settingsOf.getOrDefault(lower, Map.of());
            if (madeElsewhere.contains(lower) || !settings.isEmpty()) {
                send(now);
            }
            if (!settings.isEmpty()) {
                // VXLAN over IPv6 needs IPv6 on its lower device when it is made.
                kernels.get(link.node()).writeSysctls(settings);
                settingsOf.remove(lower);
            }
            int parent = indexes.get(link.node(), link.parent().get());
            if (kind.lowerDevice().isPresent()) {
                kind = kind.withData(kind.data().with(kind.lowerDevice().get(), parent));
            } else {
                attributes = attributes.with(LinkAttributes.LINK, parent);
            }
        }
        // A VLAN cannot come up before its parent, which may be an end that comes up later.
        boolean up = link.up() && link.parent().isEmpty();
        add(now, link, new RouteRequest.CreateLink(spec(link, attributes, kind, up)));
        finish(link, up, true);
    }

    /// A new bridge does not filter VLANs, and a kernel that cannot filter refuses to be told so.
    private static LinkKind asNew(LinkKind kind) {
        Attributes data = kind.data().settable();
        boolean filters = data.get(Bridge.VLAN_FILTERING).orElse(false);
        return kind.withData(filters ? data : data.without(Bridge.VLAN_FILTERING));
    }

    private static LinkSpec spec(Link link, Attributes attributes, LinkKind kind, boolean up) {
        // The kernel takes an alias in a request of its own alone.
        return new LinkSpec(
                link.name(),
                link.index(),
                up,
                attributes.settable().without(LinkAttributes.IFALIAS),
                kind,
                Optional.empty(),
                Optional.empty());
    }

    private Attributes withMaster(Link link) {
        return link.attributes().with(LinkAttributes.MASTER, link.master().map(name -> indexes.get(link.node(), name)));
    }

    /// Does to a new link what its creating request could not say.
    private void finish(Link link, boolean isUp, boolean hasMaster) {
        if (link.master().isPresent() && !hasMaster) {
            add(later, link, setMaster(link));
        }
        Optional<String> alias = link.attributes().get(LinkAttributes.IFALIAS);
        if (alias.isPresent()) {
            add(later, link, set(link, Attributes.EMPTY.with(LinkAttributes.IFALIAS, alias.get())));
        }
        if (link.up() && !isUp) {
            add(later, link, RouteRequest.SetLink.up(link.index(), true));
        }
    }

    /// One request for each property: of a request with several the kernel may carry out some and refuse
    /// the rest.
    private void update(Link before, Link after) {
        for (Attributes.Difference<?> difference : before.attributes().differencesFrom(after.attributes())) {
            add(now, after, set(after, difference.asAttributes()));
        }
        for (Attributes.Difference<?> difference :
                before.kind().data().differencesFrom(after.kind().data())) {
            add(
                    now,
                    after,
                    RouteRequest.SetLink.data(after.index(), after.kind().withData(difference.asAttributes())));
        }
        if (!before.master().equals(after.master())) {
            add(later, after, setMaster(after));
        }
        if (before.up() != after.up()) {
            add(later, after, RouteRequest.SetLink.up(after.index(), after.up()));
        }
    }

    private static RouteRequest set(Link link, Attributes attributes) {
        return RouteRequest.SetLink.attributes(link.index(), attributes);
    }

    private RouteRequest setMaster(Link link) {
        int master = link.master().isPresent()
                ? indexes.get(link.node(), link.master().get())
                : 0;
        return set(link, Attributes.EMPTY.with(LinkAttributes.MASTER, master));
    }

    private void put(Resource.Sysctl sysctl) {
        sysctls.computeIfAbsent(sysctl.node(), _ -> new LinkedHashMap<>()).put(sysctl.key(), sysctl.value());
    }

    private void writeSysctls() {
        sysctls.forEach((node, values) -> kernels.get(node).writeSysctls(values));
        sysctls.clear();
    }

    private static void add(Map<String, List<Step>> queue, Resource resource, RouteRequest request) {
        queue.computeIfAbsent(resource.node(), _ -> new ArrayList<>()).add(new Step(request, resource.id(), false));
    }

    private void send(Map<String, List<Step>> queue) {
        for (Map.Entry<String, List<Step>> entry : queue.entrySet()) {
            send(entry.getKey(), entry.getValue());
        }
        queue.clear();
        madeElsewhere.clear();
    }

    private void send(String node, List<Step> steps) {
        watch.check();
        if (Failpoint.ON) {
            // One at a time, so that a test can end the run between any two.
            for (Step step : steps) {
                Failpoint.pass("kernel.request");
                sendTogether(node, List.of(step));
            }
            return;
        }
        sendTogether(node, steps);
    }

    private void sendTogether(String node, List<Step> steps) {
        List<RouteRequest> requests = new ArrayList<>(steps.size());
        for (Step step : steps) {
            requests.add(step.request());
        }
        List<Optional<NetlinkException>> results = kernels.get(node).client().batch(requests);
        for (int at = 0; at < results.size(); at++) {
            Step step = steps.get(at);
            Optional<NetlinkException> failure = results.get(at).filter(each -> !step.isDoneDespite(each));
            if (failure.isPresent()) {
                throw new LabException(step.id() + ": " + failure.get().getMessage(), failure.get());
            }
        }
    }
}
