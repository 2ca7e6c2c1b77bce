package io.netyard.net;

/// Reads one IPv6 address. Used once.
final class Ipv6Parser {
    private static final int GROUPS = 8;
    private static final int NONE = -1;

    private final String text;
    private final int[] groups = new int[GROUPS];
    private int count;
    private int gap = NONE;

    Ipv6Parser(String text) {
        this.text = text;
    }

    Ipv6Address parse() {
        int at = 0;
        if (text.startsWith("::")) {
            gap = 0;
            at = 2;
        }
        while (at < text.length()) {
            int end = text.indexOf(':', at);
            if (end < 0) {
                addLast(text.substring(at));
                return result();
            }
            addGroup(text.substring(at, end));
            at = end + 1;
            if (at < text.length() && text.charAt(at) == ':') {
                if (gap != NONE) {
                    throw invalid();
                }
                gap = count;
                at++;
            } else if (at == text.length()) {
                throw invalid();
            }
        }
        return result();
    }

    private void addLast(String word) {
        if (word.indexOf('.') < 0) {
            addGroup(word);
            return;
        }
        int tail;
        try {
            tail = Ipv4Address.parse(word).value();
        } catch (IllegalArgumentException _) {
            throw invalid();
        }
        add(tail >>> 16);
        add(tail & 0xffff);
    }

    private void addGroup(String word) {
        if (word.isEmpty() || word.length() > 4) {
            throw invalid();
        }
        int group = 0;
        for (int at = 0; at < word.length(); at++) {
            char next = word.charAt(at);
            int digit = next < 0x80 ? Character.digit(next, 16) : -1;
            if (digit < 0) {
                throw invalid();
            }
            group = group << 4 | digit;
        }
        add(group);
    }

    private void add(int group) {
        if (count == GROUPS) {
            throw invalid();
        }
        groups[count++] = group;
    }

    private Ipv6Address result() {
        if (gap == NONE ? count != GROUPS : count == GROUPS) {
            throw invalid();
        }
        if (gap != NONE) {
            int tail = count - gap;
            System.arraycopy(groups, gap, groups, GROUPS - tail, tail);
            java.util.Arrays.fill(groups, gap, GROUPS - tail, 0);
        }
        return Ipv6Address.ofGroups(groups);
    }

    private IllegalArgumentException invalid() {
        return new IllegalArgumentException("'" + text + "' is not an IPv6 address such as fd00::1");
    }
}
