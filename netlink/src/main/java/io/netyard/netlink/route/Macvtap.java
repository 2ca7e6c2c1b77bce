package io.netyard.netlink.route;

import io.netyard.netlink.message.AttributeSet;
import io.netyard.netlink.message.Attributes;

/// A macvlan whose packets a program reads and writes (`ip link add link PARENT type macvtap`,
/// CONFIG_MACVTAP).
///
/// @param data its attributes, which are those of a [Macvlan]
public record Macvtap(Attributes data) implements LinkKind {

    @Override
    public String kind() {
        return "macvtap";
    }

    @Override
    public Macvtap withData(Attributes changed) {
        return new Macvtap(changed);
    }

    @Override
    public AttributeSet attributeSet() {
        return Macvlan.SET;
    }
}
