package io.netyard.netlink.route;

import io.netyard.netlink.message.AttributeSet;
import io.netyard.netlink.message.Attributes;

/// A device that takes every packet and drops it (`ip link add type dummy`, CONFIG_DUMMY).
///
/// @param data its attributes
public record Dummy(Attributes data) implements LinkKind {

    @Override
    public String kind() {
        return "dummy";
    }

    @Override
    public Dummy withData(Attributes changed) {
        return new Dummy(changed);
    }

    @Override
    public AttributeSet attributeSet() {
        return Kinds.NO_ATTRIBUTES;
    }
}
