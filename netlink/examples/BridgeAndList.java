import io.netyard.linux.NamespaceFolder;
import io.netyard.linux.NetworkNamespace;
import io.netyard.net.InterfaceName;
import io.netyard.netlink.message.Attributes;
import io.netyard.netlink.route.Bridge;
import io.netyard.netlink.route.Link;
import io.netyard.netlink.route.LinkAttributes;
import io.netyard.netlink.route.LinkSpec;
import io.netyard.netlink.route.RouteClient;
import io.netyard.netlink.route.RouteRequest.CreateLink;

/// Makes a network namespace with the name `example` and a bridge in it, and lists its links.
void main() {
    Path name = Path.of("/run/netns/example");
    NamespaceFolder.prepare(name.getParent());
    NetworkNamespace.unbind(name);
    try (NetworkNamespace namespace = NetworkNamespace.create();
            RouteClient client = RouteClient.in(namespace)) {
        namespace.bindTo(name);
        Bridge bridge = new Bridge(Attributes.EMPTY.with(Bridge.STP_STATE, true).with(Bridge.PRIORITY, 4096));
        client.execute(new CreateLink(LinkSpec.of(new InterfaceName("br0"), bridge)));
        for (Link link : client.links()) {
            int mtu = link.attributes().get(LinkAttributes.MTU).orElseThrow();
            IO.println(link.index() + " " + link.name() + " " + link.kind().kind() + " mtu " + mtu);
        }
    }
}
