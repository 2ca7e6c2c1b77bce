package io.netyard.cli.doctor;

import io.netyard.cli.doctor.Finding.Verdict;
import io.netyard.linux.LinuxException;
import io.netyard.linux.Sysctl;
import io.netyard.netlink.NetlinkException;
import io.netyard.topology.apply.KernelKinds;
import io.netyard.topology.apply.LabException;
import io.netyard.topology.apply.LabSummary;
import io.netyard.topology.apply.Labs;
import io.netyard.topology.apply.Orphan;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Looks at what this machine lets Netyard do, and at what Netyard has left on it. Changes nothing.
public final class Examination {
    private static final Path TUN = Path.of("/dev/net/tun");

    /// Where the kernel's own is missing, switches in user space do it.
    private static final Set<String> REPLACED = Set.of("bridge", "vlan", "vxlan", "gretap", "ip6gretap");

    private final Labs labs;
    private final List<Finding> findings = new ArrayList<>();

    public Examination(Labs labs) {
        this.labs = labs;
    }

    /// Looks at everything.
    public List<Finding> run() {
        add("kernel", Verdict.GOOD, "Linux " + System.getProperty("os.version") + ", " + System.getProperty("os.arch"));
        add("JVM", Verdict.GOOD, System.getProperty("java.vm.name") + " " + Runtime.version());
        try {
            KernelKinds.probe().forEach(this::addKind);
            addDevices();
            addLimits();
            addLabs();
        } catch (LinuxException | NetlinkException refused) {
            add("permission", Verdict.WRONG, refused.getMessage() + ": making namespaces takes root");
        } catch (LabException refused) {
            add("labs", Verdict.WRONG, String.valueOf(refused.getMessage()));
        }
        return List.copyOf(findings);
    }

    private void add(String subject, Verdict verdict, String explanation) {
        findings.add(new Finding(subject, verdict, explanation));
    }

    private void addKind(String kind, Optional<String> missing) {
        String subject = kind.equals("bridge") ? "bridge with VLANs" : kind;
        if (missing.isEmpty()) {
            add(subject, Verdict.GOOD, "the kernel makes it");
        } else {
            add(
                    subject,
                    Verdict.MISSING,
                    missing.get() + " is not in this kernel: "
                            + (REPLACED.contains(kind)
                                    ? "switches in user space do it"
                                    : "a lab that uses it is refused"));
        }
    }

    private void addDevices() {
        if (Files.isReadable(TUN)) {
            add("TAP devices", Verdict.GOOD, TUN + " is there");
        } else {
            add("TAP devices", Verdict.MISSING, TUN + " is not there (modprobe tun): a lab that uses it is refused");
        }
    }

    private void addLimits() {
        add("network namespaces", Verdict.GOOD, "at most " + Sysctl.read("user.max_net_namespaces"));
    }

    private void addLabs() {
        for (LabSummary lab : labs.list()) {
            String wrong = lab.state() == LabSummary.State.INTERRUPTED
                    ? "an apply or destroy was interrupted: netyard recover " + lab.lab()
                    : lab.problem();
            add(
                    "lab " + lab.lab(),
                    wrong.isEmpty() ? Verdict.GOOD : Verdict.WRONG,
                    wrong.isEmpty() ? lab.nodes() + " nodes" : wrong);
        }
        List<Orphan> orphans = labs.orphans();
        add(
                "orphans",
                orphans.isEmpty() ? Verdict.GOOD : Verdict.WRONG,
                orphans.isEmpty() ? "none" : orphans.size() + ": netyard orphans lists them");
    }
}
