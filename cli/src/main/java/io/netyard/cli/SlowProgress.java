package io.netyard.cli;

import io.netyard.topology.apply.Progress;
import java.io.PrintWriter;

/// Tells people on a terminal what is being done once the work takes more than a second.
final class SlowProgress implements Progress {
    private static final long PATIENCE_NANOS = 1_000_000_000;

    private final PrintWriter err;
    private final long start = System.nanoTime();

    SlowProgress(PrintWriter err) {
        this.err = err;
    }

    @Override
    public void step(String what) {
        if (System.nanoTime() - start > PATIENCE_NANOS) {
            err.println(what + " ...");
        }
    }
}
