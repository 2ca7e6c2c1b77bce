package io.netyard.netlink.route;

import io.netyard.net.VlanId;
import io.netyard.netlink.message.Attribute;
import io.netyard.netlink.message.AttributeSet;
import io.netyard.netlink.message.Attributes;
import io.netyard.netlink.message.Codec;
import io.netyard.netlink.message.Octets;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;
import java.util.function.Consumer;

/// A VLAN in the table of a bridge port, or of the bridge itself (`bridge vlan`).
///
/// ```text
/// bridge_vlan_info   0 flags u16   2 vid u16
/// ```
///
/// @param index the ifindex of the port, or of the bridge
/// @param vlan the VLAN
/// @param pvid whether untagged frames that come in belong to it (`BRIDGE_VLAN_INFO_PVID`)
/// @param untagged whether its frames go out without a tag (`BRIDGE_VLAN_INFO_UNTAGGED`)
public record BridgeVlan(int index, VlanId vlan, boolean pvid, boolean untagged) {
    /// The attributes within `IFLA_AF_SPEC` of family `AF_BRIDGE`.
    static final AttributeSet SET = new AttributeSet("bridge-vlan");

    /// `IFLA_BRIDGE_FLAGS`: 1 master, 2 self.
    static final Attribute<Integer> FLAGS = SET.settable(0, "flags", Codec.U16);

    /// `IFLA_BRIDGE_VLAN_INFO`.
    static final Attribute<Octets> INFO = SET.settable(2, "vlan-info", Codec.OCTETS);

    private static final int PVID = 1 << 1;
    private static final int UNTAGGED = 1 << 2;
    private static final int RANGE_BEGIN = 1 << 3;
    private static final int RANGE_END = 1 << 4;
    private static final int INFO_LENGTH = 4;

    Octets info() {
        ByteBuffer info = ByteBuffer.allocate(INFO_LENGTH).order(ByteOrder.nativeOrder());
        info.putShort((short) ((pvid ? PVID : 0) | (untagged ? UNTAGGED : 0)));
        info.putShort((short) vlan.value());
        return Octets.of(info.array());
    }

    /// Reads the table of one link from the attributes of its `RTM_NEWLINK` of family `AF_BRIDGE`.
    static void read(Link link, Consumer<BridgeVlan> table) {
        Optional<Octets> nest = link.attributes().get(LinkAttributes.AF_SPEC);
        if (nest.isEmpty()) {
            return;
        }
        ByteBuffer buffer = buffer(nest.get());
        Reader reader = new Reader(link.index(), table);
        for (Attributes.Entry<?> entry : Attributes.read(SET, buffer, 0, buffer.capacity())) {
            if (entry.attribute() == INFO && entry.value() instanceof Octets octets) {
                reader.read(buffer(octets));
            }
        }
    }

    private static ByteBuffer buffer(Octets octets) {
        return ByteBuffer.wrap(octets.toBytes()).order(ByteOrder.nativeOrder());
    }

    /// Unfolds ranges. The kernel tells VLANs in ascending order, so that none comes twice.
    private static final class Reader {
        private final int index;
        private final Consumer<BridgeVlan> table;
        private int begin = VlanId.MIN;
        private int next = VlanId.MIN;

        Reader(int index, Consumer<BridgeVlan> table) {
            this.index = index;
            this.table = table;
        }

        void read(ByteBuffer info) {
            if (info.capacity() < INFO_LENGTH) {
                return;
            }
            int flags = info.getShort(0) & 0xffff;
            int vid = info.getShort(2) & 0xffff;
            if ((flags & RANGE_BEGIN) != 0) {
                begin = vid;
                return;
            }
            int first = (flags & RANGE_END) != 0 ? begin : vid;
            for (int each = Math.max(first, next); each <= Math.min(vid, VlanId.MAX); each++) {
                table.accept(new BridgeVlan(index, new VlanId(each), (flags & PVID) != 0, (flags & UNTAGGED) != 0));
                next = each + 1;
            }
        }
    }
}
