package io.netyard.vswitch.snooping;

import io.netyard.net.MacAddress;
import java.util.Optional;

/// How a switch treats frames for groups.
///
/// @param snoops whether they go to members alone, where that is known; if not, they are flooded
///     (`mcast_snooping` of a Linux bridge)
/// @param querier the address that the switch asks for members from, where nobody else does; empty if it
///     never asks (`mcast_querier` of a Linux bridge). Without anybody who asks, memberships end, so that
///     groups are flooded
public record SnoopingSettings(boolean snoops, Optional<MacAddress> querier) {
    /// Every group is flooded.
    public static final SnoopingSettings OFF = new SnoopingSettings(false, Optional.empty());

    /// Snooping without a querier of the switch's own.
    public static final SnoopingSettings ON = new SnoopingSettings(true, Optional.empty());

    public SnoopingSettings {
        if (querier.isPresent() && !snoops) {
            throw new IllegalArgumentException("a switch that does not snoop needs no querier");
        }
        if (querier.filter(MacAddress::isMulticast).isPresent()) {
            throw new IllegalArgumentException(querier.get() + " is no address of a station");
        }
    }

    /// Snooping, and asking for members where nobody else does.
    public static SnoopingSettings querying(MacAddress from) {
        return new SnoopingSettings(true, Optional.of(from));
    }
}
