package io.netyard.vswitch.tunnel;

import io.netyard.vswitch.port.Offload;

/// Up to a fixed number of datagrams in their order. Made once and reused: filling it allocates nothing. It
/// does not own the datagrams' memory. For one thread.
///
/// | part | says |
/// |---|---|
/// | address | where the tunnel's header begins, behind UDP's or, for NVGRE, IP's |
/// | length | bytes from there |
/// | remote | the address of the other end, 128 bits in two numbers, see [io.netyard.vxlan.VtepTable] |
/// | source port | of UDP, to send from; 0 for NVGRE and for datagrams that were received |
/// | traffic class | DSCP and ECN of the IP header, 0 to 255 |
/// | ttl | time to live or hop limit to send with; 0 for datagrams that were received |
/// | offload | work left undone on the frame within, counted from the frame's first byte, see
/// [io.netyard.vswitch.port.Offload]; none for datagrams to send |
public final class Datagrams {
    /// Datagrams that it holds.
    public static final int CAPACITY = 64;

    private static final int STRIDE = 5;

    private final long[] parts = new long[CAPACITY * STRIDE];
    private int end;

    /// Appends a datagram to send.
    ///
    /// @throws IndexOutOfBoundsException if it is full, here and below
    public void add(
            long address, int length, long remoteHigh, long remoteLow, int sourcePort, int trafficClass, int ttl) {
        add(address, length, remoteHigh, remoteLow, sourcePort << 16 | trafficClass << 8 | ttl, Offload.NONE);
    }

    /// Appends a datagram that was received.
    public void addReceived(long address, int length, long remoteHigh, long remoteLow, int trafficClass, long offload) {
        add(address, length, remoteHigh, remoteLow, trafficClass << 8, offload);
    }

    private void add(long address, int length, long remoteHigh, long remoteLow, int fields, long offload) {
        int at = end;
        parts[at + 4] = offload;
        parts[at + 3] = remoteLow;
        parts[at] = address;
        parts[at + 1] = (long) length << 32 | Integer.toUnsignedLong(fields);
        parts[at + 2] = remoteHigh;
        end = at + STRIDE;
    }

    /// Forgets the datagrams.
    public void clear() {
        end = 0;
    }

    /// Datagrams in it.
    public int size() {
        return end / STRIDE;
    }

    /// Whether no further one fits.
    public boolean isFull() {
        return end == parts.length;
    }

    /// Where a datagram begins.
    ///
    /// @param index 0 to [#size] - 1, here and below
    public long address(int index) {
        return parts[index * STRIDE];
    }

    /// Bytes of a datagram.
    public int length(int index) {
        return (int) (parts[index * STRIDE + 1] >>> 32);
    }

    /// The high half of the other end's address.
    public long remoteHigh(int index) {
        return parts[index * STRIDE + 2];
    }

    /// The low half of the other end's address.
    public long remoteLow(int index) {
        return parts[index * STRIDE + 3];
    }

    /// The UDP port to send from.
    public int sourcePort(int index) {
        return (int) (parts[index * STRIDE + 1] >>> 16) & 0xffff;
    }

    /// DSCP and ECN.
    public int trafficClass(int index) {
        return (int) (parts[index * STRIDE + 1] >>> 8) & 0xff;
    }

    /// Work left undone on the frame within.
    public long offload(int index) {
        return parts[index * STRIDE + 4];
    }

    /// Time to live to send with.
    public int ttl(int index) {
        return (int) parts[index * STRIDE + 1] & 0xff;
    }
}
