package io.netyard.topology.state;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What the kernels of a lab hold, or should hold. Immutable.
public final class NetworkState {
    /// No resources at all: the state of a lab that does not exist.
    public static final NetworkState EMPTY = new NetworkState(new LinkedHashMap<>(), 0);

    private final Map<ResourceId, Resource> resources;
    private final int highestIndex;

    private NetworkState(Map<ResourceId, Resource> resources, int highestIndex) {
        this.resources = Collections.unmodifiableMap(resources);
        this.highestIndex = highestIndex;
    }

    /// A state of these resources, in this order.
    ///
    /// @throws IllegalArgumentException if two of them have one identity
    public static NetworkState of(Collection<? extends Resource> resources) {
        return of(resources, 0);
    }

    /// The same beside interfaces that are not the lab's.
    ///
    /// @param highestIndex the highest ifindex of those
    public static NetworkState of(Collection<? extends Resource> resources, int highestIndex) {
        Map<ResourceId, Resource> byId = LinkedHashMap.newLinkedHashMap(resources.size());
        for (Resource resource : resources) {
            if (byId.put(resource.id(), resource) != null) {
                throw new IllegalArgumentException("two resources are " + resource.id());
            }
        }
        return new NetworkState(byId, highestIndex);
    }

    /// All resources.
    public Collection<Resource> resources() {
        return resources.values();
    }

    /// All resources of one type.
    public <T extends Resource> List<T> resources(Class<T> type) {
        List<T> found = new ArrayList<>();
        for (Resource resource : resources.values()) {
            if (type.isInstance(resource)) {
                found.add(type.cast(resource));
            }
        }
        return found;
    }

    /// The resource of this identity.
    public Optional<Resource> get(ResourceId id) {
        return Optional.ofNullable(resources.get(id));
    }

    /// The interface of this identity.
    public Optional<Resource.Link> link(ResourceId id) {
        return resources.get(id) instanceof Resource.Link link ? Optional.of(link) : Optional.empty();
    }

    /// Whether there is a resource of this identity.
    public boolean contains(ResourceId id) {
        return resources.containsKey(id);
    }

    /// The highest ifindex that is taken, be it by an interface of the lab or by one that is not part of
    /// this state; 0 if there is none. Two states may differ in it and be equal.
    public int highestIndex() {
        int highest = highestIndex;
        for (Resource resource : resources.values()) {
            if (resource instanceof Resource.Link link) {
                highest = Math.max(highest, link.index());
            }
        }
        return highest;
    }

    /// Whether there is nothing.
    public boolean isEmpty() {
        return resources.isEmpty();
    }

    @Override
    public boolean equals(Object object) {
        return object instanceof NetworkState other && resources.equals(other.resources);
    }

    @Override
    public int hashCode() {
        return resources.hashCode();
    }

    @Override
    public String toString() {
        return resources.values().toString();
    }
}
