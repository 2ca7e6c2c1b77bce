package io.netyard.vswitch.pipeline;

/// What looking the destination of a frame up came to.
public enum Destination {
    /// A station whose port is known.
    KNOWN("known"),

    /// A station whose port is not known: sent to all ports of the VLAN.
    UNKNOWN("unknown, flooded"),

    /// A group: sent to all ports of the VLAN.
    GROUP("a group, flooded"),

    /// A group whose members are known: sent to their ports and those of routers.
    MEMBERS("a group, to its members"),

    /// A group without members: sent to the ports of routers.
    UNREGISTERED("a group without members, to routers"),

    /// A report of IGMP or MLD: sent to the ports of routers.
    REPORT("a report, to routers"),

    /// A query of IGMP or MLD: sent to all ports of the VLAN.
    QUERY("a query, flooded"),

    /// Everybody: sent to all ports of the VLAN.
    BROADCAST("everybody, flooded"),

    /// The switch itself: a protocol that it speaks took the frame.
    THE_SWITCH("for the switch itself"),

    /// Not looked up: hubs send everything to all other ports.
    HUB("not looked up, repeated");

    private final String text;

    Destination(String text) {
        this.text = text;
    }

    /// For people.
    public String text() {
        return text;
    }
}
