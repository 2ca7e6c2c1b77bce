package io.netyard.linux;

/// How a [PacketSocket] receives and sends.
///
/// @param delivery when frames are handed over
/// @param offloads whether frames carry a `virtio_net_hdr` (`PACKET_VNET_HDR`): then the kernel hands over
///     and takes GSO frames of up to 64 KiB and checksums that are not complete yet. Without it, frames
///     come as they are, with whatever checksum is in them, and TCP between local peers stalls
/// @param bypass whether sending goes past queueing disciplines and taps (`PACKET_QDISC_BYPASS`): faster,
///     but captures on the device do not see what is sent
/// @param headRoom bytes kept free before each frame (`PACKET_RESERVE`), in multiples of 16
/// @param ringSize bytes of the receive ring, whole MiB
public record PacketOptions(Delivery delivery, boolean offloads, boolean bypass, int headRoom, int ringSize) {
    private static final int DEFAULT_RING = 8 << 20;
    private static final int DEFAULT_HEAD_ROOM = 96;
    private static final int MOST_HEAD_ROOM = 1024;
    private static final int LEAST_RING = 1 << 20;
    private static final int MOST_RING = 1 << 30;

    /// When the kernel hands frames over.
    public enum Delivery {
        /// Each frame at once (`TPACKET_V2`).
        IMMEDIATE,
        /// In blocks, when one is full or a millisecond old (`TPACKET_V3`): fewer wake-ups under load, and
        /// up to 2 ms more for a round trip.
        BLOCKS
    }

    public PacketOptions {
        if (headRoom < 0 || headRoom > MOST_HEAD_ROOM || headRoom % 16 != 0) {
            throw new IllegalArgumentException("head-room of " + headRoom + " bytes");
        }
        if (ringSize < LEAST_RING || ringSize > MOST_RING || ringSize % LEAST_RING != 0) {
            throw new IllegalArgumentException("a ring of " + ringSize + " bytes");
        }
    }

    /// The short way: each frame at once, with offloads.
    public static PacketOptions immediate() {
        return new PacketOptions(Delivery.IMMEDIATE, true, false, DEFAULT_HEAD_ROOM, DEFAULT_RING);
    }

    /// The wide way: frames in blocks, with offloads.
    public static PacketOptions blocks() {
        return new PacketOptions(Delivery.BLOCKS, true, false, DEFAULT_HEAD_ROOM, DEFAULT_RING);
    }

    /// The same, with or without offloads.
    public PacketOptions withOffloads(boolean wanted) {
        return new PacketOptions(delivery, wanted, bypass, headRoom, ringSize);
    }

    /// The same, past queueing disciplines or through them.
    public PacketOptions withBypass(boolean wanted) {
        return new PacketOptions(delivery, offloads, wanted, headRoom, ringSize);
    }
}
