package io.netyard.cli.view;

import java.time.Duration;

/// How long something took, for people.
public final class Durations {
    private static final long SECOND = 1_000;

    private Durations() {}

    /// `85 ms`, `1.2 s`.
    public static String text(Duration duration) {
        long milliseconds = duration.toMillis();
        return milliseconds < SECOND
                ? milliseconds + " ms"
                : milliseconds / SECOND + "." + milliseconds % SECOND / 100 + " s";
    }
}
