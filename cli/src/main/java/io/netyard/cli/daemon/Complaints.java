package io.netyard.cli.daemon;

import java.io.PrintStream;
import java.time.Duration;

/// Says what went wrong with a client, seldom enough that clients cannot fill the disk. Used by any thread.
final class Complaints {
    private static final Duration PAUSE = Duration.ofSeconds(10);

    private final PrintStream out;
    private long next = System.nanoTime();
    private long unsaid;

    Complaints(PrintStream out) {
        this.out = out;
    }

    /// Says it, unless something was said a moment ago; then it is counted.
    synchronized void say(String complaint) {
        long now = System.nanoTime();
        if (now - next < 0) {
            unsaid++;
            return;
        }
        out.println(unsaid == 0 ? complaint : complaint + " (and " + unsaid + " more before)");
        unsaid = 0;
        next = now + PAUSE.toNanos();
    }
}
