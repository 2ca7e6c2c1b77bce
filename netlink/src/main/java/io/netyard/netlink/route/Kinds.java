package io.netyard.netlink.route;

import io.netyard.netlink.message.AttributeSet;
import io.netyard.netlink.message.Attributes;
import java.util.Optional;

/// Finds the kind of a link by the kernel's name for it.
final class Kinds {
    /// Of kinds that have no attributes, or none that are declared.
    static final AttributeSet NO_ATTRIBUTES = new AttributeSet("link data");

    private Kinds() {}

    /// The kind of this name with no attributes.
    static LinkKind of(String kind) {
        return switch (kind) {
            case "" -> new Physical(Attributes.EMPTY);
            case "bridge" -> new Bridge(Attributes.EMPTY);
            case "dummy" -> new Dummy(Attributes.EMPTY);
            case "gretap" -> new Gretap(Attributes.EMPTY);
            case "ifb" -> new Ifb(Attributes.EMPTY);
            case "ip6gretap" -> new Ip6gretap(Attributes.EMPTY);
            case "ipvlan" -> new Ipvlan(Attributes.EMPTY);
            case "macvlan" -> new Macvlan(Attributes.EMPTY);
            case "macvtap" -> new Macvtap(Attributes.EMPTY);
            case "tun" -> new Tun(Attributes.EMPTY);
            case "veth" -> new Veth(Attributes.EMPTY);
            case "vlan" -> new Vlan(Attributes.EMPTY);
            case "vxlan" -> new Vxlan(Attributes.EMPTY);
            default -> new Other(kind, Attributes.EMPTY);
        };
    }

    /// The declarations of a kind's attributes.
    static Optional<AttributeSet> attributeSet(Optional<String> kind) {
        return kind.map(name -> of(name).attributeSet());
    }
}
