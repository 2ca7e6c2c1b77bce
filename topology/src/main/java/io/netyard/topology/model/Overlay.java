package io.netyard.topology.model;

import io.netyard.net.InterfaceName;
import io.netyard.net.VlanId;
import io.netyard.net.Vni;
import java.util.List;
import java.util.Optional;

/// One layer-2 network over VXLAN: each member switch gets a VTEP of the overlay's name, with the others in
/// its flood list.
///
/// @param vlan the VLAN of the members that it carries; empty for plain bridges
/// @param underlay the interface of each member whose address is its VTEP's
public record Overlay(
        InterfaceName name, Vni vni, Optional<VlanId> vlan, List<NodeName> members, InterfaceName underlay) {
    public Overlay {
        members = List.copyOf(members);
    }
}
