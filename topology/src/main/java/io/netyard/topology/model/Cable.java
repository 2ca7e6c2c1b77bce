package io.netyard.topology.model;

import io.netyard.net.Mtu;
import java.util.Optional;

/// A link between two interfaces of two nodes.
///
/// @param mtu of both ends, if the link says one
public record Cable(CableEnd a, CableEnd b, Optional<Mtu> mtu) {
    @Override
    public String toString() {
        return a + " -- " + b;
    }
}
