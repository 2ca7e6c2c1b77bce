package io.netyard.netlink.route;

import io.netyard.netlink.message.AttributeSet;
import io.netyard.netlink.message.Attributes;

/// One end of a virtual Ethernet cable (`ip link add type veth`, CONFIG_VETH). The other end is the peer of
/// its [LinkSpec].
///
/// @param data its attributes
public record Veth(Attributes data) implements LinkKind {

    @Override
    public String kind() {
        return "veth";
    }

    @Override
    public Veth withData(Attributes changed) {
        return new Veth(changed);
    }

    @Override
    public AttributeSet attributeSet() {
        return Kinds.NO_ATTRIBUTES;
    }
}
