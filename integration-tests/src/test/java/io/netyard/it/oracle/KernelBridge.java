package io.netyard.it.oracle;

import io.netyard.it.Tool;
import io.netyard.net.VlanId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// The bridge of the kernel, with VLAN filtering where there is one.
final class KernelBridge implements OracleSwitch {
    private static final String BRIDGE = "bridge0";

    private final Path folder;
    private final List<Set<VlanId>> present = new ArrayList<>();

    /// @param folder for the lists of what is to be changed
    KernelBridge(Path folder) {
        this.folder = folder;
    }

    /// Whether the kernel filters VLANs.
    static boolean filtersVlans() {
        make();
        String filtering = "ip -n " + SideBySide.THEIRS + " link set " + BRIDGE + " type bridge vlan_filtering 1";
        String answer = Tool.run("sh", "-c", filtering + " 2>/dev/null && echo yes || echo no");
        Tool.run("ip", "-n", SideBySide.THEIRS, "link", "del", BRIDGE);
        return answer.strip().equals("yes");
    }

    /// Without snooping, where the kernel has it.
    private static void make() {
        String bridge = "ip -n " + SideBySide.THEIRS + " link add name " + BRIDGE + " type bridge stp_state 0";
        Tool.run("sh", "-c", bridge + " mcast_snooping 0 2>/dev/null || " + bridge);
    }

    @Override
    public Oracle kind() {
        return Oracle.BRIDGE;
    }

    /// Keeps the packet filter out, which would drop what is no proper packet.
    @Override
    public void open(int ports) {
        make();
        String filters = "sysctl -qw net.bridge.bridge-nf-call-iptables=0 net.bridge.bridge-nf-call-ip6tables=0"
                + " net.bridge.bridge-nf-call-arptables=0";
        Tool.in(SideBySide.THEIRS, "sh", "-c", filters + " 2>/dev/null || true");
        Tool.run("ip", "-n", SideBySide.THEIRS, "link", "set", BRIDGE, "up");
        for (int port = 0; port < ports; port++) {
            Tool.run("ip", "-n", SideBySide.THEIRS, "link", "set", "p" + port, "master", BRIDGE);
            present.add(Set.of());
        }
    }

    @Override
    public void configure(List<PortRole> roles) {
        boolean plain = roles.getFirst() instanceof PortRole.Plain;
        String protocol = roles.getFirst().isService() ? "802.1ad" : "802.1q";
        String filtering = plain ? "" : " vlan_default_pvid 0 vlan_filtering 1 vlan_protocol " + protocol;
        run("ip", "link set " + BRIDGE + " type bridge" + filtering + " fdb_flush");
        if (plain) {
            return;
        }
        List<String> changes = new ArrayList<>();
        for (int port = 0; port < roles.size(); port++) {
            String device = " dev p" + port + " vid ";
            present.get(port).forEach(vlan -> changes.add("vlan del" + device + vlan));
            PortRole role = roles.get(port);
            Set<VlanId> vlans = new TreeSet<>(role.trunked());
            role.untagged().ifPresent(vlans::add);
            vlans.forEach(vlan -> changes.add("vlan add" + device + vlan + flags(role, vlan)));
            present.set(port, vlans);
        }
        run("bridge", String.join("\n", changes));
    }

    private static String flags(PortRole role, VlanId vlan) {
        boolean isOwn = role.untagged().equals(Optional.of(vlan));
        boolean isUntagged = role.rules().untagged().contains(vlan.value());
        return (isOwn ? " pvid" : "") + (isUntagged ? " untagged" : "");
    }

    private void run(String tool, String lines) {
        try {
            Path batch = Files.writeString(folder.resolve("batch"), lines + "\n");
            Tool.run(tool, "-n", SideBySide.THEIRS, "-batch", batch.toString());
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /// It decides while a frame is being sent.
    @Override
    public boolean hasTaken(long frames) {
        return true;
    }

    @Override
    public void close() {
        Tool.run("ip", "-n", SideBySide.THEIRS, "link", "del", BRIDGE);
    }
}
