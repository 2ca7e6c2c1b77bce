package io.netyard.netlink.route;

import io.netyard.netlink.message.Attribute;
import io.netyard.netlink.message.AttributeSet;
import io.netyard.netlink.message.Attributes;
import io.netyard.netlink.message.Codec;
import io.netyard.netlink.message.Octets;

/// One end of a virtual Ethernet cable (`ip link add type veth`, CONFIG_VETH). The other end is the peer of
/// its [LinkSpec].
///
/// @param data its attributes
public record Veth(Attributes data) implements LinkKind {
    static final AttributeSet SET = new AttributeSet("veth");

    /// `VETH_INFO_PEER`: an `ifinfomsg` and the attributes of the other end; only in the request that makes
    /// both.
    static final Attribute<Octets> PEER = SET.settable(1, "peer", Codec.OCTETS);

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
        return SET;
    }
}
