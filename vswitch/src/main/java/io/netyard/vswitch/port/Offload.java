package io.netyard.vswitch.port;

import io.netyard.vlan.frame.Memory;

/// Work that a sender left undone on a frame, as one number: a checksum to complete, segments to cut. It
/// says what `struct virtio_net_hdr` of linux/virtio_net.h says, whose 10-byte form it is read from and
/// written to:
///
/// ```text
///  63     56 55      48 47             32 31             16 15              0
/// +---------+----------+-----------------+-----------------+-----------------+
/// |    0    |   kind   |    gso_size     |   csum_offset   |   csum_start    |
/// +---------+----------+-----------------+-----------------+-----------------+
/// ```
///
/// `csum_start` counts from the frame's first byte. `hdr_len` is not kept: it follows from the headers.
public final class Offload {
    /// Nothing is left to do.
    public static final long NONE = 0;

    /// What [#readVirtio] gives for a header that asks for work that Netyard does not know.
    public static final long UNKNOWN = -1;

    /// Kind: the sum from `csum_start` to the end is to be stored `csum_offset` bytes after `csum_start`.
    public static final int CHECKSUM = 1;

    /// Kind: TCP over IPv4, to be cut (`VIRTIO_NET_HDR_GSO_TCPV4`).
    public static final int TCP4 = 2;

    /// Kind: TCP over IPv6, to be cut (`VIRTIO_NET_HDR_GSO_TCPV6`).
    public static final int TCP6 = 4;

    /// Kind: datagrams of UDP, to be cut (`VIRTIO_NET_HDR_GSO_UDP_L4`).
    public static final int UDP = 8;

    /// Kind: TCP whose CWR flag stands on the first segment alone (`VIRTIO_NET_HDR_GSO_ECN`).
    public static final int ECN = 16;

    /// Bytes of a virtio header.
    public static final int VIRTIO_LENGTH = 10;

    private static final int GSO = TCP4 | TCP6 | UDP;
    private static final int KIND_SHIFT = 48;
    private static final int SIZE_SHIFT = 32;
    private static final int CHECKSUM_OFFSET_SHIFT = 16;
    private static final int SHORT_MASK = 0xffff;

    private static final int VIRTIO_FLAGS = 0;
    private static final int VIRTIO_TYPE = 1;
    private static final int VIRTIO_HEADER_LENGTH = 2;
    private static final int VIRTIO_SIZE = 4;
    private static final int VIRTIO_START = 6;
    private static final int VIRTIO_OFFSET = 8;
    private static final int VIRTIO_NEEDS_CHECKSUM = 1;
    private static final int VIRTIO_TCP4 = 1;
    private static final int VIRTIO_TCP6 = 4;
    private static final int VIRTIO_UDP = 5;
    private static final int VIRTIO_ECN = 0x80;

    private static final int TCP_DATA_OFFSET = 12;
    private static final int UDP_HEADER = 8;

    private Offload() {}

    /// An offload from its parts.
    ///
    /// @param kinds a sum of the kinds of this class
    /// @param gsoSize payload bytes of each segment, 0 if none are to be cut
    /// @param checksumStart where the sum begins, from the frame's first byte
    /// @param checksumOffset where the sum is stored, from its beginning
    public static long of(int kinds, int gsoSize, int checksumStart, int checksumOffset) {
        return (long) kinds << KIND_SHIFT
                | (long) gsoSize << SIZE_SHIFT
                | (long) checksumOffset << CHECKSUM_OFFSET_SHIFT
                | checksumStart;
    }

    /// The sum of its kinds.
    public static int kinds(long offload) {
        return (int) (offload >>> KIND_SHIFT);
    }

    /// Whether segments are to be cut.
    public static boolean isSegmented(long offload) {
        return (kinds(offload) & GSO) != 0;
    }

    /// Payload bytes of each segment, 0 if none are to be cut.
    public static int segmentSize(long offload) {
        return (int) (offload >>> SIZE_SHIFT) & SHORT_MASK;
    }

    /// Where the sum begins, from the frame's first byte.
    public static int checksumStart(long offload) {
        return (int) offload & SHORT_MASK;
    }

    /// Where the sum is stored, from its beginning.
    public static int checksumOffset(long offload) {
        return (int) (offload >>> CHECKSUM_OFFSET_SHIFT) & SHORT_MASK;
    }

    /// The same for a frame whose headers moved away from its first byte, as a pushed tag does.
    ///
    /// @param bytes how far; negative for a popped tag
    public static long moved(long offload, int bytes) {
        return (kinds(offload) & CHECKSUM) == 0
                ? offload
                : offload & ~SHORT_MASK | (checksumStart(offload) + bytes) & SHORT_MASK;
    }

    /// Whether a port with some capabilities can take it as it is.
    public static boolean fits(long offload, int capable) {
        return (kinds(offload) & ~ECN & ~capable) == 0;
    }

    /// Reads the virtio header at an address, in this machine's byte order.
    ///
    /// @return the offload, or [#UNKNOWN], for example for UFO
    public static long readVirtio(long address) {
        int kinds = Memory.getByte(address + VIRTIO_FLAGS) & VIRTIO_NEEDS_CHECKSUM;
        int type = Memory.getByte(address + VIRTIO_TYPE);
        int size = 0;
        if (type != 0) {
            int gso = switch (type & ~VIRTIO_ECN) {
                case VIRTIO_TCP4 -> TCP4;
                case VIRTIO_TCP6 -> TCP6;
                case VIRTIO_UDP -> UDP;
                default -> 0;
            };
            if (gso == 0) {
                return UNKNOWN;
            }
            kinds |= gso | ((type & VIRTIO_ECN) == 0 ? 0 : ECN);
            size = Memory.getNativeShort(address + VIRTIO_SIZE);
        }
        if ((kinds & CHECKSUM) == 0) {
            return kinds == 0 ? NONE : of(kinds, size, 0, 0);
        }
        int start = Memory.getNativeShort(address + VIRTIO_START);
        return of(kinds, size, start, Memory.getNativeShort(address + VIRTIO_OFFSET));
    }

    /// Writes the virtio header of a frame, in this machine's byte order.
    ///
    /// @param address where the header goes
    /// @param frame where the frame begins, whose transport header gives `hdr_len`
    public static void writeVirtio(long offload, long address, long frame) {
        if (offload == NONE) {
            Memory.putNativeLong(address, 0);
            Memory.putNativeShort(address + Long.BYTES, 0);
            return;
        }
        int kinds = kinds(offload);
        int start = checksumStart(offload);
        Memory.putByte(address + VIRTIO_FLAGS, kinds & CHECKSUM);
        Memory.putByte(address + VIRTIO_TYPE, virtioType(kinds));
        Memory.putNativeShort(address + VIRTIO_HEADER_LENGTH, headerLength(kinds, start, frame));
        Memory.putNativeShort(address + VIRTIO_SIZE, segmentSize(offload));
        Memory.putNativeShort(address + VIRTIO_START, start);
        Memory.putNativeShort(address + VIRTIO_OFFSET, checksumOffset(offload));
    }

    private static int virtioType(int kinds) {
        int type = switch (kinds & GSO) {
            case TCP4 -> VIRTIO_TCP4;
            case TCP6 -> VIRTIO_TCP6;
            case UDP -> VIRTIO_UDP;
            default -> 0;
        };
        return type | ((kinds & ECN) == 0 ? 0 : VIRTIO_ECN);
    }

    private static int headerLength(int kinds, int transport, long frame) {
        return switch (kinds & GSO) {
            case TCP4, TCP6 -> transport + (Memory.getByte(frame + transport + TCP_DATA_OFFSET) >>> 4) * 4;
            case UDP -> transport + UDP_HEADER;
            default -> 0;
        };
    }
}
