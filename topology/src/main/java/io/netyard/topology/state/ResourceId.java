package io.netyard.topology.state;

/// The identity of a resource within a lab: it stays the same when the resource is read again or its
/// attributes change.
///
/// The order of identities is the order in which resources are listed: by node, then by kind, then by key.
///
/// @param node the node in whose namespace the resource lives
/// @param kind what it is
/// @param key what tells it from the others of its kind in this node, such as an interface name; empty
///     where the node has just one
public record ResourceId(String node, Kind kind, String key) implements Comparable<ResourceId> {
    /// What a resource is, in the order in which resources depend on each other.
    public enum Kind {
        NAMESPACE("namespace"),
        SYSCTL("sysctl"),
        LINK("interface"),
        BRIDGE_VLAN("bridge vlan"),
        FDB_ENTRY("fdb entry"),
        USER_SWITCH("switch"),
        USER_PORT("switch port"),
        ADDRESS("address"),
        ROUTE("route");

        private final String text;

        Kind(String text) {
            this.text = text;
        }

        @Override
        public String toString() {
            return text;
        }
    }

    @Override
    public int compareTo(ResourceId other) {
        int byNode = node.compareTo(other.node);
        if (byNode != 0) {
            return byNode;
        }
        int byKind = kind.compareTo(other.kind);
        return byKind != 0 ? byKind : key.compareTo(other.key);
    }

    // Written out, since the generated methods of a record are linked at their first call, which a short
    // run feels.
    @Override
    public boolean equals(Object object) {
        return object instanceof ResourceId other
                && kind == other.kind
                && key.equals(other.key)
                && node.equals(other.node);
    }

    @Override
    public int hashCode() {
        return (node.hashCode() * 31 + kind.hashCode()) * 31 + key.hashCode();
    }

    @Override
    public String toString() {
        return key.isEmpty() ? node + " " + kind : node + " " + kind + " " + key;
    }
}
