package io.netyard.topology.plan;

import io.netyard.net.InterfaceName;
import io.netyard.topology.state.NetworkState;
import io.netyard.topology.state.Resource;
import io.netyard.topology.state.Resource.Address;
import io.netyard.topology.state.Resource.BridgeVlan;
import io.netyard.topology.state.Resource.FdbEntry;
import io.netyard.topology.state.Resource.Link;
import io.netyard.topology.state.Resource.Namespace;
import io.netyard.topology.state.Resource.Route;
import io.netyard.topology.state.Resource.Sysctl;
import io.netyard.topology.state.Resource.UserPort;
import io.netyard.topology.state.Resource.UserSwitch;
import io.netyard.topology.state.ResourceId;
import io.netyard.topology.state.Tunnel;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// One subtraction of an observed state from a desired one. Used once.
///
/// First it finds the interfaces that go: those that are not wanted, those that have to be replaced, and
/// all that the kernel takes along with them (the peer of a veth, children of a parent). Whatever lies on
/// them goes too and is made again if it is wanted. The rest is a comparison resource by resource.
final class Subtraction {
    private final NetworkState desired;
    private final NetworkState observed;
    private final Set<ResourceId> goingLinks = new HashSet<>();
    private final Set<String> goingNamespaces = new HashSet<>();
    private int nextIndex;

    /// Ifindexes start here, above those of the devices that kernel modules put into every new namespace.
    private static final int FIRST_INDEX = 101;

    Subtraction(NetworkState desired, NetworkState observed) {
        this.desired = desired;
        this.observed = observed;
        this.nextIndex = Math.max(FIRST_INDEX, observed.highestIndex() + 1);
    }

    Plan plan() {
        findGoingNamespaces();
        findGoingLinks();
        List<Change> changes = new ArrayList<>();
        addDeletes(changes);
        addCreatesAndUpdates(changes);
        return new Plan(changes);
    }

    private void findGoingNamespaces() {
        for (Resource resource : observed.resources()) {
            if (resource instanceof Namespace && !desired.contains(resource.id())) {
                goingNamespaces.add(resource.node());
            }
        }
    }

    private void findGoingLinks() {
        for (Resource resource : observed.resources()) {
            if (resource instanceof Link there && goesByItself(there)) {
                goingLinks.add(there.id());
            }
        }
        boolean grew = !goingLinks.isEmpty();
        while (grew) {
            grew = false;
            for (Resource resource : observed.resources()) {
                if (resource instanceof Link there && !goingLinks.contains(there.id()) && goesWithAnother(there)) {
                    goingLinks.add(there.id());
                    grew = true;
                }
            }
        }
    }

    private boolean goesByItself(Link there) {
        if (goingNamespaces.contains(there.node())) {
            return true;
        }
        Optional<Link> wanted = desired.link(there.id());
        if (wanted.isEmpty() || LinkDifference.between(there, wanted.get()).replace()) {
            return true;
        }
        // A pair is made by one request, so an end whose other end is missing has to be made again.
        return wanted.get().peer().isPresent()
                && observed.link(wanted.get().peer().get().id()).isEmpty();
    }

    private boolean goesWithAnother(Link there) {
        boolean withParent = there.parent().isPresent()
                && goingLinks.contains(
                        new Resource.LinkEnd(there.node(), there.parent().get()).id());
        boolean withPeer = there.peer().isPresent()
                && goingLinks.contains(there.peer().get().id());
        Optional<Resource.LinkEnd> wantedPeer = desired.link(there.id()).flatMap(Link::peer);
        boolean withWantedPeer =
                wantedPeer.isPresent() && goingLinks.contains(wantedPeer.get().id());
        return withParent || withPeer || withWantedPeer;
    }

    private void addDeletes(List<Change> changes) {
        List<Resource> going = new ArrayList<>();
        for (Resource resource : observed.resources()) {
            if (goes(resource)) {
                going.add(resource);
            }
        }
        for (Resource resource : Ordering.usersFirst(going)) {
            changes.add(new Change.Delete(resource));
        }
    }

    private boolean goes(Resource resource) {
        if (goingNamespaces.contains(resource.node())) {
            return true;
        }
        return switch (resource) {
            case Namespace _ -> false;
            case Link link -> goingLinks.contains(link.id());
            // A key that is no longer spoken of keeps its value: there is no other value that one could say
            // it should have.
            case Sysctl sysctl ->
                sysctl.interfaceName()
                        .map(name -> goesWith(sysctl.node(), name.value()))
                        .orElse(false);
            case Address address -> goesWith(address.node(), address.port().value()) || !desired.contains(address.id());
            case BridgeVlan vlan -> goesWith(vlan.node(), vlan.port().value()) || !desired.contains(vlan.id());
            case FdbEntry entry -> goesWith(entry.node(), entry.port().value()) || !desired.contains(entry.id());
            case UserSwitch user -> isReplaced(user.id());
            case UserPort port -> lostInterface(port) || !desired.contains(port.id()) || isReplaced(switchOf(port));
            case Route route ->
                route.dev().map(dev -> goesWith(route.node(), dev.value())).orElse(false)
                        || !desired.get(route.id()).equals(Optional.of(route));
        };
    }

    /// Whether a switch is not wanted as it is, and cannot become what is wanted.
    private boolean isReplaced(ResourceId id) {
        return !(observed.get(id).orElse(null) instanceof UserSwitch there
                && desired.get(id).orElse(null) instanceof UserSwitch wanted
                && there.becomes(wanted));
    }

    private static ResourceId switchOf(UserPort port) {
        return new ResourceId(port.node(), ResourceId.Kind.USER_SWITCH, port.switchName());
    }

    /// Whether the interface that it stands on goes, or went: what comes in its place is another one, even
    /// if the port has not noticed yet.
    private boolean lostInterface(UserPort port) {
        Optional<InterfaceName> name =
                port.device() instanceof Tunnel tunnel ? tunnel.underlay() : Optional.of(port.port());
        return name.map(each -> new Resource.LinkEnd(port.node(), each).id())
                .filter(id -> goingLinks.contains(id) || !observed.contains(id))
                .isPresent();
    }

    private boolean goesWith(String node, String interfaceName) {
        return goingLinks.contains(new ResourceId(node, ResourceId.Kind.LINK, interfaceName));
    }

    private void addCreatesAndUpdates(List<Change> changes) {
        for (Resource wanted : Ordering.usedFirst(desired.resources())) {
            Optional<Resource> there = observed.get(wanted.id());
            if (there.isEmpty() || goes(there.get())) {
                changes.add(new Change.Create(wanted instanceof Link link ? withIndex(link) : wanted));
            } else if (differs(there.get(), wanted)) {
                changes.add(new Change.Update(
                        Overlay.covered(withoutGoingMaster(there.get(), wanted), wanted),
                        keepIndex(there.get(), wanted)));
            }
        }
    }

    private boolean differs(Resource there, Resource wanted) {
        if (there instanceof Link link && wanted instanceof Link wantedLink) {
            Link now = (Link) withoutGoingMaster(link, wantedLink);
            return !LinkDifference.between(now, wantedLink).isEmpty();
        }
        return !there.equals(wanted);
    }

    /// A bridge that is replaced lets go of its ports, so those that stay have to be attached again.
    private Resource withoutGoingMaster(Resource resource, Resource wanted) {
        if (resource instanceof Link link
                && wanted instanceof Link later
                && later.master().isPresent()
                && link.master().isPresent()
                && goesWith(link.node(), link.master().get().value())) {
            return new Link(
                    link.node(),
                    link.name(),
                    link.index(),
                    link.up(),
                    link.parent(),
                    Optional.empty(),
                    link.peer(),
                    link.attributes(),
                    link.kind());
        }
        return resource;
    }

    private static Resource keepIndex(Resource there, Resource wanted) {
        return there instanceof Link before && wanted instanceof Link after ? after.withIndex(before.index()) : wanted;
    }

    private Link withIndex(Link link) {
        return link.index() != 0 ? link : link.withIndex(nextIndex++);
    }
}
