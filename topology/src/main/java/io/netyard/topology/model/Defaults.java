package io.netyard.topology.model;

import io.netyard.net.Mtu;
import java.util.Optional;

/// What holds for the whole lab unless a node says otherwise.
///
/// @param mtu of link ends; empty leaves the kernel's 1,500
/// @param ipv6 whether hosts and routers speak IPv6
public record Defaults(Optional<Mtu> mtu, boolean ipv6) {
    /// A file that says nothing.
    public static final Defaults NONE = new Defaults(Optional.empty(), true);
}
