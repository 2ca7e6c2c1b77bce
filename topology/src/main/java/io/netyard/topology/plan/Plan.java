package io.netyard.topology.plan;

import io.netyard.topology.state.NetworkState;
import io.netyard.topology.state.Resource;
import io.netyard.topology.state.ResourceId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// An ordered list of changes that takes one state to another. Whoever executes it needs to look at nothing
/// else.
///
/// The order is: what goes, users before what they use; namespaces that go; namespaces that come, with
/// their sysctls; interfaces, parents before children; what lies on interfaces: VLAN tables, forwarding
/// entries, addresses, routes.
///
/// @param changes the steps
public record Plan(List<Change> changes) {
    public Plan {
        changes = List.copyOf(changes);
    }

    /// Desired minus observed.
    ///
    /// Only what the desired state says counts: attributes that it leaves out stay as they are. New
    /// interfaces get ifindexes that no interface in `observed` has. The plan of a state and itself is
    /// empty.
    public static Plan between(NetworkState desired, NetworkState observed) {
        return new Subtraction(desired, observed).plan();
    }

    /// Whether there is nothing to do.
    public boolean isEmpty() {
        return changes.isEmpty();
    }

    /// The plan that takes this one back.
    public Plan inverse() {
        List<Change> reversed = new ArrayList<>(changes.size());
        for (Change change : changes.reversed()) {
            reversed.add(change.inverse());
        }
        return new Plan(reversed);
    }

    /// The state that this plan leads to, worked out without a kernel.
    ///
    /// @throws IllegalArgumentException if a step does not fit: it creates what is there, or deletes or
    ///     updates what is not
    public NetworkState appliedTo(NetworkState state) {
        Map<ResourceId, Resource> resources = new LinkedHashMap<>();
        for (Resource resource : state.resources()) {
            resources.put(resource.id(), resource);
        }
        for (Change change : changes) {
            boolean fits = switch (change) {
                case Change.Create create -> resources.put(create.id(), create.resource()) == null;
                case Change.Delete delete -> resources.remove(delete.id()) != null;
                case Change.Update update ->
                    resources.computeIfPresent(update.id(), (_, there) -> Overlay.on(there, update.after())) != null;
            };
            if (!fits) {
                throw new IllegalArgumentException("the state does not fit the step " + change);
            }
        }
        return NetworkState.of(resources.values());
    }
}
