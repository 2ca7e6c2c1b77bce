package io.netyard.topology.apply;

import io.netyard.linux.FileIdentity;
import io.netyard.linux.NetworkNamespace;
import io.netyard.linux.Processes;
import io.netyard.netlink.NetlinkException;
import io.netyard.netlink.route.RouteClient;
import io.netyard.netlink.route.RouteRequest;
import io.netyard.topology.apply.NodeKernels.NamespacePaths;
import java.util.List;
import java.util.Map;

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
