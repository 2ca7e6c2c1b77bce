package io.netyard.benchmarks;

import io.netyard.topology.model.Topology;
import io.netyard.topology.yaml.TopologyFile;

/// A topology file of hosts on one switch, each node and link in a line of its own.
final class StarFile {
    private static final int HOSTS_OF_A_BLOCK = 250;

    private StarFile() {}

    /// The text of the file.
    ///
    /// @param hosts how many hosts, at most 60,000
    static String text(int hosts) {
        StringBuilder text = new StringBuilder("lab: star\nnodes:\n  s1: { kind: switch }\n");
        for (int at = 0; at < hosts; at++) {
            text.append("  h%d: { interfaces: { eth0: { address: 10.0.%d.%d/16 } } }\n"
                    .formatted(at + 1, at / HOSTS_OF_A_BLOCK, at % HOSTS_OF_A_BLOCK + 1));
        }
        text.append("links:\n");
        for (int at = 1; at <= hosts; at++) {
            text.append("  - h%d:eth0 -- s1:p%d\n".formatted(at, at));
        }
        return text.toString();
    }

    /// What the file says.
    static Topology topology(int hosts) {
        return TopologyFile.parse("star.yaml", text(hosts)).topology().orElseThrow();
    }
}
