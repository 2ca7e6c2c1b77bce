package io.netyard.netlink.route;

import io.netyard.netlink.message.Attribute;
import io.netyard.netlink.message.AttributeSet;
import io.netyard.netlink.message.Attributes;
import java.util.Optional;

/// What a link is, with the attributes that links of its kind have (`IFLA_INFO_KIND`, `IFLA_INFO_DATA`).
public sealed interface LinkKind
        permits Bridge,
                Dummy,
                Gretap,
                Ifb,
                Ip6gretap,
                Ipvlan,
                Macvlan,
                Macvtap,
                Other,
                Physical,
                Tun,
                Veth,
                Vlan,
                Vxlan {
    /// The kernel's name of the kind, such as `vxlan`; empty for a device that has none, such as `lo`.
    String kind();

    /// The attributes of the kind.
    Attributes data();

    /// The same kind with other attributes.
    LinkKind withData(Attributes data);

    /// The declarations of the kind's attributes.
    AttributeSet attributeSet();

    /// The attribute of the data that holds the ifindex of the lower device, where it is not `IFLA_LINK`.
    default Optional<Attribute<Integer>> lowerDevice() {
        return Optional.empty();
    }
}
