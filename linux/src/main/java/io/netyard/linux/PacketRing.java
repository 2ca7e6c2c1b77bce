package io.netyard.linux;

/// The receive ring of a [PacketSocket]: memory that the kernel writes frames into and we read them from.
///
/// A cursor, for one thread: [#next] moves to a frame, the others tell about it. The memory of all frames
/// that were moved over stays as it is until [#release]; it may be written to.
public sealed interface PacketRing permits BlockRing, SlotRing {
    /// Moves to the next frame.
    ///
    /// @return false if there is none now
    boolean next();

    /// Address of the frame's first byte. With offloads, the `virtio_net_hdr` (10 bytes, numbers in the
    /// byte order of the machine) lies directly before it.
    long address();

    /// Bytes of the frame in memory; without the tag of [#tag].
    int length();

    /// Whether the frame was longer than its place, and its end is lost.
    boolean isTruncated();

    /// The VLAN tag that the kernel took out of the frame, as it was on the wire: protocol identifier in
    /// the upper half, tag control information in the lower; 0 if it took none. Of stacked tags it takes
    /// the outer.
    int tag();

    /// Bytes that may be written before the frame, the `virtio_net_hdr` included.
    int headRoom();

    /// Gives the frames that were moved over back to the kernel.
    void release();
}
