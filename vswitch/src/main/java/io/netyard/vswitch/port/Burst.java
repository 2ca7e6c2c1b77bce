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

    private final long[] addresses;
    private final int[] lengths;
    private final long[] offloads;
    private final int[] tags;
    private final int[] peers;
    private int size;

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
        addresses = new long[capacity];
        lengths = new int[capacity];
        offloads = new long[capacity];
        tags = new int[capacity];
        peers = new int[capacity];
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
        int at = size;
        addresses[at] = address;
        lengths[at] = length;
        offloads[at] = offload;
        tags[at] = tag;
        peers[at] = peer;
        size = at + 1;
    }

    /// Forgets the frames.
    public void clear() {
        size = 0;
    }

    /// Frames in it.
    public int size() {
        return size;
    }

    /// Whether no further frame fits.
    public boolean isFull() {
        return size == addresses.length;
    }

    /// Whether it holds no frame.
    public boolean isEmpty() {
        return size == 0;
    }

    /// Where a frame begins.
    ///
    /// @param index 0 to [#size] - 1, here and below
    public long address(int index) {
        return addresses[index];
    }

    /// Bytes of a frame.
    public int length(int index) {
        return lengths[index];
    }

    /// Work left to do on a frame.
    public long offload(int index) {
        return offloads[index];
    }

    /// The tag that was taken out of a frame, or [VlanTag#NONE].
    public int tag(int index) {
        return tags[index];
    }

    /// The remote end point of a frame, 0 for none or all.
    public int peer(int index) {
        return peers[index];
    }
}
