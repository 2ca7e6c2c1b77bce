package io.netyard.netlink.route;

import io.netyard.netlink.message.AttributeSet;
import io.netyard.netlink.message.Attributes;

/// An intermediate functional block: a device to queue what comes in at another (`ip link add type ifb`,
/// CONFIG_IFB).
///
/// @param data its attributes
public record Ifb(Attributes data) implements LinkKind {

    @Override
    public String kind() {
        return "ifb";
    }

    @Override
    public Ifb withData(Attributes changed) {
        return new Ifb(changed);
    }

    @Override
    public AttributeSet attributeSet() {
        return Kinds.NO_ATTRIBUTES;
    }
}
