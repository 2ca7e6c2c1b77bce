package io.netyard.topology.model;

import io.netyard.net.InterfaceName;
import io.netyard.net.IpAddress;
import java.util.Locale;
import java.util.Optional;

/// Something that has to be true of a running lab: one node reaches another, or does not.
///
/// @param name what it is called in reports
/// @param from who sends echo requests
/// @param to who has to answer them, or must not
/// @param expected whether answers have to come
/// @param count how many requests are sent
/// @param size octets of data in each
/// @param dontFragment whether routers may not fragment them
/// @param family the only family to try; empty for every family that both have addresses of
public record Check(
        String name,
        NodeName from,
        Target to,
        boolean expected,
        int count,
        int size,
        boolean dontFragment,
        Optional<Family> family) {
    /// Requests that are sent unless the check says how many.
    public static final int DEFAULT_COUNT = 1;

    /// Octets of data unless the check says how many.
    public static final int DEFAULT_SIZE = 56;

    /// Who is to be reached.
    public sealed interface Target {}

    /// A node, at the address that lies nearest.
    public record OfNode(NodeName node) implements Target {
        @Override
        public String toString() {
            return node.toString();
        }
    }

    /// A node at an address of one of its interfaces.
    public record OfInterface(NodeName node, InterfaceName interfaceName) implements Target {
        @Override
        public String toString() {
            return node + ":" + interfaceName;
        }
    }

    /// An address, whoever has it.
    public record OfAddress(IpAddress address) implements Target {
        @Override
        public String toString() {
            return address.toString();
        }
    }

    /// An address family.
    public enum Family {
        IPV4,
        IPV6;

        /// Whether an address is of this family.
        public boolean includes(IpAddress address) {
            return address.isV4() == (this == IPV4);
        }

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
