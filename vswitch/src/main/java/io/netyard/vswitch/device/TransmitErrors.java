package io.netyard.vswitch.device;

import io.netyard.linux.Errno;
import io.netyard.vswitch.port.PortCounters;

/// Tells frames that found a queue full from frames that a device refused.
final class TransmitErrors {
    private final PortCounters counters;

    TransmitErrors(PortCounters counters) {
        this.counters = counters;
    }

    /// Counts frames that were not sent.
    ///
    /// @param errno why, positive
    void count(int frames, int errno) {
        if (errno == Errno.ENOBUFS.number() || errno == Errno.EAGAIN.number()) {
            counters.addTransmitDrops(frames);
        } else {
            counters.addTransmitErrors(frames);
        }
    }
}
