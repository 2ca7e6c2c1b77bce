package io.netyard.topology.apply;

import io.netyard.linux.FileIdentity;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// What the disk says of a lab: which namespaces are ours, and what was being done.
///
/// It says nothing of what is in them: that is read from the kernel each time.
///
/// @param lab the lab's name
/// @param phase what the last run did, and whether it came to its end
/// @param namespaces the namespaces that are known to be ours, by node
/// @param expected nodes whose namespaces a pending run was about to make: what stands there after a crash
///     with our mark on it is ours
/// @param file the topology file, as last applied; empty text if nobody knows it
/// @param previous the file that was applied before, to which a run that is pending or not confirmed can go
///     back; of empty text if there was a lab and nobody knows its file, empty if there was no lab
/// @param deadline until when a run has to be confirmed, in milliseconds of the machine's uptime; 0 if it
///     has not
record LabRecord(
        String lab,
        Phase phase,
        Map<String, FileIdentity> namespaces,
        Set<String> expected,
        LabSummary.AppliedFile file,
        Optional<LabSummary.AppliedFile> previous,
        long deadline) {
    /// The version of the format. A reader refuses any other.
    static final int FORMAT = 1;

    private static final LabSummary.AppliedFile UNKNOWN = new LabSummary.AppliedFile("", "");

    /// How far the last run came.
    enum Phase {
        /// An apply has started and its end is not recorded.
        PENDING,
        /// The last run ended, and what it left is recorded.
        COMMITTED,
        /// An apply ended, and is taken back unless somebody confirms it.
        UNCONFIRMED,
        /// A destroy has started.
        DESTROYING
    }

    LabRecord {
        namespaces = Map.copyOf(namespaces);
        expected = Set.copyOf(expected);
    }

    /// The record of a lab that does not exist yet.
    static LabRecord none(String lab) {
        return found(lab, Map.of(), Optional.empty());
    }

    /// The record of a lab of which only its namespaces were found, and perhaps its file.
    static LabRecord found(String lab, Map<String, FileIdentity> namespaces, Optional<LabSummary.AppliedFile> applied) {
        return new LabRecord(lab, Phase.COMMITTED, namespaces, Set.of(), applied.orElse(UNKNOWN), Optional.empty(), 0);
    }

    /// All nodes that may have a namespace.
    Set<String> nodes() {
        Set<String> nodes = new TreeSet<>(namespaces.keySet());
        nodes.addAll(expected);
        return nodes;
    }

    /// Whether the last run did not come to its end.
    boolean isInterrupted() {
        return phase == Phase.PENDING || phase == Phase.DESTROYING;
    }

    /// Whether the lab is taken back unless somebody confirms it.
    boolean waitsForConfirmation() {
        return deadline != 0 && (phase == Phase.PENDING || phase == Phase.UNCONFIRMED);
    }

    /// Whether its file is known.
    boolean hasFile() {
        return file.isKnown();
    }

    /// Whether there was a lab before, and nobody knows the file that it could go back to.
    boolean hasNoWayBack() {
        return previous.isPresent() && !previous.get().isKnown();
    }

    /// Whether a file at a node's path that is no namespace is what a killed run left.
    boolean mayHaveHusk(String node) {
        return namespaces.containsKey(node) || expected.contains(node);
    }

    /// Whether what stands under a node's name and carries our mark was made by the run that is pending.
    boolean mayHaveMade(String node) {
        return isInterrupted() && expected.contains(node);
    }

    /// The record of a run that is about to make the namespaces of these nodes, and on its way back may
    /// have to make again those that are there. Where the run before did not come to its end, what can be
    /// gone back to stays.
    LabRecord pending(List<String> nodes, LabSummary.AppliedFile next, long until) {
        Optional<LabSummary.AppliedFile> back = switch (phase) {
            case PENDING, UNCONFIRMED -> previous;
            case DESTROYING -> Optional.empty();
            case COMMITTED -> Optional.of(file).filter(_ -> hasFile() || !namespaces.isEmpty());
        };
        Set<String> coming = new TreeSet<>(expected);
        coming.addAll(namespaces.keySet());
        coming.addAll(nodes);
        return new LabRecord(lab, Phase.PENDING, namespaces, coming, next, back, until);
    }

    /// The record of a run that has ended with these namespaces.
    LabRecord committed(Map<String, FileIdentity> present) {
        return new LabRecord(lab, Phase.COMMITTED, present, Set.of(), file, Optional.empty(), 0);
    }

    /// The record of a run that has ended with these namespaces and is taken back unless it is confirmed.
    LabRecord unconfirmed(Map<String, FileIdentity> present, long until) {
        return new LabRecord(lab, Phase.UNCONFIRMED, present, Set.of(), file, previous, until);
    }

    /// The same of a run that stays as it is, unconfirmed or not.
    LabRecord withoutDeadline() {
        return new LabRecord(lab, phase, namespaces, expected, file, previous, 0);
    }

    /// The record of a destroy that starts.
    LabRecord destroying() {
        return new LabRecord(lab, Phase.DESTROYING, namespaces, expected, file, Optional.empty(), 0);
    }

    /// The same of a run whose end is not known.
    LabRecord interrupted() {
        return phase == Phase.DESTROYING
                ? this
                : new LabRecord(lab, Phase.PENDING, namespaces, expected, file, previous, deadline);
    }

    /// The same, of a lab whose namespaces were made again.
    LabRecord with(Map<String, FileIdentity> present) {
        return new LabRecord(lab, phase, present, expected, file, previous, deadline);
    }
}
