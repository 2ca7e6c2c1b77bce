package io.netyard.topology.model;

/// The name of a lab.
///
/// @param value 1 to 24 of `a-z`, `0-9` and `-`, the first a letter
public record LabName(String value) {
    private static final int LONGEST = 24;

    public LabName {
        boolean valid = !value.isEmpty() && value.length() <= LONGEST && isLetter(value.charAt(0));
        for (int at = 1; valid && at < value.length(); at++) {
            char next = value.charAt(at);
            valid = isLetter(next) || (next >= '0' && next <= '9') || next == '-';
        }
        if (!valid) {
            throw new IllegalArgumentException(
                    "a lab name is 1 to " + LONGEST + " of a-z, 0-9 and '-', the first a letter, not '" + value + "'");
        }
    }

    private static boolean isLetter(char next) {
        return next >= 'a' && next <= 'z';
    }

    @Override
    public String toString() {
        return value;
    }
}
