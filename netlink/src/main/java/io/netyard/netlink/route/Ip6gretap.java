package io.netyard.netlink.route;

import io.netyard.netlink.message.Attribute;
import io.netyard.netlink.message.AttributeSet;
import io.netyard.netlink.message.Attributes;
import java.util.Optional;

/// A tunnel of GRE for frames over IPv6 (`ip link add type ip6gretap`, CONFIG_IPV6_GRE).
///
/// @param data its attributes, which are those of a [Gretap]
public record Ip6gretap(Attributes data) implements LinkKind {
    @Override
    public Optional<Attribute<Integer>> lowerDevice() {
        return Optional.of(Gretap.LINK);
    }

    @Override
    public String kind() {
        return "ip6gretap";
    }

    @Override
    public Ip6gretap withData(Attributes changed) {
        return new Ip6gretap(changed);
    }

    @Override
    public AttributeSet attributeSet() {
        return Gretap.SET;
    }
}
