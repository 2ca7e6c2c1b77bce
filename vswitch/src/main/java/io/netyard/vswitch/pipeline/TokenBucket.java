package io.netyard.vswitch.pipeline;

import java.util.OptionalInt;

/// Lets a number of frames a second through, and at once what a tenth of a second fills, at least one.
final class TokenBucket {
    private static final long NANOS = 1_000_000_000L;
    private static final int BURSTS_PER_SECOND = 10;

    private final boolean unlimited;
    private final long rate;
    private final long most;
    /// Billionths of a frame.
    private long tokens;
    private long filledAt;

    /// @param rate frames a second; none for no limit
    TokenBucket(OptionalInt rate, long now) {
        this.unlimited = rate.isEmpty();
        this.rate = rate.orElse(0);
        this.most = this.rate == 0 ? 0 : Math.max(NANOS, this.rate * NANOS / BURSTS_PER_SECOND);
        this.tokens = most;
        this.filledAt = now;
    }

    /// Whether some frames may pass, which belong together: they may run the bucket into debt.
    ///
    /// @param now nanoseconds of a clock that does not go back
    boolean take(int frames, long now) {
        if (unlimited) {
            return true;
        }
        long elapsed = Math.min(now - filledAt, NANOS);
        filledAt = now;
        tokens = Math.min(most, tokens + elapsed * rate);
        if (tokens < NANOS) {
            return false;
        }
        tokens -= frames * NANOS;
        return true;
    }
}
