package io.netyard.topology.observe;

import io.netyard.linux.NetworkNamespace;
import io.netyard.linux.Sysctl;
import io.netyard.linux.TapDevice;
import io.netyard.net.InterfaceName;
import io.netyard.netlink.route.RouteClient;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The kernel's side of one node: its namespace, and a connection into it. Owned by whoever opened it.
public final class NodeKernel implements AutoCloseable {
    private final String node;
    private final NetworkNamespace namespace;
    private final RouteClient client;

    /// Opens a connection into a namespace; both are closed with this, or at once if there can be no
    /// connection.
    public NodeKernel(String node, NetworkNamespace namespace) {
        this.node = node;
        this.namespace = namespace;
        this.client = connect(namespace);
    }

    private static RouteClient connect(NetworkNamespace namespace) {
        try {
            return RouteClient.in(namespace);
        } catch (RuntimeException failure) {
            namespace.close();
            throw failure;
        }
    }

    /// The node's name.
    public String node() {
        return node;
    }

    /// The namespace.
    public NetworkNamespace namespace() {
        return namespace;
    }

    /// The connection.
    public RouteClient client() {
        return client;
    }

    /// The values of sysctls, by key, with one change of namespace for all.
    public Map<String, String> readSysctls(List<String> keys) {
        return namespace.call(() -> {
            Map<String, String> values = new LinkedHashMap<>();
            for (String key : keys) {
                values.put(key, Sysctl.read(key));
            }
            return values;
        });
    }

    /// Sets sysctls, with one change of namespace for all.
    public void writeSysctls(Map<String, String> values) {
        namespace.call(() -> {
            values.forEach(Sysctl::write);
            return values.size();
        });
    }

    /// Makes a TAP device that stays when no program has its other end. If this process ends before the
    /// device can be told for the lab's, the device goes with it.
    ///
    /// @param dress gives it what tells it
    public void makeTap(InterfaceName name, int index, Runnable dress) {
        try (TapDevice device = TapDevice.attach(namespace, name, index, TapDevice.Options.PLAIN)) {
            dress.run();
            device.persist(true);
        }
    }

    @Override
    public void close() {
        client.close();
        namespace.close();
    }
}
