package io.netyard.topology.model;

import io.netyard.net.InterfaceName;

/// Which VLANs a port of a switch carries.
public record SwitchPort(InterfaceName name, Membership membership) {}
