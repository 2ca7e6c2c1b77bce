package io.netyard.vswitch.stp;

/// The times that the root gives and all bridges follow (IEEE 802.1D-2004 clauses 17.13 and 17.18), in
/// seconds.
///
/// @param messageAge how far from the root, a second for each bridge
/// @param maxAge beyond which age a message does not count
/// @param forwardDelay how long a port listens, and learns, where no neighbour agrees
/// @param hello between two messages
record Times(int messageAge, int maxAge, int forwardDelay, int hello) {
    static final int MIN_MAX_AGE = 6;
    static final int MAX_MAX_AGE = 40;
    static final int MIN_FORWARD_DELAY = 2;
    static final int MAX_FORWARD_DELAY = 30;
    static final int MIN_HELLO = 1;
    static final int MAX_HELLO = 10;

    /// What a message said, brought into the ranges that bridges accept: nobody can make this one forward
    /// at once, or wait for hours.
    static Times received(int messageAge, int maxAge, int forwardDelay, int hello) {
        return new Times(
                messageAge,
                Math.clamp(maxAge, MIN_MAX_AGE, MAX_MAX_AGE),
                Math.clamp(forwardDelay, MIN_FORWARD_DELAY, MAX_FORWARD_DELAY),
                Math.clamp(hello, MIN_HELLO, MAX_HELLO));
    }

    Times older() {
        return new Times(messageAge + 1, maxAge, forwardDelay, hello);
    }

    Times withHello(int seconds) {
        return new Times(messageAge, maxAge, forwardDelay, seconds);
    }
}
