package io.netyard.vlan;

import io.netyard.net.VlanId;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;

/// What a port has to do with VLANs: the managed objects of IEEE 802.1Q clauses 6.9 and 8.8.10. The
/// factories make the port kinds that people know; the rest is derived by [#withFrameTypes] and the like.
///
/// @param tpid the type of the tags that the port knows, [VlanTag#C_TAG] and so on; tags of other types are
///     payload. [#NO_TPID] if all tags are
/// @param pvid the VLAN of untagged and priority-tagged frames; none if they are not admitted (clause 6.9)
/// @param members the VLANs whose frames leave by the port (clause 8.6.4, member set)
/// @param untagged those of the members whose frames leave without a tag (clause 8.6.4, untagged set)
/// @param frameTypes which frames are admitted
/// @param ingressFiltering whether frames of VLANs that the port is no member of are discarded on arrival
///     (clause 8.6.2)
/// @param translation VLANs of the switch by the VLAN in the frames on the port (clause 6.9, VID
///     translation table); VLANs that are not in it are not translated
public record PortVlans(
        int tpid,
        Optional<VlanId> pvid,
        VlanSet members,
        VlanSet untagged,
        FrameTypes frameTypes,
        boolean ingressFiltering,
        Map<VlanId, VlanId> translation) {
    /// The tag type of a port that knows none.
    public static final int NO_TPID = -1;

    private static final VlanId ONLY_VLAN = new VlanId(1);

    public PortVlans {
        if (tpid != NO_TPID && !VlanTag.isTpid(tpid)) {
            throw new IllegalArgumentException("0x" + Integer.toHexString(tpid) + " is no type of a VLAN tag");
        }
        if (!members.containsAll(untagged)) {
            throw new IllegalArgumentException(
                    "VLANs " + untagged + " leave untagged, but the port is a member of " + members + " alone");
        }
        translation = Map.copyOf(translation);
        if (new HashSet<>(translation.values()).size() < translation.size()) {
            throw new IllegalArgumentException("two VLANs are translated to one: " + translation);
        }
    }

    /// A port for stations that know no VLANs: untagged and priority-tagged frames belong to the VLAN and
    /// leave untagged; tagged ones are discarded, those of the VLAN itself included.
    public static PortVlans access(VlanId vlan) {
        VlanSet one = VlanSet.of(vlan);
        return new PortVlans(VlanTag.C_TAG, Optional.of(vlan), one, one, FrameTypes.UNTAGGED, true, Map.of());
    }

    /// A port between switches: all frames are tagged, others are discarded.
    public static PortVlans trunk(VlanSet vlans) {
        return new PortVlans(VlanTag.C_TAG, Optional.empty(), vlans, VlanSet.none(), FrameTypes.TAGGED, true, Map.of());
    }

    /// A trunk with a native VLAN, to which untagged and priority-tagged frames belong and whose frames
    /// leave untagged; tagged frames of it are taken as well.
    public static PortVlans trunkNativeUntagged(VlanSet vlans, VlanId nativeVlan) {
        return new PortVlans(
                VlanTag.C_TAG,
                Optional.of(nativeVlan),
                vlans.with(nativeVlan),
                VlanSet.of(nativeVlan),
                FrameTypes.ALL,
                true,
                Map.of());
    }

    /// A trunk with a native VLAN, to which untagged and priority-tagged frames belong; its frames leave
    /// tagged.
    public static PortVlans trunkNativeTagged(VlanSet vlans, VlanId nativeVlan) {
        return new PortVlans(
                VlanTag.C_TAG,
                Optional.of(nativeVlan),
                vlans.with(nativeVlan),
                VlanSet.none(),
                FrameTypes.ALL,
                true,
                Map.of());
    }

    /// The customer's end of a QinQ tunnel (clause 15.3, port-based service interface): whatever the
    /// customer sends, tagged or not, is payload of the service VLAN. Frames that bear a service tag
    /// already are discarded.
    public static PortVlans tunnel(VlanId serviceVlan) {
        return access(serviceVlan).withTpid(VlanTag.S_TAG);
    }

    /// A port of a switch without VLANs: tags are payload, and all ports are in one VLAN.
    public static PortVlans transparent() {
        VlanSet one = VlanSet.of(ONLY_VLAN);
        return new PortVlans(NO_TPID, Optional.of(ONLY_VLAN), one, one, FrameTypes.ALL, false, Map.of());
    }

    /// The same with tags of another type, for example service tags on a trunk between provider bridges.
    public PortVlans withTpid(int type) {
        return new PortVlans(type, pvid, members, untagged, frameTypes, ingressFiltering, translation);
    }

    /// The same, admitting other frames.
    public PortVlans withFrameTypes(FrameTypes types) {
        return new PortVlans(tpid, pvid, members, untagged, types, ingressFiltering, translation);
    }

    /// The same, with frames of other VLANs let in or not.
    public PortVlans withIngressFiltering(boolean filtering) {
        return new PortVlans(tpid, pvid, members, untagged, frameTypes, filtering, translation);
    }

    /// The same with VLANs translated: those in the frames on the port to those of the switch.
    public PortVlans withTranslation(Map<VlanId, VlanId> vlans) {
        return new PortVlans(tpid, pvid, members, untagged, frameTypes, ingressFiltering, vlans);
    }
}
