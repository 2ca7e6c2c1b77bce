package io.netyard.vswitch.pcap;

import io.netyard.vlan.VlanTag;
import io.netyard.vlan.frame.EthernetHeader;
import io.netyard.vlan.frame.Memory;
import io.netyard.vswitch.wrap.FrameObserver;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Writes the frames of some ports into a file that tcpdump, tshark and Wireshark read (pcapng), with
/// nanoseconds, port and direction. Ports are watched by [ObservedPort#observe]. A tag that stands beside a
/// frame is put back into it; a frame that is still to be cut into segments, or has a checksum to be
/// completed, is written as it is.
///
/// When the file can no longer be written, the capture ends by itself and the frames go on.
public final class Capture implements FrameObserver, AutoCloseable {
    /// Keeps every frame whole.
    public static final int WHOLE = 262_144;

    /// The time of day, for people who read the file; nothing is measured by it.
    private static final InstantSource CLOCK = InstantSource.system();

    private static final long FLUSH_NANOSECONDS = 200_000_000;

    private final Path path;
    private final CaptureFile file;
    private final @Nullable FrameFilter filter;
    private final int mostBytes;
    private final Map<String, Integer> ports = new HashMap<>();
    private byte[] frame = new byte[2048];
    private long flushed = System.nanoTime();
    private long count;
    private boolean isOpen = true;
    private @Nullable String failure;

    private Capture(Path path, CaptureFile file, @Nullable FrameFilter filter, int mostBytes) {
        this.path = path;
        this.file = file;
        this.filter = filter;
        this.mostBytes = mostBytes;
    }

    /// Starts a capture in a file, in the place of one that is there.
    ///
    /// @param filter an expression of pcap-filter(7), empty for all frames
    /// @param mostBytes to keep of each frame, 1 to [#WHOLE]
    /// @throws PcapException if the file cannot be written or the filter makes no sense
    public static Capture start(Path path, String filter, int mostBytes) {
        if (mostBytes < 1 || mostBytes > WHOLE) {
            throw new IllegalArgumentException("a capture keeps 1 to " + WHOLE + " bytes of a frame, not " + mostBytes);
        }
        FrameFilter compiled = filter.isBlank() ? null : FrameFilter.compile(filter);
        try {
            return new Capture(path, CaptureFile.create(path), compiled, mostBytes);
        } catch (PcapException refused) {
            if (compiled != null) {
                compiled.close();
            }
            throw refused;
        }
    }

    @Override
    public void frame(String port, Direction direction, long address, int length, long offload, int tag) {
        if (!isOpen) {
            return;
        }
        int whole = copy(address, length, tag);
        if (filter != null && !filter.matches(frame, whole)) {
            return;
        }
        try {
            int way = direction == Direction.IN ? CaptureFile.INBOUND : CaptureFile.OUTBOUND;
            file.add(number(port), CLOCK.instant(), way, frame, Math.min(whole, mostBytes), whole);
            count++;
            flushWhenDue();
        } catch (IOException refused) {
            fail(refused);
        }
    }

    private int number(String port) throws IOException {
        Integer known = ports.get(port);
        if (known != null) {
            return known;
        }
        int number = file.addPort(port, mostBytes, filter == null ? "" : filter.expression());
        ports.put(port, number);
        return number;
    }

    /// Copies a frame with its tag.
    ///
    /// @return its bytes
    private int copy(long address, int length, int tag) {
        boolean isTagged = tag != VlanTag.NONE && length >= EthernetHeader.LENGTH;
        int whole = isTagged ? length + VlanTag.LENGTH : length;
        if (frame.length < whole) {
            frame = new byte[Integer.highestOneBit(whole) << 1];
        }
        if (isTagged) {
            Memory.copy(address, frame, 0, EthernetHeader.ADDRESSES);
            frame[EthernetHeader.ADDRESSES] = (byte) (tag >>> 24);
            frame[EthernetHeader.ADDRESSES + 1] = (byte) (tag >>> 16);
            frame[EthernetHeader.ADDRESSES + 2] = (byte) (tag >>> 8);
            frame[EthernetHeader.ADDRESSES + 3] = (byte) tag;
            Memory.copy(
                    address + EthernetHeader.ADDRESSES,
                    frame,
                    EthernetHeader.ADDRESSES + VlanTag.LENGTH,
                    length - EthernetHeader.ADDRESSES);
        } else {
            Memory.copy(address, frame, 0, length);
        }
        return whole;
    }

    private void flushWhenDue() throws IOException {
        long now = System.nanoTime();
        if (now - flushed > FLUSH_NANOSECONDS) {
            flushed = now;
            file.flush();
        }
    }

    /// Hands over to the system what was captured, for whoever reads the file meanwhile. Without it that is
    /// done five times a second while frames come.
    public void flush() {
        if (isOpen) {
            try {
                file.flush();
            } catch (IOException refused) {
                fail(refused);
            }
        }
    }

    private void fail(IOException refused) {
        failure = "cannot write frames to " + path + ": " + refused.getMessage();
        close();
    }

    /// Frames that were written.
    public long count() {
        return count;
    }

    /// Why it ended before it was closed; empty if it did not.
    public Optional<String> failure() {
        return Optional.ofNullable(failure);
    }

    /// Ends it. Ports that still tell of frames are not listened to. Calling it twice does no harm.
    @Override
    public void close() {
        if (!isOpen) {
            return;
        }
        isOpen = false;
        if (filter != null) {
            filter.close();
        }
        try {
            file.close();
        } catch (IOException refused) {
            if (failure == null) {
                failure = "cannot write frames to " + path + ": " + refused.getMessage();
            }
        }
    }
}
