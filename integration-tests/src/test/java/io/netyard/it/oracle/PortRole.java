package io.netyard.it.oracle;

import io.netyard.net.VlanId;
import io.netyard.vlan.PortVlans;
import io.netyard.vlan.VlanSet;
import io.netyard.vlan.VlanTag;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;

/// What a port does with VLANs, in words that every switch knows.
sealed interface PortRole {
    /// For stations that know no VLANs.
    record Access(VlanId vlan) implements PortRole {}

    /// Between switches: everything is tagged.
    record Trunk(SortedSet<VlanId> vlans) implements PortRole {}

    /// A trunk for which untagged frames belong to a VLAN that leaves tagged.
    record NativeTagged(SortedSet<VlanId> vlans, VlanId own) implements PortRole {}

    /// A trunk for which untagged frames belong to a VLAN that leaves untagged.
    record NativeUntagged(SortedSet<VlanId> vlans, VlanId own) implements PortRole {}

    /// The customer's end of a QinQ tunnel.
    record Tunnel(VlanId service) implements PortRole {}

    /// Between provider bridges: everything bears a service tag.
    record ServiceTrunk(SortedSet<VlanId> vlans) implements PortRole {}

    /// A port of a switch that knows no VLANs.
    record Plain() implements PortRole {}

    /// How Netyard is told.
    default PortVlans rules() {
        return switch (this) {
            case Access access -> PortVlans.access(access.vlan);
            case Trunk trunk -> PortVlans.trunk(VlanSet.of(trunk.vlans));
            case NativeTagged port -> PortVlans.trunkNativeTagged(VlanSet.of(port.vlans), port.own);
            case NativeUntagged port -> PortVlans.trunkNativeUntagged(VlanSet.of(port.vlans), port.own);
            case Tunnel tunnel -> PortVlans.tunnel(tunnel.service);
            case ServiceTrunk trunk -> PortVlans.trunk(VlanSet.of(trunk.vlans)).withTpid(VlanTag.S_TAG);
            case Plain _ -> PortVlans.transparent();
        };
    }

    /// The VLANs that are tagged on it.
    default Set<VlanId> trunked() {
        return switch (this) {
            case Trunk trunk -> trunk.vlans;
            case NativeTagged port -> port.vlans;
            case NativeUntagged port -> port.vlans;
            case ServiceTrunk trunk -> trunk.vlans;
            case Access _, Tunnel _, Plain _ -> Set.of();
        };
    }

    /// The VLAN of untagged frames.
    default Optional<VlanId> untagged() {
        return rules().pvid();
    }

    /// Whether the switch that it belongs to works with service tags.
    default boolean isService() {
        return this instanceof Tunnel || this instanceof ServiceTrunk;
    }
}
