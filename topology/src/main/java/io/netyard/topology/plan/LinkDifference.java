package io.netyard.topology.plan;

import io.netyard.netlink.message.Attributes;
import io.netyard.netlink.route.Bridge;
import io.netyard.netlink.route.Ipvlan;
import io.netyard.netlink.route.Macvlan;
import io.netyard.netlink.route.Macvtap;
import io.netyard.topology.state.Resource.Link;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// How a link that is there differs from the link that is wanted.
///
/// @param replace whether the kernel cannot change it in place
/// @param properties what differs, in words
public record LinkDifference(boolean replace, List<Property> properties) {
    /// One property that differs.
    ///
    /// @param name the kernel's or the topology file's name for it
    /// @param before the value that is there; empty if none
    /// @param after the value that is wanted; empty if none
    public record Property(String name, Optional<String> before, Optional<String> after) {}

    /// Compares what `wanted` says with what is there.
    public static LinkDifference between(Link there, Link wanted) {
        List<Property> properties = new ArrayList<>();
        boolean otherKind = !there.kind().kind().equals(wanted.kind().kind());
        if (otherKind) {
            properties.add(new Property(
                    "kind",
                    Optional.of(there.kind().kind()),
                    Optional.of(wanted.kind().kind())));
        }
        addIfDifferent(properties, "parent", there.parent(), wanted.parent());
        addIfDifferent(properties, "peer", there.peer(), wanted.peer());
        if (!otherKind) {
            addAll(properties, there.kind().data(), wanted.kind().data());
        }
        boolean replace = otherKind || (!properties.isEmpty() && !changesInPlace(there, wanted));
        addIfDifferent(properties, "master", there.master(), wanted.master());
        addAll(properties, there.attributes(), wanted.attributes());
        if (there.up() != wanted.up()) {
            properties.add(new Property("up", Optional.of(yesNo(there.up())), Optional.of(yesNo(wanted.up()))));
        }
        return new LinkDifference(replace, properties);
    }

    /// Whether there is none.
    public boolean isEmpty() {
        return properties.isEmpty();
    }

    /// The kernel changes the data of these kinds on a living device; of the others not, or not all of it.
    private static boolean changesInPlace(Link there, Link wanted) {
        boolean sameNeighbours =
                there.parent().equals(wanted.parent()) && there.peer().equals(wanted.peer());
        return sameNeighbours
                && switch (wanted.kind()) {
                    case Bridge _, Macvlan _, Macvtap _, Ipvlan _ -> true;
                    default -> false;
                };
    }

    private static void addAll(List<Property> properties, Attributes there, Attributes wanted) {
        for (Attributes.Difference<?> difference : there.differencesFrom(wanted)) {
            properties.add(new Property(
                    difference.attribute().name(),
                    difference.before().map(Object::toString),
                    Optional.of(difference.after().toString())));
        }
    }

    private static void addIfDifferent(List<Property> properties, String name, Optional<?> there, Optional<?> wanted) {
        if (!there.equals(wanted)) {
            properties.add(new Property(name, there.map(Object::toString), wanted.map(Object::toString)));
        }
    }

    private static String yesNo(boolean value) {
        return value ? "yes" : "no";
    }
}
