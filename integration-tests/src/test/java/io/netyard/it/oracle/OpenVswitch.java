package io.netyard.it.oracle;

import io.netyard.it.Tool;
import io.netyard.net.VlanId;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// Open vSwitch with its forwarding in user space (`datapath_type=netdev`): a database and a switch of its
/// own, no service of the machine.
final class OpenVswitch implements OracleSwitch {
    private static final String SCHEMA = "/usr/share/openvswitch/vswitch.ovsschema";
    private static final Pattern RECEIVED = Pattern.compile("packets received: (\\d+)");
    private static final int TIMEOUT = 10;

    private final Path folder;
    private final List<Process> processes = new ArrayList<>();

    /// Starts it.
    ///
    /// @param folder for its sockets and its database
    OpenVswitch(Path folder) {
        this.folder = folder;
        Path database = folder.resolve("conf.db");
        Tool.run("ovsdb-tool", "create", database.toString(), SCHEMA);
        start("ovsdb-server", database.toString(), "--remote=punix:" + socket("db"), "--unixctl=" + socket("db.ctl"));
        await(socket("db"));
        start("ovs-vswitchd", "unix:" + socket("db"), "--disable-system", "--unixctl=" + socket("switch.ctl"));
        database("init");
        await(socket("switch.ctl"));
    }

    /// Whether it is installed.
    static boolean isInstalled() {
        return new File(SCHEMA).exists() && new File("/usr/sbin/ovs-vswitchd").exists();
    }

    private String socket(String name) {
        return folder.resolve(name).toString();
    }

    private void start(String... command) {
        List<String> words = new ArrayList<>(List.of("ip", "netns", "exec", SideBySide.THEIRS));
        words.addAll(List.of(command));
        words.addAll(List.of("-vconsole:off", "-vsyslog:off", "-vfile:off"));
        ProcessBuilder builder = new ProcessBuilder(words).redirectErrorStream(true);
        for (String variable : List.of("OVS_RUNDIR", "OVS_LOGDIR", "OVS_DBDIR", "OVS_SYSCONFDIR")) {
            builder.environment().put(variable, folder.toString());
        }
        try {
            processes.add(
                    builder.redirectOutput(ProcessBuilder.Redirect.DISCARD).start());
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static void await(String file) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(TIMEOUT);
        while (!Files.exists(Path.of(file))) {
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException("Open vSwitch did not make " + file);
            }
            SideBySide.pause(5);
        }
    }

    private void database(String... words) {
        List<String> command =
                new ArrayList<>(List.of("ovs-vsctl", "--db=unix:" + socket("db"), "--timeout=" + TIMEOUT));
        command.addAll(List.of(words));
        Tool.run(command.toArray(String[]::new));
    }

    private String control(String... words) {
        List<String> command = new ArrayList<>(List.of("ovs-appctl", "-t", socket("switch.ctl")));
        command.addAll(List.of(words));
        return Tool.run(command.toArray(String[]::new));
    }

    @Override
    public Oracle kind() {
        return Oracle.OPEN_VSWITCH;
    }

    /// Without limit it knows two tags, the most that it can; and it keeps no decision for other frames.
    @Override
    public void open(int ports) {
        List<String> words = new ArrayList<>(List.of("set", "open_vswitch", ".", "other_config:vlan-limit=0"));
        words.addAll(List.of("--", "add-br", "br", "--", "set", "bridge", "br", "datapath_type=netdev"));
        for (int port = 0; port < ports; port++) {
            words.addAll(List.of("--", "add-port", "br", "p" + port));
        }
        database(words.toArray(String[]::new));
        control("upcall/disable-megaflows");
    }

    @Override
    public void configure(List<PortRole> roles) {
        List<String> words = new ArrayList<>();
        for (int port = 0; port < roles.size(); port++) {
            words.addAll(List.of("--", "clear", "port", "p" + port, "tag", "trunks", "vlan_mode", "--"));
            words.addAll(List.of("set", "port", "p" + port));
            words.addAll(settings(roles.get(port)));
        }
        database(words.toArray(String[]::new));
        control("fdb/flush", "br");
        settle();
    }

    private static List<String> settings(PortRole role) {
        return switch (role) {
            case PortRole.Access access -> List.of("vlan_mode=access", "tag=" + access.vlan());
            case PortRole.Trunk trunk -> List.of("vlan_mode=trunk", trunks(trunk.vlans()));
            case PortRole.ServiceTrunk trunk -> List.of("vlan_mode=trunk", trunks(trunk.vlans()));
            case PortRole.NativeTagged port ->
                List.of("vlan_mode=native-tagged", "tag=" + port.own(), trunks(port.vlans()));
            case PortRole.NativeUntagged port ->
                List.of("vlan_mode=native-untagged", "tag=" + port.own(), trunks(port.vlans()));
            case PortRole.Tunnel tunnel -> List.of("vlan_mode=dot1q-tunnel", "tag=" + tunnel.service());
            case PortRole.Plain _ -> List.of("vlan_mode=trunk");
        };
    }

    private static String trunks(Collection<VlanId> vlans) {
        return "trunks=" + vlans.stream().map(VlanId::toString).collect(Collectors.joining(","));
    }

    @Override
    public void settle() {
        control("revalidator/purge");
    }

    /// After a frame that is too long for a port, it does not send what waits for the port besides.
    @Override
    public boolean wantsAlone(TestFrame frame) {
        return frame.bytes().length > Collections.min(SideBySide.MTUS);
    }

    /// Frames are counted, and questions answered, by the thread that also forwards.
    @Override
    public boolean hasTaken(long frames) {
        return RECEIVED.matcher(control("dpif-netdev/pmd-stats-show"))
                        .results()
                        .mapToLong(match -> Long.parseLong(match.group(1)))
                        .sum()
                >= frames;
    }

    @Override
    public void close() {
        for (Process process : processes.reversed()) {
            process.destroy();
            try {
                if (!process.waitFor(TIMEOUT, TimeUnit.SECONDS)) {
                    process.destroyForcibly().waitFor();
                }
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
