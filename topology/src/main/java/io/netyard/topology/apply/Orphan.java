package io.netyard.topology.apply;

import io.netyard.linux.Processes;
import java.util.List;

/// Something that is Netyard's and belongs to no lab that is known.
///
/// @param kind what it is
/// @param lab the lab that it says it is of
/// @param node the node; empty if it is of the lab as a whole
/// @param where a path; of a namespace without a name its number
/// @param residents the processes that live in it, which are left alone
public record Orphan(Kind kind, String lab, String node, String where, List<Processes.Resident> residents) {
    /// Kinds of orphans.
    public enum Kind {
        /// A namespace with a name, and with our mark inside.
        NAMESPACE,
        /// A namespace without a name that processes keep alive, with our mark inside.
        NAMELESS_NAMESPACE,
        /// A folder under `/run/netyard` without a record.
        FOLDER
    }

    public Orphan {
        residents = List.copyOf(residents);
    }
}
