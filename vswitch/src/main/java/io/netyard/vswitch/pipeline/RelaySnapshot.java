package io.netyard.vswitch.pipeline;

import io.netyard.net.MacAddress;
import io.netyard.net.VlanId;
import io.netyard.vswitch.port.PortCounters;
import io.netyard.vswitch.snooping.SnoopingSnapshot;
import java.util.List;
import java.util.Map;

/// What a switch knows and has counted at one moment.
///
/// @param ports in the order in which they were added
/// @param vlans those that frames were classified to, in ascending order
/// @param addresses the MAC table, in no order
/// @param moves how often a known address was seen somewhere else
/// @param evictions how often an address had to give way because the table was full
/// @param groups who wants which group
public record RelaySnapshot(
        List<PortSnapshot> ports,
        List<VlanSnapshot> vlans,
        List<Address> addresses,
        long moves,
        long evictions,
        SnoopingSnapshot groups) {
    public RelaySnapshot {
        ports = List.copyOf(ports);
        vlans = List.copyOf(vlans);
        addresses = List.copyOf(addresses);
    }

    /// The port of a name.
    ///
    /// @throws IllegalArgumentException if there is none
    public PortSnapshot port(String name) {
        for (PortSnapshot port : ports) {
            if (port.name().equals(name)) {
                return port;
            }
        }
        throw new IllegalArgumentException("there is no port " + name);
    }

    /// A port. Frames to cut count as their segments.
    ///
    /// @param name its name
    /// @param settings as they are now
    /// @param isUp whether the line behind it is up
    /// @param receivedFrames all that came in, those included that were dropped
    /// @param receivedBytes theirs
    /// @param sentFrames those that the port has sent
    /// @param sentBytes those given to the port
    /// @param drops by reason. Frames too long, with a bad offload, or failed in transmission are counted
    ///     where they should have left, all others where they came in
    /// @param lost frames that were lost in the port itself
    public record PortSnapshot(
            String name,
            PortSettings settings,
            boolean isUp,
            long receivedFrames,
            long receivedBytes,
            long sentFrames,
            long sentBytes,
            Map<DropReason, Long> drops,
            Lost lost) {
        public PortSnapshot {
            drops = Map.copyOf(drops);
        }

        /// Frames dropped for a reason.
        public long drops(DropReason reason) {
            return drops.getOrDefault(reason, 0L);
        }
    }

    /// Frames that were lost in a port, see [PortCounters].
    public record Lost(long receiveDrops, long receiveErrors, long transmitDrops, long transmitErrors) {
        static Lost of(PortCounters counters) {
            return new Lost(
                    counters.receiveDrops(),
                    counters.receiveErrors(),
                    counters.transmitDrops(),
                    counters.transmitErrors());
        }
    }

    /// A VLAN.
    ///
    /// @param vlan which
    /// @param frames that came in for it
    /// @param bytes theirs
    public record VlanSnapshot(VlanId vlan, long frames, long bytes) {}

    /// An entry of the MAC table.
    ///
    /// @param vlan its VLAN
    /// @param address the station
    /// @param port the name of the port that it is behind
    /// @param peer the remote end point that it is behind, 0 for none
    /// @param isStatic whether it was configured
    /// @param age seconds since it was seen, 0 if static
    public record Address(VlanId vlan, MacAddress address, String port, int peer, boolean isStatic, int age) {}
}
