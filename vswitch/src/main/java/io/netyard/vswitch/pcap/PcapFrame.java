package io.netyard.vswitch.pcap;

/// A frame of a file.
///
/// @param nanoseconds when it was captured, since 1970
/// @param bytes from its destination address on, without FCS; not copied
/// @param length bytes that it had on the wire: more than there are if the capture cut it off
@SuppressWarnings("ArrayRecordComponent") // frames are many, and nobody compares them by value
public record PcapFrame(long nanoseconds, byte[] bytes, int length) {
    /// Whether its end is missing.
    public boolean isTruncated() {
        return bytes.length < length;
    }
}
