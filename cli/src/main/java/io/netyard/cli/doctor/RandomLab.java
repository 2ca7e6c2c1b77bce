package io.netyard.cli.doctor;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/// The file of a lab made by chance, edited by chance: hosts on a tree of switches, in one VLAN or another
/// if it has any. The same seed makes the same files.
final class RandomLab {
    private static final int MOST_HOSTS = 8;
    private static final int MOST_SWITCHES = 3;
    private static final int MOST_EDITS = 3;
    private static final List<String> VLANS = List.of("red", "blue");
    private static final List<String> DRIVERS = List.of("kernel", "user");
    private static final List<Integer> MTUS = List.of(1500, 1400, 1280);

    private final String name;
    private final Random random;
    private final List<Host> hosts = new ArrayList<>();
    private final List<String> switches = new ArrayList<>();
    private boolean hasVlans;
    private int lastNumber;

    /// @param number of its name, and the last octet of its addresses
    /// @param attachment the switch, counted from 0 round the list of those there are
    /// @param vlan where the lab has any, from [#VLANS]
    /// @param note an alias of its interface
    /// @param extra what it has besides `eth0`
    private record Host(int number, int attachment, String vlan, int mtu, int note, Extra extra) {
        String name() {
            return "h" + number;
        }
    }

    /// What a host may have besides.
    private enum Extra {
        NONE(""),
        MACVLAN("      mv0: { kind: macvlan, parent: eth0, mode: bridge, address: 10.1.0.%d/24 }%n"),
        VXLAN("      vx0: { kind: vxlan, id: %1$d, local: 10.0.0.%1$d, remotes: [ 10.0.0.254 ] }%n"),
        LOOPBACK("      lo: { address: 10.9.0.%d/32 }%n");

        private final String text;

        Extra(String text) {
            this.text = text;
        }
    }

    RandomLab(String name, Random random) {
        this.name = name;
        this.random = random;
        switches.add(oneOf(DRIVERS));
        addHost();
        addHost();
    }

    /// The names of its hosts.
    List<String> hosts() {
        return hosts.stream().map(Host::name).toList();
    }

    /// Changes one to three things.
    void edit() {
        for (int edits = 1 + random.nextInt(MOST_EDITS); edits > 0; edits--) {
            switch (random.nextInt(8)) {
                case 0, 1 -> addHost();
                case 2 -> removeHost();
                case 3 -> changeSwitches();
                case 4 -> hasVlans = !hasVlans;
                default -> changeHost();
            }
        }
    }

    private void addHost() {
        if (hosts.size() < MOST_HOSTS) {
            lastNumber = lastNumber % 200 + 1;
            hosts.add(new Host(lastNumber, random.nextInt(MOST_SWITCHES), VLANS.getFirst(), 1500, 0, Extra.NONE));
        }
    }

    private void removeHost() {
        if (hosts.size() > 2) {
            hosts.remove(random.nextInt(hosts.size()));
        }
    }

    private void changeSwitches() {
        int at = random.nextInt(MOST_SWITCHES);
        if (at >= switches.size()) {
            switches.add(oneOf(DRIVERS));
        } else if (at > 0 && random.nextBoolean()) {
            switches.remove(at);
        } else {
            switches.set(at, oneOf(DRIVERS));
        }
    }

    private void changeHost() {
        int at = random.nextInt(hosts.size());
        Host old = hosts.get(at);
        hosts.set(
                at,
                new Host(
                        old.number,
                        random.nextInt(MOST_SWITCHES),
                        oneOf(VLANS),
                        oneOf(MTUS),
                        random.nextInt(3),
                        oneOf(List.of(Extra.values()))));
    }

    private <T> T oneOf(List<T> values) {
        return values.get(random.nextInt(values.size()));
    }

    /// The topology file.
    String text() {
        StringBuilder text = new StringBuilder("lab: " + name + "\n");
        if (hasVlans) {
            text.append("vlans: { red: 10, blue: 20 }\n");
        }
        text.append("nodes:\n");
        hosts.forEach(host -> text.append(node(host)));
        for (int at = 0; at < switches.size(); at++) {
            text.append(switchNode(at));
        }
        text.append("links:\n");
        hosts.forEach(
                host -> text.append("  - %s:eth0 -- s%d:p%d%n".formatted(host.name(), attachment(host), host.number)));
        for (int at = 1; at < switches.size(); at++) {
            text.append("  - s0:t%d -- s%d:t0%n".formatted(at, at));
        }
        return text.append(checks()).toString();
    }

    private int attachment(Host host) {
        return host.attachment % switches.size();
    }

    private static String node(Host host) {
        return """
                  %s:
                    interfaces:
                      eth0: { address: [ 10.0.0.%d/24, "fd00::%d/64" ], mtu: %d%s }
                %s    routes: [ { to: 10.66.%d.0/24, type: blackhole } ]
                """.formatted(
                        host.name(),
                        host.number,
                        host.number,
                        host.mtu,
                        host.note == 0 ? "" : ", alias: note " + host.note,
                        host.extra.text.formatted(host.number),
                        host.note);
    }

    /// Kernels without VLANs in their bridges need a switch of ours, so where there are VLANs the driver is
    /// left open.
    private String switchNode(int at) {
        if (!hasVlans) {
            return "  s%d: { kind: switch, driver: %s }%n".formatted(at, switches.get(at));
        }
        StringBuilder text = new StringBuilder("  s%d:%n    kind: switch%n    ports:%n".formatted(at));
        hosts.stream()
                .filter(host -> attachment(host) == at)
                .forEach(host -> text.append("      p%d: { access: %s }%n".formatted(host.number, host.vlan)));
        for (int other = 1; other < switches.size(); other++) {
            if (at == 0 || at == other) {
                text.append("      t%d: { trunk: [ red, blue ] }%n".formatted(at == 0 ? other : 0));
            }
        }
        return text.toString();
    }

    private String checks() {
        Host from = hosts.getFirst();
        List<Host> others = hosts.stream()
                .filter(host -> !host.equals(from) && (!hasVlans || host.vlan.equals(from.vlan)))
                .toList();
        return others.isEmpty()
                ? ""
                : "checks: [ %s reaches %s ]%n"
                        .formatted(from.name(), oneOf(others).name());
    }
}
