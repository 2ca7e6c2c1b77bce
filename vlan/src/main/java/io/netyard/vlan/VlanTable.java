package io.netyard.vlan;

import io.netyard.net.VlanId;
import java.util.Arrays;

/// The VLAN rules of a port, worked out for every VID beforehand, so that a frame costs one look-up on its
/// way in and one on its way out. Immutable.
public final class VlanTable {
    /// Result of [#egress] for a VLAN that the port is no member of.
    public static final int NOT_A_MEMBER = -1;

    private static final int VIDS = 4096;

    private final int tpid;
    private final int untagged;
    private final short[] ingress = new short[VIDS];
    private final int[] egress = new int[VIDS];

    /// Works out the rules of a port.
    public VlanTable(PortVlans vlans) {
        this.tpid = vlans.tpid();
        this.untagged = untagged(vlans);
        for (int vid = VlanId.MIN; vid <= VlanId.MAX; vid++) {
            ingress[vid] = (short) tagged(vlans, vid);
        }
        ingress[VlanTag.PRIORITY_VID] = (short) untagged;
        ingress[VlanTag.RESERVED_VID] = (short) IngressDiscard.RESERVED_VID.result();
        Arrays.fill(egress, NOT_A_MEMBER);
        for (int vid = VlanId.MIN; vid <= VlanId.MAX; vid++) {
            if (vlans.members().contains(vid)) {
                egress[vid] = vlans.untagged().contains(vid) || tpid == PortVlans.NO_TPID
                        ? VlanTag.NONE
                        : VlanTag.of(tpid, vid);
            }
        }
        vlans.translation().forEach((outside, inside) -> {
            if (egress[inside.value()] != NOT_A_MEMBER && egress[inside.value()] != VlanTag.NONE) {
                egress[inside.value()] = VlanTag.of(tpid, outside.value());
            }
        });
    }

    private static int untagged(PortVlans vlans) {
        return vlans.pvid().isEmpty() || vlans.frameTypes() == FrameTypes.TAGGED
                ? IngressDiscard.UNTAGGED_NOT_ADMITTED.result()
                : filtered(vlans, vlans.pvid().get().value());
    }

    private static int tagged(PortVlans vlans, int vid) {
        if (vlans.frameTypes() == FrameTypes.UNTAGGED) {
            return IngressDiscard.TAGGED_NOT_ADMITTED.result();
        }
        VlanId outside = new VlanId(vid);
        return filtered(
                vlans, vlans.translation().getOrDefault(outside, outside).value());
    }

    private static int filtered(PortVlans vlans, int vid) {
        return vlans.ingressFiltering() && !vlans.members().contains(vid) ? IngressDiscard.NOT_A_MEMBER.result() : vid;
    }

    /// The type of the tags that the port knows, or [PortVlans#NO_TPID].
    public int tpid() {
        return tpid;
    }

    /// Classifies a frame that comes in (IEEE 802.1Q clauses 6.9 and 8.6.2).
    ///
    /// @param tag its outer tag of type [#tpid], or [VlanTag#NONE]
    /// @return PCP, DEI and the VLAN as in a tag's lower 16 bits, or a negative number: [IngressDiscard#of]
    ///     it
    public int ingress(int tag) {
        int vid = tag == VlanTag.NONE ? untagged : ingress[VlanTag.vid(tag)];
        return vid < 0 ? vid : VlanTag.priority(tag) | vid;
    }

    /// The tag that a frame leaves with (clauses 8.6.4 and 6.9).
    ///
    /// @param tci PCP, DEI and the VLAN of the frame, as [#ingress] gave them
    /// @return the tag, [VlanTag#NONE], or [#NOT_A_MEMBER]
    public int egress(int tci) {
        int tag = egress[VlanTag.vid(tci)];
        return tag == VlanTag.NONE || tag == NOT_A_MEMBER ? tag : tag | VlanTag.priority(tci);
    }
}
