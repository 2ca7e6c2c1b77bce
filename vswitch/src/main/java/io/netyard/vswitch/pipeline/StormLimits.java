package io.netyard.vswitch.pipeline;

import java.util.OptionalInt;

/// How many frames a second a port may send to more stations than one. Each segment of a frame to segment
/// counts.
///
/// @param broadcast to everybody; none for no limit, as below
/// @param multicast to groups
/// @param unknown to a station that is not known
public record StormLimits(OptionalInt broadcast, OptionalInt multicast, OptionalInt unknown) {
    /// No limits.
    public static final StormLimits NONE =
            new StormLimits(OptionalInt.empty(), OptionalInt.empty(), OptionalInt.empty());

    public StormLimits {
        checkRate(broadcast);
        checkRate(multicast);
        checkRate(unknown);
    }

    private static void checkRate(OptionalInt rate) {
        if (rate.isPresent() && rate.getAsInt() < 0) {
            throw new IllegalArgumentException("a limit is 0 frames/s or more, not " + rate.getAsInt());
        }
    }
}
