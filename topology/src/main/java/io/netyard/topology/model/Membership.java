package io.netyard.topology.model;

import io.netyard.net.VlanId;
import java.util.Collections;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;

/// How a port takes part in VLANs.
public sealed interface Membership {
    /// It names no VLAN: on a plain bridge it passes tagged frames untouched, on a switch with VLANs it is
    /// in VLAN 1.
    record Plain() implements Membership {}

    /// Frames come and go without tags and belong to one VLAN.
    record Access(VlanId vlan) implements Membership {}

    /// Frames come and go with tags.
    ///
    /// @param carriesAll whether it carries every VLAN of the lab
    /// @param vlans those that it carries otherwise
    /// @param nativeVlan the one whose frames come and go without tags
    record Trunk(boolean carriesAll, NavigableSet<VlanId> vlans, Optional<VlanId> nativeVlan) implements Membership {
        public Trunk {
            vlans = Collections.unmodifiableNavigableSet(new TreeSet<>(vlans));
        }
    }
}
