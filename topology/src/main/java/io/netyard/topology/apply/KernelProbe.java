package io.netyard.topology.apply;

import io.netyard.linux.Errno;
import io.netyard.linux.NetworkNamespace;
import io.netyard.net.InterfaceName;
import io.netyard.netlink.NetlinkException;
import io.netyard.netlink.message.Attributes;
import io.netyard.netlink.route.Bridge;
import io.netyard.netlink.route.LinkAttributes;
import io.netyard.netlink.route.LinkKind;
import io.netyard.netlink.route.LinkSpec;
import io.netyard.netlink.route.RouteClient;
import io.netyard.netlink.route.RouteRequest;
import java.util.Locale;
import java.util.Optional;

/// Finds out what this kernel has, by making one of each kind in a namespace that is thrown away.
final class KernelProbe implements AutoCloseable {
    private static final InterfaceName BRIDGE = new InterfaceName("br0");
    private static final InterfaceName PROBE = new InterfaceName("probe0");

    private final NetworkNamespace scratch;
    private final RouteClient client;
    private final int bridge;

    private KernelProbe(NetworkNamespace scratch) {
        this.scratch = scratch;
        this.client = RouteClient.in(scratch);
        client.execute(new RouteRequest.CreateLink(LinkSpec.of(BRIDGE, new Bridge(Attributes.EMPTY))));
        this.bridge = client.link(BRIDGE).orElseThrow().index();
    }

    static KernelProbe open() {
        NetworkNamespace scratch = NetworkNamespace.create();
        try {
            return new KernelProbe(scratch);
        } catch (RuntimeException failure) {
            scratch.close();
            throw failure;
        }
    }

    /// The kernel's configuration option that a kind lacks; empty if it can be made. Of a bridge, the one
    /// for VLANs: plain ones are in every kernel that has namespaces.
    Optional<String> missing(LinkKind kind) {
        try {
            if (kind instanceof Bridge) {
                client.execute(RouteRequest.SetLink.data(
                        bridge, new Bridge(Attributes.EMPTY.with(Bridge.VLAN_FILTERING, true))));
                return Optional.empty();
            }
            client.execute(new RouteRequest.CreateLink(LinkSpec.of(PROBE, onBridge(kind))
                    .withAttributes(Attributes.EMPTY.with(LinkAttributes.LINK, bridge))));
        } catch (NetlinkException failure) {
            return failure.errno() == Errno.EOPNOTSUPP ? Optional.of(option(kind)) : Optional.empty();
        }
        client.execute(
                RouteRequest.DeleteLink.one(client.link(PROBE).orElseThrow().index()));
        return Optional.empty();
    }

    private LinkKind onBridge(LinkKind kind) {
        return kind.lowerDevice().isPresent()
                ? kind.withData(kind.data().with(kind.lowerDevice().get(), bridge))
                : kind;
    }

    private static String option(LinkKind kind) {
        return switch (kind.kind()) {
            case "bridge" -> "CONFIG_BRIDGE_VLAN_FILTERING";
            case "vlan" -> "CONFIG_VLAN_8021Q";
            case "gretap" -> "CONFIG_NET_IPGRE";
            case "ip6gretap" -> "CONFIG_IPV6_GRE";
            default -> "CONFIG_" + kind.kind().toUpperCase(Locale.ROOT);
        };
    }

    @Override
    public void close() {
        client.close();
        scratch.close();
    }
}
