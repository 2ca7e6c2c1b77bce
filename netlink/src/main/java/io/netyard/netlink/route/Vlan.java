package io.netyard.netlink.route;

import io.netyard.netlink.message.Attribute;
import io.netyard.netlink.message.AttributeSet;
import io.netyard.netlink.message.Attributes;
import io.netyard.netlink.message.Codec;
import io.netyard.netlink.message.Octets;

/// An 802.1Q or 802.1ad subinterface (`ip link add link PARENT type vlan`, CONFIG_VLAN_8021Q).
///
/// @param data its attributes
public record Vlan(Attributes data) implements LinkKind {
    static final AttributeSet SET = new AttributeSet("vlan");

    /// `IFLA_VLAN_ID`: the VLAN identifier, 0 to 4094.
    public static final Attribute<Integer> ID = SET.settable(1, "id", Codec.U16);

    /// `IFLA_VLAN_FLAGS`: the flags of `struct ifla_vlan_flags`: 1 reorder header, 2 GVRP, 4 loose binding,
    /// 8 MVRP, 16 bridge binding. A request sets all of them.
    public static final Attribute<Long> FLAGS = SET.settable(2, "flags", Codec.maskedFlags(0x1f));

    /// `IFLA_VLAN_EGRESS_QOS`: nested `struct ifla_vlan_qos_mapping`: skb priority to PCP.
    public static final Attribute<Octets> EGRESS_QOS = SET.settable(3, "egress-qos", Codec.OCTETS);

    /// `IFLA_VLAN_INGRESS_QOS`: nested `struct ifla_vlan_qos_mapping`: PCP to skb priority.
    public static final Attribute<Octets> INGRESS_QOS = SET.settable(4, "ingress-qos", Codec.OCTETS);

    /// `IFLA_VLAN_PROTOCOL`: the TPID: 0x8100 (802.1Q) or 0x88a8 (802.1ad).
    public static final Attribute<Integer> PROTOCOL = SET.settable(5, "protocol", Codec.BE16);

    /// The TPID of a customer tag (IEEE 802.1Q clause 9.5).
    public static final int DOT1Q = 0x8100;

    /// The TPID of a service tag (802.1ad).
    public static final int DOT1AD = 0x88a8;

    @Override
    public String kind() {
        return "vlan";
    }

    @Override
    public Vlan withData(Attributes changed) {
        return new Vlan(changed);
    }

    @Override
    public AttributeSet attributeSet() {
        return SET;
    }
}
