package io.netyard.netlink.route;

import io.netyard.netlink.message.Attribute;
import io.netyard.netlink.message.AttributeSet;
import io.netyard.netlink.message.Attributes;
import io.netyard.netlink.message.Codec;

/// A device with IP addresses of its own and the MAC address of its parent (`ip link add link PARENT type
/// ipvlan`, CONFIG_IPVLAN).
///
/// @param data its attributes
public record Ipvlan(Attributes data) implements LinkKind {
    static final AttributeSet SET = new AttributeSet("ipvlan");

    /// `IFLA_IPVLAN_MODE`: at which layer it switches.
    public static final Attribute<IpvlanMode> MODE = SET.settable(1, "mode", IpvlanMode.CODEC);

    /// `IFLA_IPVLAN_FLAGS`: 0 bridge, bit 0 private, bit 1 VEPA.
    public static final Attribute<Integer> FLAGS = SET.settable(2, "flags", Codec.U16);

    @Override
    public String kind() {
        return "ipvlan";
    }

    @Override
    public Ipvlan withData(Attributes changed) {
        return new Ipvlan(changed);
    }

    @Override
    public AttributeSet attributeSet() {
        return SET;
    }
}
