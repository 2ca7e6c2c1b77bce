package io.netyard.linux;

import java.time.Duration;

/// A pause between two looks at what nobody calls for.
public final class Pause {
    private Pause() {}

    /// Waits. Any thread that may block.
    ///
    /// @return whether the time went by: not, if the thread was interrupted, which it stays
    public static boolean of(Duration time) {
        try {
            Thread.sleep(time);
            return true;
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
