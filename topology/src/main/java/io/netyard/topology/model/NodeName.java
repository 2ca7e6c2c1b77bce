package io.netyard.topology.model;

/// The name of a node within its lab.
///
/// @param value 1 to 31 of letters, digits, `_` and `-`, the first a letter
public record NodeName(String value) implements Comparable<NodeName> {
    private static final int LONGEST = 31;

    public NodeName {
        boolean valid = !value.isEmpty() && value.length() <= LONGEST && isLetter(value.charAt(0));
        for (int at = 1; valid && at < value.length(); at++) {
            char next = value.charAt(at);
            valid = isLetter(next) || (next >= '0' && next <= '9') || next == '_' || next == '-';
        }
        if (!valid) {
            throw new IllegalArgumentException("a node name is 1 to " + LONGEST
                    + " letters, digits, '_' and '-', the first a letter, not '" + value + "'");
        }
    }

    private static boolean isLetter(char next) {
        return (next >= 'a' && next <= 'z') || (next >= 'A' && next <= 'Z');
    }

    @Override
    public int compareTo(NodeName other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
