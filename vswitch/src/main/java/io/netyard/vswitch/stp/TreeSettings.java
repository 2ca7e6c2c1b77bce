package io.netyard.vswitch.stp;

/// How a bridge takes part.
///
/// @param bridge its identifier
/// @param maxAge seconds beyond which what was heard of the root does not count, and so the number of
///     bridges that a path may have; 6 to 40
/// @param forwardDelay seconds that a port waits, twice, where no neighbour agrees; 2 to 30
/// @param hello seconds between two BPDUs, 1 to 10
public record TreeSettings(BridgeId bridge, int maxAge, int forwardDelay, int hello) {
    public TreeSettings {
        check("max age", maxAge, Times.MIN_MAX_AGE, Times.MAX_MAX_AGE);
        check("forward delay", forwardDelay, Times.MIN_FORWARD_DELAY, Times.MAX_FORWARD_DELAY);
        check("hello time", hello, Times.MIN_HELLO, Times.MAX_HELLO);
    }

    private static void check(String what, int value, int least, int most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(what + " is " + least + " to " + most + " s, not " + value);
        }
    }

    Times times() {
        return new Times(0, maxAge, forwardDelay, hello);
    }
}
