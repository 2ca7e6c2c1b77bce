package io.netyard.vswitch.tunnel;

/// Datagrams that tunnels did not take. Written on the loop's thread, read on any.
public final class TunnelCounters {
    private volatile long badHeaders;
    private volatile long unknownIdentifiers;
    private volatile long refusedPeers;
    private volatile long congested;
    private volatile long noPeer;
    private volatile long tagged;

    /// Without a header of the protocol, or with a flag that says so.
    public long badHeaders() {
        return badHeaders;
    }

    /// For a VNI or VSID that no port has (RFC 7348 section 4.1).
    public long unknownIdentifiers() {
        return unknownIdentifiers;
    }

    /// From a sender that is no remote end point.
    public long refusedPeers() {
        return refusedPeers;
    }

    /// That met congestion of which the packet within could not tell (RFC 6040 section 4.2).
    public long congested() {
        return congested;
    }

    /// Frames to flood, without anybody to send them to.
    public long noPeer() {
        return noPeer;
    }

    /// Frames with a VLAN tag, which NVGRE does not carry, in either direction (RFC 7637 section 3.3).
    public long tagged() {
        return tagged;
    }

    @SuppressWarnings("NonAtomicVolatileUpdate") // one writer, here and below
    void countBadHeader() {
        badHeaders++;
    }

    @SuppressWarnings("NonAtomicVolatileUpdate")
    void countUnknownIdentifier() {
        unknownIdentifiers++;
    }

    @SuppressWarnings("NonAtomicVolatileUpdate")
    void countRefusedPeer() {
        refusedPeers++;
    }

    @SuppressWarnings("NonAtomicVolatileUpdate")
    void countCongested() {
        congested++;
    }

    @SuppressWarnings("NonAtomicVolatileUpdate")
    void countTagged() {
        tagged++;
    }

    @SuppressWarnings("NonAtomicVolatileUpdate")
    void countNoPeer() {
        noPeer++;
    }
}
