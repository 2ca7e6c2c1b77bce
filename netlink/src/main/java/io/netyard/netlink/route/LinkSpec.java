package io.netyard.netlink.route;

import io.netyard.linux.NetworkNamespace;
import io.netyard.net.InterfaceName;
import io.netyard.netlink.message.Attributes;
import io.netyard.netlink.message.MessageWriter;
import java.util.Optional;

/// A link to make. Only what it says is sent; the kernel chooses the rest.
///
/// @param name the name
/// @param index the ifindex; 0 lets the kernel choose
/// @param up whether it comes up at once; of a peer that cannot be said, see [#peer]
/// @param attributes what every link has
/// @param kind what it is, with what its kind has
/// @param in the namespace that it is made in; empty for that of the connection
/// @param peer the other end of a veth pair. It comes up by a request of its own: the kernel refuses a peer
///     that is up before the pair is whole.
public record LinkSpec(
        InterfaceName name,
        int index,
        boolean up,
        Attributes attributes,
        LinkKind kind,
        Optional<NetworkNamespace> in,
        Optional<LinkSpec> peer) {
    public LinkSpec {
        if (peer.isPresent() && !(kind instanceof Veth)) {
            throw new IllegalArgumentException("a " + kind.kind() + " has no peer");
        }
        if (peer.isPresent() && peer.get().up()) {
            throw new IllegalArgumentException("the peer " + peer.get().name() + " comes up by a request of its own");
        }
    }

    /// A link that says nothing but its name and kind, and stays down.
    public static LinkSpec of(InterfaceName name, LinkKind kind) {
        return new LinkSpec(name, 0, false, Attributes.EMPTY, kind, Optional.empty(), Optional.empty());
    }

    /// A veth pair, both ends in the namespace of the connection.
    public static LinkSpec vethPair(InterfaceName name, InterfaceName peer) {
        return of(name, new Veth(Attributes.EMPTY)).withPeer(of(peer, new Veth(Attributes.EMPTY)));
    }

    /// The same with this peer.
    public LinkSpec withPeer(LinkSpec other) {
        return new LinkSpec(name, index, up, attributes, kind, in, Optional.of(other));
    }

    /// The same with other attributes.
    public LinkSpec withAttributes(Attributes changed) {
        return new LinkSpec(name, index, up, changed, kind, in, peer);
    }

    /// The same in another namespace.
    public LinkSpec in(NetworkNamespace namespace) {
        return new LinkSpec(name, index, up, attributes, kind, Optional.of(namespace), peer);
    }

    void write(MessageWriter writer) {
        int flags = up ? Link.UP : 0;
        Link.writeHeader(writer, 0, index, flags, flags);
        writer.attribute(LinkAttributes.IFNAME, name.value()).attributes(attributes);
        if (in.isPresent()) {
            writer.attribute(LinkAttributes.NET_NS_FD, in.get().descriptor().number());
        }
        int info = writer.startNest(LinkAttributes.LINKINFO.number());
        writer.attribute(LinkInfo.KIND, kind.kind());
        if (peer.isPresent() || !kind.data().isEmpty()) {
            int data = writer.startNest(LinkInfo.DATA.number());
            writer.attributes(kind.data());
            if (peer.isPresent()) {
                int other = writer.startNest(Veth.PEER.number());
                peer.get().writePeer(writer);
                writer.endNest(other);
            }
            writer.endNest(data);
        }
        writer.endNest(info);
    }

    private void writePeer(MessageWriter writer) {
        Link.writeHeader(writer, 0, index, 0, 0);
        writer.attribute(LinkAttributes.IFNAME, name.value()).attributes(attributes);
        if (in.isPresent()) {
            writer.attribute(LinkAttributes.NET_NS_FD, in.get().descriptor().number());
        }
    }
}
