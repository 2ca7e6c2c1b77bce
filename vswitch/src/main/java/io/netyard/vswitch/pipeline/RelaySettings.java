package io.netyard.vswitch.pipeline;

import io.netyard.net.MacAddress;
import io.netyard.net.VlanId;
import io.netyard.vswitch.snooping.SnoopingSettings;
import java.util.List;
import java.util.Set;

/// What a switch does apart from its ports.
///
/// @param hub whether it sends every frame to all other ports, reserved addresses and tags of any kind
///     included, and looks at nothing
/// @param ageing seconds after which an address that was not seen again is forgotten, 10 to 1,000,000, or 0
///     for never
/// @param forwardedReserved reserved addresses 01-80-C2-00-00-00 to 0F that it forwards nevertheless: bit n
///     for the address that ends in n (`group_fwd_mask` of a Linux bridge)
/// @param stations addresses that neither age nor move
/// @param mirrors ports whose frames are shown on another port
/// @param snooping what becomes of frames for groups
public record RelaySettings(
        boolean hub,
        int ageing,
        int forwardedReserved,
        Set<Station> stations,
        List<Mirror> mirrors,
        SnoopingSettings snooping) {
    /// A switch that ages after 300 s (IEEE 802.1Q table 8-6) and forwards no reserved address.
    public static final RelaySettings DEFAULT =
            new RelaySettings(false, 300, 0, Set.of(), List.of(), SnoopingSettings.OFF);

    public RelaySettings {
        if (ageing != 0 && (ageing < 10 || ageing > 1_000_000)) {
            throw new IllegalArgumentException("ageing takes 10 to 1,000,000 s, or 0 for never, not " + ageing);
        }
        if (forwardedReserved >>> 16 != 0) {
            throw new IllegalArgumentException(
                    "there are 16 reserved addresses: 0x" + Integer.toHexString(forwardedReserved));
        }
        stations = Set.copyOf(stations);
        mirrors = List.copyOf(mirrors);
    }

    /// The same as a hub or not.
    public RelaySettings withHub(boolean isHub) {
        return new RelaySettings(isHub, ageing, forwardedReserved, stations, mirrors, snooping);
    }

    /// The same with another ageing time.
    public RelaySettings withAgeing(int seconds) {
        return new RelaySettings(hub, seconds, forwardedReserved, stations, mirrors, snooping);
    }

    /// The same, forwarding other reserved addresses.
    public RelaySettings withForwardedReserved(int mask) {
        return new RelaySettings(hub, ageing, mask, stations, mirrors, snooping);
    }

    /// The same with other static entries.
    public RelaySettings withStations(Set<Station> others) {
        return new RelaySettings(hub, ageing, forwardedReserved, others, mirrors, snooping);
    }

    /// The same with other mirrors.
    public RelaySettings withMirrors(List<Mirror> others) {
        return new RelaySettings(hub, ageing, forwardedReserved, stations, others, snooping);
    }

    /// The same with another treatment of groups.
    public RelaySettings withSnooping(SnoopingSettings groups) {
        return new RelaySettings(hub, ageing, forwardedReserved, stations, mirrors, groups);
    }

    /// A static entry of the MAC table (IEEE 802.1Q clause 8.8.1).
    ///
    /// @param vlan the VLAN
    /// @param address of a station
    /// @param port the name of its port; without effect while there is no such port
    /// @param peer the remote end point that it is behind, 0 for none
    public record Station(VlanId vlan, MacAddress address, String port, int peer) {
        public Station {
            if (address.isMulticast()) {
                throw new IllegalArgumentException(address + " is no address of a station");
            }
        }
    }

    /// Shows frames on a port, which passes nothing else then.
    ///
    /// @param to the name of the port
    /// @param received names of ports whose frames are shown as they come in, those included that are
    ///     dropped
    /// @param sent names of ports whose frames are shown as they go out
    public record Mirror(String to, Set<String> received, Set<String> sent) {
        public Mirror {
            received = Set.copyOf(received);
            sent = Set.copyOf(sent);
            if (received.contains(to) || sent.contains(to)) {
                throw new IllegalArgumentException("port " + to + " cannot mirror itself");
            }
        }
    }
}
