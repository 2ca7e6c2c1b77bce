package io.netyard.netlink.route;

import io.netyard.netlink.message.Attribute;
import io.netyard.netlink.message.AttributeSet;
import io.netyard.netlink.message.Codec;
import io.netyard.netlink.message.Octets;
import java.util.Optional;

/// The attributes within `IFLA_LINKINFO`.
final class LinkInfo {
    static final AttributeSet SET = new AttributeSet("linkinfo");

    /// `IFLA_INFO_KIND`.
    static final Attribute<String> KIND = SET.settable(1, "kind", Codec.STRING);

    /// `IFLA_INFO_DATA`: the attributes of the kind.
    static final Attribute<Octets> DATA = SET.dependent(2, "data", beside -> Kinds.attributeSet(beside.get(KIND)));

    /// `IFLA_INFO_SLAVE_KIND`: the kind of the master.
    static final Attribute<String> SLAVE_KIND = SET.readOnly(4, "slave-kind", Codec.STRING);

    /// `IFLA_INFO_SLAVE_DATA` of a bridge port.
    static final Attribute<Octets> SLAVE_DATA = SET.settable(5, "slave-data", Codec.OCTETS);

    private LinkInfo() {}

    /// The declarations of what a master adds to its ports.
    static Optional<AttributeSet> slaveSet(Optional<String> slaveKind) {
        return slaveKind.filter("bridge"::equals).map(_ -> BridgePort.SET);
    }
}
