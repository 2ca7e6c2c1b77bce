package io.netyard.net;

/// Strict decimal numbers: digits alone, no sign, no leading zero, at most nine of them.
final class Decimal {
    private static final int MOST_DIGITS = 9;

    private Decimal() {}

    static int parse(String text, String what) {
        boolean valid =
                !text.isEmpty() && text.length() <= MOST_DIGITS && (text.length() == 1 || text.charAt(0) != '0');
        for (int at = 0; valid && at < text.length(); at++) {
            valid = text.charAt(at) >= '0' && text.charAt(at) <= '9';
        }
        if (!valid) {
            throw new IllegalArgumentException(what + " is a decimal number, not '" + text + "'");
        }
        return Integer.parseInt(text);
    }
}
