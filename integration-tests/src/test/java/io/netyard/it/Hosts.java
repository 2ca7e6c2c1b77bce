package io.netyard.it;

import io.netyard.linux.NamespaceFolder;
import io.netyard.linux.NetworkNamespace;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/// Namespaces that a test works in, found by name: made before each test, removed after it.
final class Hosts implements BeforeEachCallback, AfterEachCallback {
    private final List<String> names;
    private final List<String> sysctls;
    private final Map<String, NetworkNamespace> open = new LinkedHashMap<>();

    private Hosts(List<String> names, List<String> sysctls) {
        this.names = names;
        this.sysctls = sysctls;
    }

    static Hosts named(String... names) {
        return new Hosts(List.of(names), List.of());
    }

    /// With settings of each of them, such as `net.ipv6.conf.default.disable_ipv6=1`.
    Hosts with(String... settings) {
        return new Hosts(names, List.of(settings));
    }

    /// A namespace, which stays this object's.
    NetworkNamespace get(String name) {
        NetworkNamespace namespace = open.get(name);
        if (namespace == null) {
            throw new IllegalArgumentException("there is no namespace " + name + " now, of " + names);
        }
        return namespace;
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        for (String name : names) {
            Tool.run("ip", "netns", "add", name);
            for (String setting : sysctls) {
                Tool.in(name, "sysctl", "-qw", setting);
            }
            open.put(name, NetworkNamespace.open(NamespaceFolder.DEFAULT.resolve(name)));
        }
    }

    @Override
    public void afterEach(ExtensionContext context) {
        open.values().forEach(NetworkNamespace::close);
        open.keySet().forEach(name -> Tool.run("ip", "netns", "del", name));
        open.clear();
    }
}
