package io.netyard.topology.plan;

import io.netyard.topology.state.Resource;
import io.netyard.topology.state.ResourceId;

/// One step of a plan. Its postcondition is that the state holds what the step names: after a create or an
/// update every wanted attribute of the resource, after a delete no resource of that identity.
public sealed interface Change {
    /// What it changes.
    ResourceId id();

    /// The step that takes this one back.
    Change inverse();

    /// A resource that is not there yet.
    record Create(Resource resource) implements Change {
        @Override
        public ResourceId id() {
            return resource.id();
        }

        @Override
        public Change inverse() {
            return new Delete(resource);
        }
    }

    /// A resource that is there and should not be.
    record Delete(Resource resource) implements Change {
        @Override
        public ResourceId id() {
            return resource.id();
        }

        @Override
        public Change inverse() {
            return new Create(resource);
        }
    }

    /// A resource that stays, with other attributes. Both sides have one identity and one type.
    record Update(Resource before, Resource after) implements Change {
        public Update {
            if (!before.id().equals(after.id())) {
                throw new IllegalArgumentException(before.id() + " cannot become " + after.id());
            }
        }

        @Override
        public ResourceId id() {
            return after.id();
        }

        @Override
        public Change inverse() {
            return new Update(after, before);
        }
    }
}
