package io.netyard.topology.plan;

import io.netyard.net.VlanId;
import io.netyard.topology.plan.LinkDifference.Property;
import io.netyard.topology.state.Resource.UserPort;
import io.netyard.topology.state.Tunnel;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// How a port of a switch in user space that is there differs from the one that is wanted, in words.
public final class PortDifference {
    private final List<Property> properties = new ArrayList<>();

    private PortDifference() {}

    /// What differs, property by property.
    public static List<Property> between(UserPort there, UserPort wanted) {
        PortDifference difference = new PortDifference();
        difference.add("pvid", word(there.vlans().pvid()), word(wanted.vlans().pvid()));
        difference.add(
                "untagged",
                vlans(there.vlans().untagged()),
                vlans(wanted.vlans().untagged()));
        difference.add(
                "tagged", vlans(there.vlans().tagged()), vlans(wanted.vlans().tagged()));
        difference.add(
                "tpid",
                hexadecimal(there.vlans().tpid()),
                hexadecimal(wanted.vlans().tpid()));
        if (there.device() instanceof Tunnel before && wanted.device() instanceof Tunnel after) {
            difference.compare(before, after);
        } else {
            difference.add("device", device(there.device()), device(wanted.device()));
        }
        return List.copyOf(difference.properties);
    }

    private void compare(Tunnel before, Tunnel after) {
        add(
                "kind",
                Optional.of(before.protocol().toString()),
                Optional.of(after.protocol().toString()));
        add("id", Optional.of("" + before.id()), Optional.of("" + after.id()));
        add("local", word(before.local()), word(after.local()));
        add("underlay", word(before.underlay()), word(after.underlay()));
        add("remotes", words(before.remotes()), words(after.remotes()));
        add("udp-port", Optional.of("" + before.udpPort()), Optional.of("" + after.udpPort()));
        add("learning", Optional.of("" + before.learning()), Optional.of("" + after.learning()));
        add("ttl", word(before.ttl()), word(after.ttl()));
        add("flow-id", Optional.of("" + before.flowId()), Optional.of("" + after.flowId()));
        add("mtu", Optional.of("" + before.mtu()), Optional.of("" + after.mtu()));
    }

    private void add(String name, Optional<String> before, Optional<String> after) {
        if (!before.equals(after)) {
            properties.add(new Property(name, before, after));
        }
    }

    private static Optional<String> device(UserPort.Device device) {
        return Optional.of(
                switch (device) {
                    case Tunnel tunnel -> tunnel.protocol().toString();
                    case UserPort.OnInterface.PACKET -> "packet socket";
                    case UserPort.OnInterface.TAP -> "tap";
                });
    }

    private static Optional<String> word(Optional<?> value) {
        return value.map(Object::toString);
    }

    private static Optional<String> words(Set<?> values) {
        return values.isEmpty()
                ? Optional.empty()
                : Optional.of(values.stream().map(Object::toString).collect(Collectors.joining(" ")));
    }

    private static Optional<String> vlans(Set<VlanId> vlans) {
        return words(vlans);
    }

    private static Optional<String> hexadecimal(int tpid) {
        return tpid == UserPort.Vlans.NO_TPID ? Optional.empty() : Optional.of("0x" + Integer.toHexString(tpid));
    }
}
