package io.netyard.vswitch.port;

import io.netyard.vlan.VlanTag;

/// Up to a fixed number of frames in their order, each an address, a length and what is known about it
/// besides. Made once and reused: filling it allocates nothing. It does not own the frames' memory. For one
/// thread.
///
/// | part | says |
/// |---|---|
/// | address | where the frame's destination address begins |
/// | length | its bytes from there, without FCS and without a tag that stands in `tag` |
/// | offload | work that is still to be done on it, see [Offload] |
/// | tag | its outer VLAN tag if the device took it out of the bytes, see [VlanTag]; else [VlanTag#NONE] |
/// | peer | the remote end point of a tunnel that it came from or goes to; 0 for none or for all |
public final class Burst {
    /// Frames that a burst holds unless it is made with another capacity.
    public static final int CAPACITY = 64;

    /// Numbers that a frame takes: address, offload, tag and length, peer.
    private static final int STRIDE = 4;

    private final long[] parts;
    private int end;

    /// A burst of up to [#CAPACITY] frames.
    public Burst() {
        this(CAPACITY);
    }

    /// A burst of up to a number of frames.
    ///
    /// @param capacity frames, at least 1
    public Burst(int capacity) {
        if (capacity < 1) {
            throw new IllegalArgumentException("a burst holds at least 1 frame, not " + capacity);
        }
        parts = new long[capacity * STRIDE];
    }

    /// Appends a frame that is complete and bears its tags, if any, in its bytes.
    ///
    /// @throws IndexOutOfBoundsException if the burst is full
    public void add(long address, int length) {
        add(address, length, Offload.NONE, VlanTag.NONE, 0);
    }

    /// Appends a frame, see the class for what the parts say.
    ///
    /// @throws IndexOutOfBoundsException if the burst is full
    public void add(long address, int length, long offload, int tag, int peer) {
        int at = end;
        parts[at + 3] = peer;
        parts[at] = address;
        parts[at + 1] = offload;
        parts[at + 2] = (long) tag << 32 | length;
        end = at + STRIDE;
    }

    /// Forgets the frames.
    public void clear() {
        end = 0;
    }

    /// Frames in it.
    public int size() {
        return end / STRIDE;
    }

    /// Whether no further frame fits.
    public boolean isFull() {
        return end == parts.length;
    }

    /// Whether it holds no frame.
    public boolean isEmpty() {
        return end == 0;
    }

    /// Where a frame begins.
    ///
    /// @param index 0 to [#size] - 1, here and below
    public long address(int index) {
        return parts[index * STRIDE];
    }

    /// Bytes of a frame.
    public int length(int index) {
        return (int) parts[index * STRIDE + 2];
    }

    /// Bytes of all frames.
    public long bytes() {
        long bytes = 0;
        for (int index = 0; index < size(); index++) {
            bytes += length(index);
        }
        return bytes;
    }

    /// Work left to do on a frame.
    public long offload(int index) {
        return parts[index * STRIDE + 1];
    }

    /// The tag that was taken out of a frame, or [VlanTag#NONE].
    public int tag(int index) {
        return (int) (parts[index * STRIDE + 2] >>> 32);
    }

    /// The remote end point of a frame, 0 for none or all.
    public int peer(int index) {
        return (int) parts[index * STRIDE + 3];
    }
}
