package io.netyard.netlink.route;

import io.netyard.netlink.message.Attribute;
import io.netyard.netlink.message.AttributeSet;
import io.netyard.netlink.message.Attributes;
import io.netyard.netlink.message.Codec;

/// An interface whose other end is a program (`ip tuntap`, CONFIG_TUN). Netlink reads and removes it; it is
/// made by `TUNSETIFF` alone, see [io.netyard.linux.TapDevice].
///
/// @param data its attributes (`IFLA_TUN_…`)
public record Tun(Attributes data) implements LinkKind {
    static final AttributeSet SET = new AttributeSet("tun");

    /// `IFLA_TUN_OWNER`: the user who may attach to it.
    public static final Attribute<Long> OWNER = SET.readOnly(1, "owner", Codec.U32);

    /// `IFLA_TUN_GROUP`: the group that may attach to it.
    public static final Attribute<Long> GROUP = SET.readOnly(2, "group", Codec.U32);

    /// `IFLA_TUN_TYPE`: 1 packets (`IFF_TUN`), 2 frames (`IFF_TAP`).
    public static final Attribute<Integer> TYPE = SET.readOnly(3, "type", Codec.U8);

    /// `IFLA_TUN_PI`: whether a header of four octets precedes each packet.
    public static final Attribute<Boolean> PACKET_INFORMATION = SET.readOnly(4, "pi", Codec.BOOL8);

    /// `IFLA_TUN_VNET_HDR`: whether a `virtio_net_hdr` precedes each packet.
    public static final Attribute<Boolean> VNET_HEADER = SET.readOnly(5, "vnet-hdr", Codec.BOOL8);

    /// `IFLA_TUN_PERSIST`: whether it stays without a program.
    public static final Attribute<Boolean> PERSIST = SET.readOnly(6, "persist", Codec.BOOL8);

    /// `IFLA_TUN_MULTI_QUEUE`: whether several programs can attach to it.
    public static final Attribute<Boolean> MULTI_QUEUE = SET.readOnly(7, "multi-queue", Codec.BOOL8);

    /// `IFLA_TUN_NUM_QUEUES`: its queues.
    public static final Attribute<Long> QUEUES = SET.readOnly(8, "num-queues", Codec.U32);

    /// `IFLA_TUN_NUM_DISABLED_QUEUES`: those of them that are detached.
    public static final Attribute<Long> DISABLED_QUEUES = SET.readOnly(9, "num-disabled-queues", Codec.U32);

    @Override
    public String kind() {
        return "tun";
    }

    @Override
    public Tun withData(Attributes changed) {
        return new Tun(changed);
    }

    @Override
    public AttributeSet attributeSet() {
        return SET;
    }
}
