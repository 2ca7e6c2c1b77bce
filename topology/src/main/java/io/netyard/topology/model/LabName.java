package io.netyard.topology.model;

/// The name of a lab.
///
/// @param value 1 to 24 of `a-z`, `0-9` and `-`, the first a letter
public record LabName(String value) {
    private static final int LONGEST = 24;

    public LabName {
        if (!isValid(value)) {
            throw new IllegalArgumentException(
                    "a lab name is 1 to " + LONGEST + " of a-z, 0-9 and '-', the first a letter, not '" + value + "'");
        }
    }

    /// Whether a text can be the name of a lab.
    public static boolean isValid(String text) {
        boolean valid = !text.isEmpty() && text.length() <= LONGEST && isLetter(text.charAt(0));
        for (int at = 1; valid && at < text.length(); at++) {
            char next = text.charAt(at);
            valid = isLetter(next) || (next >= '0' && next <= '9') || next == '-';
        }
        return valid;
    }

    private static boolean isLetter(char next) {
        return next >= 'a' && next <= 'z';
    }

    @Override
    public String toString() {
        return value;
    }
}
