package io.netyard.topology.apply;

/// What recovery found out about a lab, and did.
///
/// @param finding what is the matter
/// @param explanation the same in a sentence
/// @param repair what repairs it, or repaired it; empty if nothing has to be done
public record Recovery(String lab, Finding finding, String explanation, String repair) {
    /// How far recovery goes.
    public enum Extent {
        /// It explains, and changes nothing.
        NOTHING,
        /// It repairs, but leaves an apply alone that still waits to be confirmed.
        OVERDUE,
        /// It repairs, and takes back an apply that still waits to be confirmed.
        ALL
    }

    /// What can be the matter with a lab.
    public enum Finding {
        /// Nothing.
        SOUND,
        /// There is no such lab.
        ABSENT,
        /// An apply did not come to its end.
        APPLY_INTERRUPTED,
        /// A destroy did not come to its end.
        DESTROY_INTERRUPTED,
        /// An apply waits to be confirmed, and somebody watches over it.
        AWAITING_CONFIRMATION,
        /// The process that ran its switches in user space is gone.
        SWITCHES_GONE,
        /// An apply was not confirmed in time, and nobody took it back.
        NOT_CONFIRMED,
        /// Its record cannot be read.
        RECORD_DAMAGED,
        /// There are namespaces of it, and no record.
        RECORD_LOST,
        /// There is a folder, and nothing in it.
        FOLDER_EMPTY,
        /// It could not be looked at, or could not be repaired.
        FAILED
    }
}
