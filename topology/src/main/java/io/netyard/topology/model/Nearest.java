package io.netyard.topology.model;

import java.util.Collection;
import java.util.Optional;

/// Finds the word that was probably meant.
public final class Nearest {
    private Nearest() {}

    /// The one candidate that is the fewest edits away, if that is no more than a third of its length and
    /// one. Empty where two are equally near.
    public static Optional<String> to(String word, Collection<String> candidates) {
        String best = null;
        int least = Integer.MAX_VALUE;
        for (String candidate : candidates) {
            int distance = distance(word, candidate);
            if (distance <= least && distance <= 1 + candidate.length() / 3) {
                best = distance < least ? candidate : null;
                least = distance;
            }
        }
        return Optional.ofNullable(best);
    }

    /// Insertions, deletions and replacements (Levenshtein).
    private static int distance(String a, String b) {
        int[] row = new int[b.length() + 1];
        for (int column = 0; column <= b.length(); column++) {
            row[column] = column;
        }
        for (int line = 1; line <= a.length(); line++) {
            int diagonal = row[0];
            row[0] = line;
            for (int column = 1; column <= b.length(); column++) {
                int replaced = diagonal + (a.charAt(line - 1) == b.charAt(column - 1) ? 0 : 1);
                diagonal = row[column];
                row[column] = Math.min(replaced, 1 + Math.min(row[column], row[column - 1]));
            }
        }
        return row[b.length()];
    }
}
