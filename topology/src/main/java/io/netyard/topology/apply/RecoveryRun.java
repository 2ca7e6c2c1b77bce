package io.netyard.topology.apply;

import io.netyard.linux.FileIdentity;
import io.netyard.linux.FileLock;
import io.netyard.topology.apply.Recovery.Finding;
import io.netyard.topology.state.NetworkState;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/// One run that finds out what is the matter with a lab and repairs it, under the lab's lock. Killed
/// anywhere, it leaves what the next recovery repairs. Used once.
final class RecoveryRun {
    private final LabSite site;
    private final Function<LabSummary.AppliedFile, NetworkState> compiler;
    private final Recovery.Extent extent;

    /// @param compiler says what a file wants
    RecoveryRun(LabSite site, Function<LabSummary.AppliedFile, NetworkState> compiler, Recovery.Extent extent) {
        this.site = site;
        this.compiler = compiler;
        this.extent = extent;
    }

    /// Changes nothing.
    Recovery explain() {
        Optional<String> damage = site.folder().exists() ? site.folder().damage() : Optional.empty();
        if (damage.isPresent()) {
            return new Recovery(
                    site.lab(),
                    Finding.RECORD_DAMAGED,
                    "the record cannot be used: " + damage.get(),
                    "make it anew from the namespaces that carry the lab's mark");
        }
        Optional<LabRecord> labRecord = site.read();
        return labRecord.isPresent() ? explain(labRecord.get()) : explainWithoutRecord();
    }

    private Recovery explain(LabRecord labRecord) {
        return switch (labRecord.phase()) {
            case COMMITTED ->
                site.switches().haveDied()
                        ? new Recovery(
                                site.lab(),
                                Finding.SWITCHES_GONE,
                                "the process that ran its switches in user space is gone",
                                "apply " + labRecord.file().name() + " again, as it was")
                        : new Recovery(site.lab(), Finding.SOUND, "the last run came to its end", "");
            case DESTROYING ->
                new Recovery(site.lab(), Finding.DESTROY_INTERRUPTED, "a destroy did not come to its end", "finish it");
            case PENDING, UNCONFIRMED -> explainApply(labRecord);
        };
    }

    private Recovery explainApply(LabRecord labRecord) {
        String back = labRecord.hasNoWayBack()
                ? "apply its file, or destroy the lab: nobody knows which file it was applied from before"
                : labRecord
                        .previous()
                        .map(file -> "take the lab back to " + file.name() + ", from which it was applied before")
                        .orElse("destroy the lab, which was not there before");
        if (labRecord.phase() == LabRecord.Phase.PENDING) {
            return new Recovery(
                    site.lab(),
                    Finding.APPLY_INTERRUPTED,
                    "an apply of " + labRecord.file().name() + " did not come to its end",
                    back);
        }
        long left = labRecord.deadline() - Uptime.milliseconds();
        return left > 0 && FileLock.isHeld(ConfirmationGuard.lock(site))
                ? new Recovery(
                        site.lab(),
                        Finding.AWAITING_CONFIRMATION,
                        "the last apply is taken back in " + (left + 999) / 1000
                                + " s unless it is confirmed (netyard confirm " + site.lab() + ")",
                        back)
                : new Recovery(
                        site.lab(),
                        Finding.NOT_CONFIRMED,
                        "the last apply had to be confirmed and was not, and the process that was to take it back"
                                + " is gone",
                        back);
    }

    private Recovery explainWithoutRecord() {
        Map<String, FileIdentity> marked = marked();
        if (!marked.isEmpty()) {
            return new Recovery(
                    site.lab(),
                    Finding.RECORD_LOST,
                    "there are " + marked.size() + " namespaces of the lab, and no record of it",
                    "make the record anew from the namespaces that carry the lab's mark");
        }
        return site.folder().exists() && site.folder().holdsOwnOnly()
                ? new Recovery(
                        site.lab(), Finding.FOLDER_EMPTY, "there is a folder of the lab and nothing else", "remove it")
                : new Recovery(site.lab(), Finding.ABSENT, "there is no lab of this name", "");
    }

    /// Repairs what [#explain] finds.
    Recovery repair() {
        Recovery found = explain();
        switch (found.finding()) {
            // An empty folder is removed by whoever made sure of it to lock it.
            case SOUND, ABSENT, FOLDER_EMPTY, FAILED -> {}
            case DESTROY_INTERRUPTED -> new DestroyRun(site).run(site.read());
            case APPLY_INTERRUPTED, NOT_CONFIRMED -> goBack(site.read().orElseThrow());
            case AWAITING_CONFIRMATION -> {
                if (extent == Recovery.Extent.OVERDUE) {
                    return new Recovery(found.lab(), found.finding(), found.explanation(), "");
                }
                goBack(site.read().orElseThrow());
            }
            case SWITCHES_GONE -> {
                LabRecord labRecord = site.read().orElseThrow();
                apply(labRecord.file(), labRecord);
            }
            case RECORD_DAMAGED, RECORD_LOST -> rebuild();
        }
        return found;
    }

    private void goBack(LabRecord labRecord) {
        Optional<LabSummary.AppliedFile> previous = labRecord.previous();
        if (previous.isEmpty()) {
            new DestroyRun(site).run(Optional.of(labRecord));
        } else {
            apply(previous.get(), labRecord);
        }
    }

    private void apply(LabSummary.AppliedFile file, LabRecord labRecord) {
        if (!file.isKnown()) {
            throw new LabException(
                    LabException.Reason.FAILED,
                    "nobody knows which file the lab " + site.lab()
                            + " was applied from: apply its file, or destroy it");
        }
        new ApplyRun(site, compiler.apply(file), file, ApplyOptions.PLAIN, Progress.SILENT).run(Optional.of(labRecord));
    }

    private void rebuild() {
        Optional<LabRecord> before = site.folder().readPrevious();
        site.folder()
                .write(LabRecord.found(
                        site.lab(),
                        marked(),
                        before.map(LabRecord::file).filter(file -> !file.text().isEmpty())));
    }

    private Map<String, FileIdentity> marked() {
        Map<String, FileIdentity> marked = new HashMap<>();
        for (MarkedNamespaces.Named found : new MarkedNamespaces(site.paths().folder()).named()) {
            if (found.mark().lab().equals(site.lab())
                    && found.mark().run().equals(site.folder().run())
                    && found.path().equals(site.paths().of(found.mark().node()))) {
                marked.put(found.mark().node(), found.identity());
            }
        }
        return marked;
    }
}
