package io.netyard.cli.view;

import io.netyard.topology.apply.Recovery;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;

/// What recovery found out and did.
public final class RecoveryView {
    private final List<Recovery> recoveries;
    private final boolean repaired;

    /// @param repaired whether what could be repaired was
    public RecoveryView(List<Recovery> recoveries, boolean repaired) {
        this.recoveries = List.copyOf(recoveries);
        this.repaired = repaired;
    }

    /// Prints two lines for each lab with which something is the matter, and one for each other.
    public void print(PrintWriter out) {
        if (recoveries.isEmpty()) {
            out.println("no labs; nothing to recover");
        }
        for (Recovery recovery : recoveries) {
            out.println(recovery.lab() + ": " + recovery.explanation());
            if (!recovery.repair().isEmpty()) {
                out.println("  " + (repaired ? "done: " : "to do: ") + recovery.repair());
            }
        }
    }

    /// Prints `{"labs": […]}`.
    public void writeJson(PrintWriter out) {
        JsonView.print(out, json -> {
            JsonView.objects(json, "labs", recoveries, recovery -> {
                json.writeStringProperty("lab", recovery.lab());
                json.writeStringProperty(
                        "finding",
                        recovery.finding().name().toLowerCase(Locale.ROOT).replace('_', '-'));
                json.writeStringProperty("explanation", recovery.explanation());
                if (!recovery.repair().isEmpty()) {
                    json.writeStringProperty("repair", recovery.repair());
                }
                json.writeBooleanProperty(
                        "repaired", repaired && !recovery.repair().isEmpty());
            });
        });
    }
}
