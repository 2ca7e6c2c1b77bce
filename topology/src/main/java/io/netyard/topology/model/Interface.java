package io.netyard.topology.model;

import io.netyard.net.InterfaceName;
import io.netyard.net.IpPrefix;
import io.netyard.net.MacAddress;
import io.netyard.net.Mtu;
import java.util.List;
import java.util.Optional;

/// An interface of a node.
///
/// @param up whether it is administratively up
/// @param alias a text for people (`ip link set alias`)
/// @param port whether it is a port of its switch, if the file says so; by default it is unless it has an
///     address
public record Interface(
        InterfaceName name,
        InterfaceKind kind,
        List<IpPrefix> addresses,
        Optional<MacAddress> mac,
        Optional<Mtu> mtu,
        boolean up,
        Optional<String> alias,
        Optional<Boolean> port) {
    public Interface {
        addresses = List.copyOf(addresses);
    }

    /// An interface of which nothing is said but its name and kind.
    public static Interface of(InterfaceName name, InterfaceKind kind) {
        return new Interface(
                name, kind, List.of(), Optional.empty(), Optional.empty(), true, Optional.empty(), Optional.empty());
    }

    /// Whether it is a port, on a node that is a switch.
    public boolean isSwitchPort() {
        boolean canBe = kind instanceof InterfaceKind.LinkEnd || kind instanceof InterfaceKind.Tunnel;
        return canBe && port.orElse(addresses.isEmpty());
    }
}
