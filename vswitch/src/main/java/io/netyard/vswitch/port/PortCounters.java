package io.netyard.vswitch.port;

/// Frames that were lost in a port, where the switch cannot see it. Written on the loop's thread, read on
/// any.
public final class PortCounters {
    private volatile long receiveDrops;
    private volatile long receiveErrors;
    private volatile long transmitDrops;
    private volatile long transmitErrors;

    /// Frames that came faster than they were fetched, as the device counts them: an absolute count.
    public long receiveDrops() {
        return receiveDrops;
    }

    /// Frames that came in but could not be used, for example because they were cut off.
    public long receiveErrors() {
        return receiveErrors;
    }

    /// Frames that found a queue full on their way out.
    public long transmitDrops() {
        return transmitDrops;
    }

    /// Frames that the device refused.
    public long transmitErrors() {
        return transmitErrors;
    }

    /// Sets [#receiveDrops] to what the device counts now.
    public void receiveDropsAre(long total) {
        receiveDrops = total;
    }

    /// Adds to [#receiveErrors].
    @SuppressWarnings("NonAtomicVolatileUpdate") // one writer
    public void addReceiveErrors(long frames) {
        receiveErrors += frames;
    }

    /// Adds to [#transmitDrops].
    @SuppressWarnings("NonAtomicVolatileUpdate") // one writer
    public void addTransmitDrops(long frames) {
        transmitDrops += frames;
    }

    /// Adds to [#transmitErrors].
    @SuppressWarnings("NonAtomicVolatileUpdate") // one writer
    public void addTransmitErrors(long frames) {
        transmitErrors += frames;
    }
}
