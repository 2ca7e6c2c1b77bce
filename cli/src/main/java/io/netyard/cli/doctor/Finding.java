package io.netyard.cli.doctor;

/// One thing about the machine.
///
/// @param subject what was looked at
/// @param verdict how it is
/// @param explanation what there is, or what is missing and what that means
public record Finding(String subject, Verdict verdict, String explanation) {
    /// How a thing is.
    public enum Verdict {
        /// As it should be.
        GOOD,
        /// Missing, and Netyard does without it, or tells a lab that needs it.
        MISSING,
        /// Something has to be done about it.
        WRONG
    }
}
