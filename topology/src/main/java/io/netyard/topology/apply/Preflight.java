package io.netyard.topology.apply;

import io.netyard.linux.Errno;
import io.netyard.linux.LinuxException;
import io.netyard.linux.NamespaceFolder;
import io.netyard.linux.NetworkNamespace;
import io.netyard.linux.Sysctl;
import io.netyard.net.InterfaceName;
import io.netyard.netlink.NetlinkException;
import io.netyard.netlink.message.Attributes;
import io.netyard.netlink.route.Bridge;
import io.netyard.netlink.route.LinkAttributes;
import io.netyard.netlink.route.LinkKind;
import io.netyard.netlink.route.LinkSpec;
import io.netyard.netlink.route.Physical;
import io.netyard.netlink.route.RouteClient;
import io.netyard.netlink.route.RouteRequest;
import io.netyard.netlink.route.Veth;
import io.netyard.topology.apply.LabException.Reason;
import io.netyard.topology.plan.Change;
import io.netyard.topology.plan.Plan;
import io.netyard.topology.state.Resource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Finds out, before anything is changed, whether a plan can be carried out: whether we may, whether limits
/// suffice, and whether this kernel has what it needs. What a kernel has is found by making one of each
/// kind in a namespace that is thrown away.
final class Preflight {
    private static final InterfaceName BRIDGE = new InterfaceName("br0");
    private static final InterfaceName PROBE = new InterfaceName("probe0");

    /// A namespace and a socket for each node, and what the JVM has open.
    private static final int DESCRIPTORS_PER_NODE = 2;

    private static final int OTHER_DESCRIPTORS = 64;

    private final Path namespaceFolder;

    Preflight(Path namespaceFolder) {
        this.namespaceFolder = namespaceFolder;
    }

    /// @throws LabException with all that is missing
    void check(Plan plan) {
        checkLimits(plan);
        try {
            NamespaceFolder.prepare(namespaceFolder);
            checkKinds(plan);
        } catch (LinuxException failure) {
            if (failure.errno() == Errno.EPERM || failure.errno() == Errno.EACCES) {
                throw new LabException(
                        Reason.NO_PERMISSION,
                        failure.getMessage()
                                + ": making namespaces takes CAP_SYS_ADMIN and CAP_NET_ADMIN; run it as root");
            }
            throw failure;
        }
    }

    private static void checkLimits(Plan plan) {
        long nodes = plan.changes().stream()
                .filter(change -> change instanceof Change.Create(Resource.Namespace _))
                .count();
        long descriptors = nodes * DESCRIPTORS_PER_NODE + OTHER_DESCRIPTORS;
        long allowed = openFilesLimit();
        if (nodes > 0 && descriptors > allowed) {
            throw new LabException(
                    Reason.FAILED,
                    nodes + " nodes need about " + descriptors + " open files, and this process may have " + allowed
                            + ": raise the limit (ulimit -n " + descriptors + ")");
        }
        long namespaces = Long.parseLong(Sysctl.read("user.max_net_namespaces"));
        if (nodes > namespaces) {
            throw new LabException(
                    Reason.FAILED,
                    nodes + " nodes are more than the " + namespaces
                            + " network namespaces that user.max_net_namespaces allows");
        }
    }

    private static long openFilesLimit() {
        try {
            for (String line : Files.readAllLines(Path.of("/proc/self/limits"))) {
                if (line.startsWith("Max open files")) {
                    String soft =
                            line.substring("Max open files".length()).strip().split(" ")[0];
                    return soft.equals("unlimited") ? Long.MAX_VALUE : Long.parseLong(soft);
                }
            }
        } catch (IOException failure) {
            throw new UncheckedIOException("read /proc/self/limits", failure);
        }
        return Long.MAX_VALUE;
    }

    private void checkKinds(Plan plan) {
        Map<String, Resource.Link> oneOfEach = new LinkedHashMap<>();
        for (Change change : plan.changes()) {
            Resource after = switch (change) {
                case Change.Create create -> create.resource();
                case Change.Update update -> update.after();
                case Change.Delete delete ->
                    new Resource.Namespace(delete.resource().node());
            };
            if (after instanceof Resource.Link link && needsProbe(link.kind())) {
                oneOfEach.putIfAbsent(link.kind().kind(), link);
            }
        }
        if (oneOfEach.isEmpty()) {
            return;
        }
        List<String> missing = new ArrayList<>();
        try (NetworkNamespace scratch = NetworkNamespace.create();
                RouteClient client = RouteClient.in(scratch)) {
            client.execute(new RouteRequest.CreateLink(LinkSpec.of(BRIDGE, new Bridge(Attributes.EMPTY))));
            for (Resource.Link link : oneOfEach.values()) {
                missing(client, link.kind())
                        .ifPresent(option ->
                                missing.add(link.kind().kind() + (link.kind() instanceof Bridge ? " with VLANs" : "")
                                        + " (" + option + ", first needed by " + link.end() + ")"));
            }
        }
        if (!missing.isEmpty()) {
            throw new LabException(
                    Reason.UNSUPPORTED,
                    "this kernel cannot make " + String.join(", ", missing) + "; nothing was changed");
        }
    }

    /// Veth pairs and plain bridges are in every kernel that has namespaces; the first request tells of the
    /// rest.
    private static boolean needsProbe(LinkKind kind) {
        return switch (kind) {
            case Physical _, Veth _ -> false;
            case Bridge bridge -> bridge.data().get(Bridge.VLAN_FILTERING).orElse(false);
            default -> true;
        };
    }

    /// The kernel's configuration option that is missing.
    private static Optional<String> missing(RouteClient client, LinkKind kind) {
        int bridge = client.link(BRIDGE).orElseThrow().index();
        try {
            if (kind instanceof Bridge) {
                client.execute(RouteRequest.SetLink.data(
                        bridge, new Bridge(Attributes.EMPTY.with(Bridge.VLAN_FILTERING, true))));
                return Optional.empty();
            }
            client.execute(new RouteRequest.CreateLink(LinkSpec.of(PROBE, probe(kind, bridge))
                    .withAttributes(Attributes.EMPTY.with(LinkAttributes.LINK, bridge))));
        } catch (NetlinkException failure) {
            return failure.errno() == Errno.EOPNOTSUPP ? Optional.of(option(kind)) : Optional.empty();
        }
        client.execute(
                RouteRequest.DeleteLink.one(client.link(PROBE).orElseThrow().index()));
        return Optional.empty();
    }

    private static LinkKind probe(LinkKind kind, int lower) {
        return kind.lowerDevice().isPresent()
                ? kind.withData(kind.data().with(kind.lowerDevice().get(), lower))
                : kind;
    }

    private static String option(LinkKind kind) {
        return switch (kind.kind()) {
            case "bridge" -> "CONFIG_BRIDGE_VLAN_FILTERING";
            case "vlan" -> "CONFIG_VLAN_8021Q";
            default -> "CONFIG_" + kind.kind().toUpperCase(java.util.Locale.ROOT);
        };
    }
}
