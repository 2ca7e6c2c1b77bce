package io.netyard.linux;

/// The receive ring of a [PacketSocket]: memory that the kernel writes frames into and we read them from.
///
/// A cursor, for one thread: [#next] moves to a frame, the others tell about it. The memory of all frames
/// that were moved over stays as it is until [#release]; it may be written to.
public sealed interface PacketRing extends AutoCloseable permits BlockRing, SlotRing {
    /// Moves to the next frame.
    ///
    /// @return false if there is none now
    boolean next();

    /// Address of the frame's first byte. With offloads, the `virtio_net_hdr` (10 bytes, numbers in the
    /// byte order of the machine) lies directly before it.
    long address();

    /// Bytes from there to the network header: those of the link's own header.
    int networkOffset();

    /// Bytes of the frame in memory; without the tag of [#tag].
    int length();

    /// Whether the frame was longer than its place, and its end is lost.
    boolean isTruncated();

    /// The VLAN tag that the kernel took out of the frame, as it was on the wire: protocol identifier in
    /// the upper half, tag control information in the lower; 0 if it took none. Of stacked tags it takes
    /// the outer.
    int tag();

    /// Bytes that may be written before each frame, the `virtio_net_hdr` included: the kernel puts the
    /// Ethernet header 34 bytes behind the end of its own, and what is reserved besides.
    static int headRoom(PacketOptions options) {
        return 34 + options.headRoom() + (options.offloads() ? PacketSocket.VIRTIO_HEADER : 0);
    }

    /// Gives the frames that were moved over back to the kernel.
    void release();

    /// Unmaps it: no address from it may be touched afterwards. Its socket does that.
    @Override
    void close();
}
