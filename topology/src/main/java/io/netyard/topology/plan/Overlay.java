package io.netyard.topology.plan;

import io.netyard.netlink.message.Attribute;
import io.netyard.netlink.message.Attributes;
import io.netyard.netlink.route.LinkKind;
import io.netyard.topology.state.Resource;
import io.netyard.topology.state.Resource.Link;

/// Lays what is wanted of a resource over what is there. Attributes that the wanted side leaves out stay.
final class Overlay {
    private Overlay() {}

    /// The resource that results when `wanted` is set on `there`.
    static Resource on(Resource there, Resource wanted) {
        if (there instanceof Link before && wanted instanceof Link after) {
            return new Link(
                    after.node(),
                    after.name(),
                    before.index(),
                    after.up(),
                    after.parent(),
                    after.master(),
                    after.peer(),
                    on(before.attributes(), after.attributes()),
                    on(before.kind(), after.kind()));
        }
        return wanted;
    }

    /// The part of `there` that `wanted` speaks of: what has to be remembered to take the change back.
    static Resource covered(Resource there, Resource wanted) {
        if (there instanceof Link before && wanted instanceof Link after) {
            return new Link(
                    before.node(),
                    before.name(),
                    before.index(),
                    before.up(),
                    before.parent(),
                    before.master(),
                    before.peer(),
                    before.attributes().retaining(after.attributes()),
                    before.kind()
                            .withData(
                                    before.kind().data().retaining(after.kind().data())));
        }
        return there;
    }

    private static LinkKind on(LinkKind there, LinkKind wanted) {
        return there.withData(on(there.data(), wanted.data()));
    }

    private static Attributes on(Attributes there, Attributes wanted) {
        Attributes result = there;
        for (Attributes.Entry<?> entry : wanted) {
            result = with(result, entry);
        }
        return result;
    }

    private static <T> Attributes with(Attributes attributes, Attributes.Entry<T> entry) {
        Attribute<T> attribute = entry.attribute();
        return attributes.with(attribute, entry.value());
    }
}
