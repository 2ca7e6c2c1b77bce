package io.netyard.it;

import io.netyard.topology.apply.Labs;
import io.netyard.topology.yaml.TopologyFile;

/// A lab that has one of every kind of interface that the kernel of this ring makes, before and after an
/// edit that makes, changes and removes some of each. No bridge runs a spanning tree: each apply would wait
/// half a minute for it.
///
/// ```text
///   h1 --- p1 +----+ p3 --- r1      after: h2 is gone, h3 is there, h1, r1 and s1 are other than before
///             | s1 |
///   h2 --- p2 +----+
/// ```
///
/// Or a small lab with a switch in user space, which has a port on a packet socket, one with VLANs, TAP
/// devices and a tunnel; `r1` is the other end of the tunnel:
///
/// ```text
///   h1 --- p1 +----+                after: h2 is gone, h3 is there; ports, VLANs and the tunnel are other
///             | s1 | eth0 --- r1    than before
///   h2 --- p2 +----+
/// ```
///
/// @param name the lab's name
/// @param hasUserSwitch which of the two it is
record CrashLab(String name, boolean hasUserSwitch) {
    private static final boolean FULL = "full".equals(System.getProperty("netyard.ring"));

    private static final String BEFORE = """
            nodes:
              h1:
                interfaces:
                  eth0: { address: [ 10.0.0.1/24, "fd00::1/64" ], alias: to the switch }
                  lo: { address: 10.9.0.1/32 }
                routes: [ { to: default, via: 10.0.0.254 }, { to: 10.66.0.0/16, type: blackhole } ]
              h2:
                interfaces:
                  eth0: {}
                  mv0: { kind: macvlan, parent: eth0, mode: bridge, address: 10.0.0.2/24 }
                  mt0: { kind: macvtap, parent: eth0, mode: vepa }
              r1:
                kind: router
                interfaces:
                  eth0: { address: 10.0.0.254/24 }
                  vx0: { kind: vxlan, id: 42, local: 10.0.0.254, remotes: [ 10.0.0.1, 10.0.0.2 ] }
                  br0: { kind: bridge, ports: [ vx0 ], address: 10.8.0.1/24 }
            EXTRA
              s1: { kind: switch }
            links: [ "h1..2:eth0 -- s1:p1..2", "r1:eth0 -- s1:p3" ]
            """;

    private static final String AFTER = """
            nodes:
              h1:
                interfaces:
                  eth0: { address: [ 10.0.0.11/24, "fd00::1/64" ], mtu: 1400, alias: to another switch }
                  lo: { address: 10.9.0.2/32 }
                routes: [ { to: default, via: 10.0.0.253 }, { to: 10.67.0.0/16, type: unreachable } ]
              h3:
                interfaces:
                  eth0: {}
                  mv0: { kind: macvlan, parent: eth0, mode: private, address: 10.0.0.3/24 }
                  mt0: { kind: macvtap, parent: eth0, mode: bridge }
              r1:
                kind: router
                interfaces:
                  eth0: { address: 10.0.0.253/24 }
                  vx0: { kind: vxlan, id: 43, local: 10.0.0.253, remotes: [ 10.0.0.11 ] }
                  br0: { kind: bridge, ports: [ vx0 ], address: 10.8.0.1/24, ageing: 200 }
            EXTRA
              s1: { kind: switch }
            links: [ "h1:eth0 -- s1:p1", "h3:eth0 -- s1:p2", "r1:eth0 -- s1:p4" ]
            """;

    /// What the full kernel has besides.
    private static final String EXTRA_BEFORE = """
              x1:
                interfaces:
                  d0: { kind: dummy, mtu: 1450, address: 10.5.0.1/24 }
                  d0.7: { kind: vlan, parent: d0, id: 7 }
                  iv0: { kind: ipvlan, parent: d0, mode: l2 }
              s2: { kind: switch, ports: { p1: { access: 10 }, p2: { trunk: [ 10, 20 ] } }, interfaces: { v: { kind: irb, id: 10, address: 10.6.0.1/24 } } }
            """;

    private static final String EXTRA_AFTER = """
              x1:
                interfaces:
                  d0: { kind: dummy, mtu: 1450, address: 10.5.0.2/24 }
                  d0.7: { kind: vlan, parent: d0, id: 8 }
                  iv0: { kind: ipvlan, parent: d0, mode: l3 }
              s2: { kind: switch, ports: { p1: { access: 20 }, p2: { trunk: [ 10, 20, 30 ], native: 30 } }, interfaces: { v: { kind: irb, id: 20, address: 10.6.0.1/24 } } }
            """;

    private static final String USER_BEFORE = """
            nodes:
              h1: { interfaces: { eth0: { address: 10.0.0.1/24 } } }
              h2: { interfaces: { eth0: {}, eth0.20: { kind: vlan, parent: eth0, id: 20, address: 10.2.0.2/24 } } }
              s1:
                kind: switch
                driver: user
                ports: { p1: { access: 10 }, p2: { trunk: [ 10, 20 ] }, vx0: { access: 10 } }
                interfaces:
                  v: { kind: irb, id: 10, address: 10.0.0.254/24 }
                  eth0: { address: 192.168.0.1/24 }
                  vx0: { kind: vxlan, id: 7, local: 192.168.0.1, remotes: [ 192.168.0.2 ], underlay: eth0 }
              r1:
                interfaces:
                  eth0: { address: 192.168.0.2/24 }
                  vx0: { kind: vxlan, id: 7, local: 192.168.0.2, remotes: [ 192.168.0.1 ], address: 10.0.0.3/24 }
            links: [ "h1..2:eth0 -- s1:p1..2", "s1:eth0 -- r1:eth0" ]
            """;

    private static final String USER_AFTER = """
            nodes:
              h1: { interfaces: { eth0: { address: 10.0.0.11/24 } } }
              h3: { interfaces: { eth0: {}, eth0.20: { kind: vlan, parent: eth0, id: 20, address: 10.2.0.3/24 } } }
              s1:
                kind: switch
                driver: user
                ports: { p1: { access: 20 }, p3: { trunk: [ 10, 20 ] }, vx0: { access: 20 } }
                interfaces:
                  v: { kind: irb, id: 20, address: 10.0.0.254/24 }
                  eth0: { address: 192.168.0.1/24 }
                  vx0: { kind: vxlan, id: 8, local: 192.168.0.1, remotes: [ 192.168.0.2 ], underlay: eth0 }
              r1:
                interfaces:
                  eth0: { address: 192.168.0.2/24 }
                  vx0: { kind: vxlan, id: 8, local: 192.168.0.2, remotes: [ 192.168.0.1 ], address: 10.0.0.3/24 }
            links: [ "h1:eth0 -- s1:p1", "h3:eth0 -- s1:p3", "s1:eth0 -- r1:eth0" ]
            """;

    /// A lab without switches in user space.
    CrashLab(String name) {
        this(name, false);
    }

    String before() {
        return hasUserSwitch ? "lab: " + name + "\n" + USER_BEFORE : text(BEFORE, EXTRA_BEFORE);
    }

    String after() {
        return hasUserSwitch ? "lab: " + name + "\n" + USER_AFTER : text(AFTER, EXTRA_AFTER);
    }

    private String text(String plain, String extra) {
        return "lab: " + name + "\n"
                + (FULL
                        ? plain.replace("EXTRA\n", extra).replace("links: [", "links: [ \"x1:e1..2 -- s2:p1..2\",")
                        : plain.replace("EXTRA\n", ""));
    }

    /// A text as a library's source.
    static Labs.Source source(String text) {
        TopologyFile file = TopologyFile.parse("crash.yaml", text);
        return new Labs.Source(
                file.topology()
                        .orElseThrow(() ->
                                new IllegalArgumentException(file.diagnostics().toString())),
                text,
                file.name());
    }
}
