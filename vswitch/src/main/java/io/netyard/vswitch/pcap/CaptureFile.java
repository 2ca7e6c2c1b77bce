package io.netyard.vswitch.pcap;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;

/// Writes frames into a file in the form of pcapng (draft-ietf-opsawg-pcapng), which keeps nanoseconds, the
/// port of each frame and its direction; tcpdump, tshark and Wireshark read it. What is written may stand
/// in memory until [#flush] or [#close].
///
/// ```text
/// block:   0 type  4 length  8 ... body, options  -4 length again
/// option:  0 code (16 bit)  2 length (16 bit)  4 value, padded to a multiple of 4 bytes
/// ```
final class CaptureFile implements AutoCloseable {
    /// `epb_flags`: which way a frame went, seen from the port.
    static final int INBOUND = 1;

    static final int OUTBOUND = 2;

    private static final int SECTION = 0x0a0d0d0a;
    private static final int INTERFACE = 1;
    private static final int ENHANCED_PACKET = 6;
    private static final int BYTE_ORDER = 0x1a2b3c4d;
    private static final short ETHERNET = 1;
    private static final int END_OF_OPTIONS = 0;
    private static final int SECTION_APPLICATION = 4;
    private static final int INTERFACE_NAME = 2;
    private static final int INTERFACE_RESOLUTION = 9;
    private static final int INTERFACE_FILTER = 11;
    private static final int PACKET_FLAGS = 2;
    private static final int PACKET_OVERHEAD = 32 + 8 + 4;
    private static final long NANOSECONDS = 1_000_000_000;
    private static final int BUFFER = 256 << 10;

    private final FileChannel channel;
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER).order(ByteOrder.nativeOrder());
    private int blockStart;
    private int interfaces;

    private CaptureFile(FileChannel channel) {
        this.channel = channel;
        begin(SECTION);
        buffer.putInt(BYTE_ORDER).putShort((short) 1).putShort((short) 0).putLong(-1);
        option(SECTION_APPLICATION, "Netyard".getBytes(StandardCharsets.UTF_8));
        end();
    }

    /// Makes a file, in the place of one that is there.
    ///
    /// @throws PcapException if it cannot be written
    static CaptureFile create(Path file) {
        try {
            return new CaptureFile(FileChannel.open(
                    file, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE));
        } catch (IOException failure) {
            throw new PcapException("cannot write frames to " + file + ": " + failure.getMessage(), failure);
        }
    }

    /// Adds a port.
    ///
    /// @param mostBytes kept of each frame
    /// @param filter the expression that frames were chosen by, empty for none
    /// @return its number
    int addPort(String name, int mostBytes, String filter) throws IOException {
        flush();
        begin(INTERFACE);
        buffer.putShort(ETHERNET).putShort((short) 0).putInt(mostBytes);
        option(INTERFACE_NAME, name.getBytes(StandardCharsets.UTF_8));
        option(INTERFACE_RESOLUTION, new byte[] {9});
        if (!filter.isEmpty()) {
            // The first byte says that the expression follows as text.
            option(INTERFACE_FILTER, ("\0" + filter).getBytes(StandardCharsets.UTF_8));
        }
        end();
        return interfaces++;
    }

    /// Adds a frame.
    ///
    /// @param port its number
    /// @param direction [#INBOUND] or [#OUTBOUND]
    /// @param kept bytes at the beginning of the array that are written
    /// @param length bytes that the frame has
    void add(int port, Instant time, int direction, byte[] frame, int kept, int length) throws IOException {
        if (buffer.remaining() < kept + PACKET_OVERHEAD) {
            flush();
        }
        long nanoseconds = time.getEpochSecond() * NANOSECONDS + time.getNano();
        begin(ENHANCED_PACKET);
        buffer.putInt(port).putInt((int) (nanoseconds >>> 32)).putInt((int) nanoseconds);
        buffer.putInt(kept).putInt(length).put(frame, 0, kept);
        pad();
        buffer.putShort((short) PACKET_FLAGS).putShort((short) 4).putInt(direction);
        end();
    }

    private void begin(int type) {
        blockStart = buffer.position();
        buffer.putInt(type).putInt(0);
    }

    private void option(int code, byte[] value) {
        buffer.putShort((short) code).putShort((short) value.length).put(value);
        pad();
    }

    private void pad() {
        while ((buffer.position() - blockStart & 3) != 0) {
            buffer.put((byte) 0);
        }
    }

    private void end() {
        buffer.putInt(END_OF_OPTIONS);
        int length = buffer.position() + Integer.BYTES - blockStart;
        buffer.putInt(length).putInt(blockStart + Integer.BYTES, length);
    }

    /// Hands over to the system what was added.
    ///
    /// @throws IOException if the system does not take it
    void flush() throws IOException {
        buffer.flip();
        try {
            while (buffer.hasRemaining()) {
                channel.write(buffer);
            }
        } finally {
            buffer.clear();
        }
    }

    @Override
    public void close() throws IOException {
        try (channel) {
            flush();
        }
    }
}
