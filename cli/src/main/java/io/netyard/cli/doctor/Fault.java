package io.netyard.cli.doctor;

import io.netyard.cli.daemon.DaemonSwitches;
import io.netyard.linux.NamespaceFolder;
import io.netyard.linux.NetworkNamespace;
import io.netyard.net.InterfaceName;
import io.netyard.netlink.message.Attributes;
import io.netyard.netlink.route.Link;
import io.netyard.netlink.route.LinkAttributes;
import io.netyard.netlink.route.RouteClient;
import io.netyard.netlink.route.RouteRequest;
import io.netyard.topology.apply.Labs;

/// Something that goes wrong behind Netyard's back.
enum Fault {
    /// An interface is deleted, and its peer with it.
    LINK_DELETED,
    /// An interface is set down.
    LINK_DOWN,
    /// An interface gets another MTU.
    MTU_CHANGED,
    /// A namespace loses its name, and goes.
    NAMESPACE_DELETED,
    /// The process that runs switches is killed.
    DAEMON_KILLED;

    private static final InterfaceName ETH0 = new InterfaceName("eth0");
    private static final int ANOTHER_MTU = 1300;

    /// Makes it happen.
    ///
    /// @param host a node that has an interface `eth0`
    /// @return whether it could: a lab without switches of ours has no process
    boolean happen(Labs labs, String lab, String host) {
        return switch (this) {
            case LINK_DELETED -> onLink(labs, lab, host, link -> RouteRequest.DeleteLink.one(link.index()));
            case LINK_DOWN -> onLink(labs, lab, host, link -> RouteRequest.SetLink.up(link.index(), false));
            case MTU_CHANGED ->
                onLink(
                        labs,
                        lab,
                        host,
                        link -> RouteRequest.SetLink.attributes(
                                link.index(), Attributes.EMPTY.with(LinkAttributes.MTU, ANOTHER_MTU)));
            case NAMESPACE_DELETED -> {
                NetworkNamespace.unbind(NamespaceFolder.DEFAULT.resolve(lab + "." + host));
                yield true;
            }
            case DAEMON_KILLED -> new DaemonSwitches(lab, labs.folderOf(lab)).kill();
        };
    }

    /// A request about an interface.
    private interface Change {
        RouteRequest of(Link link);
    }

    private static boolean onLink(Labs labs, String lab, String host, Change change) {
        try (NetworkNamespace namespace = labs.open(lab, host);
                RouteClient client = RouteClient.in(namespace)) {
            client.execute(change.of(client.link(ETH0).orElseThrow()));
            return true;
        }
    }
}
