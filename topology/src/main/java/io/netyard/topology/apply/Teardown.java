package io.netyard.topology.apply;

import io.netyard.linux.FileIdentity;
import io.netyard.linux.LinuxException;
import io.netyard.linux.NetworkNamespace;
import io.netyard.linux.Processes;
import io.netyard.netlink.NetlinkException;
import io.netyard.netlink.route.RouteClient;
import io.netyard.netlink.route.RouteRequest;
import io.netyard.topology.apply.NodeKernels.NamespacePaths;
import io.netyard.topology.compile.LabIdentity;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Empties namespaces that processes keep alive after their names are gone.
final class Teardown {
    private Teardown() {}

    /// Removes the lab's links from the namespaces in which processes live. The others take their links
    /// along when they go, all at once and many times faster.
    static void removeLinksOf(
            List<Processes.Resident> residents, Map<String, FileIdentity> namespaces, NamespacePaths paths, int group) {
        for (Map.Entry<String, FileIdentity> entry : namespaces.entrySet()) {
            if (residents.stream().anyMatch(resident -> resident.namespace().equals(entry.getValue()))) {
                try (NetworkNamespace namespace = NetworkNamespace.open(paths.of(entry.getKey()));
                        RouteClient client = RouteClient.in(namespace)) {
                    removeGroup(client, group);
                }
            }
        }
    }

    /// Takes a lab's links and its mark out of namespaces that have no name any more and that processes
    /// keep alive: then nothing of the lab is left in them.
    static void empty(List<Processes.Resident> residents, String lab) {
        Set<FileIdentity> done = new HashSet<>();
        for (Processes.Resident resident : residents) {
            if (!done.contains(resident.namespace()) && isEmptied(resident, lab)) {
                done.add(resident.namespace());
            }
        }
    }

    private static boolean isEmptied(Processes.Resident resident, String lab) {
        try (NetworkNamespace namespace = NetworkNamespace.ofProcess(resident.pid())) {
            if (!namespace.identity().equals(resident.namespace())) {
                return false;
            }
            try (RouteClient client = RouteClient.in(namespace)) {
                removeGroup(client, LabIdentity.group(lab));
                NamespaceMark.remove(client);
            }
            return true;
        } catch (LinuxException _) {
            // The process ended, and perhaps the namespace with it.
            return false;
        }
    }

    /// Removes all links of a group; none is success.
    static void removeGroup(RouteClient client, int group) {
        try {
            client.execute(new RouteRequest.DeleteLink(0, group));
        } catch (NetlinkException failure) {
            // No link of the group is left: their other ends went first.
            if (failure.errno() != io.netyard.linux.Errno.ENODEV) {
                throw failure;
            }
        }
    }
}
