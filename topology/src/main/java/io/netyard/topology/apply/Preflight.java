package io.netyard.topology.apply;

import io.netyard.linux.Errno;
import io.netyard.linux.LinuxException;
import io.netyard.linux.NamespaceFolder;
import io.netyard.linux.Processes;
import io.netyard.linux.Sysctl;
import io.netyard.netlink.route.Bridge;
import io.netyard.netlink.route.LinkKind;
import io.netyard.netlink.route.Physical;
import io.netyard.netlink.route.Tun;
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

/// Finds out, before anything is changed, whether a plan can be carried out: whether we may, whether limits
/// suffice, and whether this kernel has what it needs. What a kernel has is found by making one of each
/// kind in a namespace that is thrown away.
final class Preflight {
    /// A namespace and a socket for each node, and what is open for a while.
    private static final int DESCRIPTORS_PER_NODE = 2;

    private static final int OTHER_DESCRIPTORS = 32;

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
        long descriptors = Processes.ownDescriptors() + nodes * DESCRIPTORS_PER_NODE + OTHER_DESCRIPTORS;
        long allowed = openFilesLimit();
        if (nodes > 0 && descriptors > allowed) {
            throw new LabException(
                    Reason.FAILED,
                    nodes + " new nodes need about " + descriptors + " open files, and this process may have " + allowed
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
        try (KernelProbe probe = KernelProbe.open()) {
            for (Resource.Link link : oneOfEach.values()) {
                probe.missing(link.kind())
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
            case Physical _, Veth _, Tun _ -> false;
            case Bridge bridge -> bridge.data().get(Bridge.VLAN_FILTERING).orElse(false);
            default -> true;
        };
    }
}
