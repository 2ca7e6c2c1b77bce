package io.netyard.topology.apply;

/// What kept Netyard from doing something to a lab, in a sentence for a person.
public final class LabException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final Reason reason;

    /// Why, in kinds that a caller can act on.
    public enum Reason {
        /// Something failed.
        FAILED,
        /// This kernel lacks what the lab needs.
        UNSUPPORTED,
        /// A name that the lab needs is taken by something that is not its own.
        TAKEN,
        /// Another run works on the lab.
        LOCKED,
        /// The user may not.
        NO_PERMISSION,
        /// The lab does not exist.
        ABSENT,
        /// Somebody wanted it to stop.
        INTERRUPTED
    }

    /// Something failed.
    public LabException(String message, Throwable cause) {
        super(message, cause);
        this.reason = Reason.FAILED;
    }

    /// The same as another, with more to say.
    LabException(Reason reason, String message, Throwable cause) {
        super(message, cause);
        this.reason = reason;
    }

    /// @param message a sentence: what was being done, why it cannot be done, what to do next
    public LabException(Reason reason, String message) {
        super(message);
        this.reason = reason;
    }

    /// The kind of reason.
    public Reason reason() {
        return reason;
    }
}
