package io.netyard.cli.view;

import io.netyard.linux.Processes;
import io.netyard.topology.apply.Orphan;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/// What is Netyard's and belongs to no lab that is known.
public final class OrphanView {
    private final List<Orphan> orphans;
    private final boolean removed;

    /// @param removed whether they were removed
    public OrphanView(List<Orphan> orphans, boolean removed) {
        this.orphans = List.copyOf(orphans);
        this.removed = removed;
    }

    /// Prints a table.
    public void print(PrintWriter out) {
        if (orphans.isEmpty()) {
            out.println("no orphans");
            return;
        }
        Table table = new Table("KIND", "LAB", "NODE", "WHERE", "PROCESSES");
        orphans.forEach(orphan -> table.row(
                kind(orphan),
                orphan.lab(),
                orphan.node(),
                orphan.where(),
                orphan.residents().stream()
                        .map(resident -> resident.pid() + " (" + resident.name() + ")")
                        .collect(Collectors.joining(", "))));
        table.print(out);
        out.println();
        out.println(orphans.size() + (removed ? " removed" + staying() : " found; " + advice()));
    }

    private String staying() {
        boolean areLived =
                orphans.stream().anyMatch(orphan -> !orphan.residents().isEmpty());
        return areLived ? "; the processes live on, in namespaces that are empty now" : "";
    }

    private String advice() {
        boolean areNamed = orphans.stream().anyMatch(orphan -> orphan.kind() == Orphan.Kind.NAMESPACE);
        return (areNamed ? "netyard recover makes labs again of namespaces with names, " : "")
                + "netyard orphans --destroy removes "
                + (orphans.size() == 1 ? "it" : "them");
    }

    private static String kind(Orphan orphan) {
        return orphan.kind().name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    /// Prints `{"removed": …, "orphans": […]}`.
    public void writeJson(PrintWriter out) {
        JsonView.print(out, json -> {
            json.writeBooleanProperty("removed", removed);
            JsonView.objects(json, "orphans", orphans, orphan -> {
                json.writeStringProperty("kind", kind(orphan));
                json.writeStringProperty("lab", orphan.lab());
                json.writeStringProperty("node", orphan.node());
                json.writeStringProperty("where", orphan.where());
                JsonView.numbers(
                        json,
                        "processes",
                        orphan.residents().stream().map(Processes.Resident::pid).toList());
            });
        });
    }
}
