package io.netyard.netlink.route;

import io.netyard.net.MacAddress;
import io.netyard.netlink.message.Attribute;
import io.netyard.netlink.message.AttributeSet;
import io.netyard.netlink.message.Attributes;
import io.netyard.netlink.message.Codec;
import io.netyard.netlink.message.Octets;

/// A device with a MAC address of its own on a parent (`ip link add link PARENT type macvlan`,
/// CONFIG_MACVLAN).
///
/// @param data its attributes
public record Macvlan(Attributes data) implements LinkKind {
    static final AttributeSet SET = new AttributeSet("macvlan");

    /// `IFLA_MACVLAN_MODE`: how it shares the parent with the others.
    public static final Attribute<MacvlanMode> MODE = SET.settable(1, "mode", MacvlanMode.CODEC);

    /// `IFLA_MACVLAN_FLAGS`: bit 0 no promiscuous mode (passthru), bit 1 no destination check (source).
    public static final Attribute<Integer> FLAGS = SET.settable(2, "flags", Codec.U16);

    /// `IFLA_MACVLAN_MACADDR_MODE`: what to do with the list of allowed sources: 0 add, 1 remove, 2 flush,
    /// 3 set.
    public static final Attribute<Integer> MACADDR_MODE = SET.settable(3, "macaddr-mode", Codec.S32);

    /// `IFLA_MACVLAN_MACADDR`: the allowed source to add or remove.
    public static final Attribute<MacAddress> MACADDR = SET.settable(4, "macaddr", Codec.MAC);

    /// `IFLA_MACVLAN_MACADDR_DATA`: nested: the allowed sources (mode source).
    public static final Attribute<Octets> MACADDR_DATA = SET.readOnly(5, "macaddr-data", Codec.OCTETS);

    /// `IFLA_MACVLAN_MACADDR_COUNT`: how many allowed sources there are.
    public static final Attribute<Long> MACADDR_COUNT = SET.readOnly(6, "macaddr-count", Codec.U32);

    /// `IFLA_MACVLAN_BC_QUEUE_LEN`: the wanted length of the broadcast queue.
    public static final Attribute<Long> BC_QUEUE_LEN = SET.settable(7, "bc-queue-len", Codec.U32);

    /// `IFLA_MACVLAN_BC_QUEUE_LEN_USED`: the length that the parent uses.
    public static final Attribute<Long> BC_QUEUE_LEN_USED = SET.readOnly(8, "bc-queue-len-used", Codec.U32);

    /// `IFLA_MACVLAN_BC_CUTOFF`: how many receivers a multicast has to have to be queued (Linux 6.4).
    public static final Attribute<Integer> BC_CUTOFF = SET.settable(9, "bc-cutoff", Codec.S32);

    @Override
    public String kind() {
        return "macvlan";
    }

    @Override
    public Macvlan withData(Attributes changed) {
        return new Macvlan(changed);
    }

    @Override
    public AttributeSet attributeSet() {
        return SET;
    }
}
