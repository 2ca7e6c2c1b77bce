package io.netyard.cli.daemon;

import java.time.Duration;

/// What the clients of a daemon may take from it, however they behave.
///
/// @param connections how many are served at once; more wait in the kernel's queue
/// @param messageBytes the longest message: a thousand ports with all VLANs each fit
/// @param allBytes of all messages that are being received
/// @param patience how long a client may take to send its request, and how long to take the reply
record Limits(int connections, int messageBytes, int allBytes, Duration patience) {
    static final Limits DEFAULT = new Limits(32, 24 << 20, 48 << 20, Duration.ofSeconds(10));
}
