package io.netyard.vswitch.pcap;

import java.io.EOFException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.pcap4j.core.PcapHandle;
import org.pcap4j.core.Pcaps;
import org.pcap4j.packet.namednumber.DataLinkType;

/// Reads the Ethernet frames of a file, in the form of pcap (with micro- or nanoseconds, of either byte
/// order) or of pcapng.
public final class PcapReader implements AutoCloseable {
    private static final long NANOSECONDS = 1_000_000_000;
    private static final long MILLISECONDS = 1000;

    private final Path file;
    private final PcapHandle handle;

    private PcapReader(Path file, PcapHandle handle) {
        this.file = file;
        this.handle = handle;
    }

    /// Opens a file.
    ///
    /// @throws PcapException if there is no such file, it is of another form, or its frames are not
    ///     Ethernet's
    public static PcapReader open(Path file) {
        if (!Files.isRegularFile(file)) {
            throw new PcapException(purpose(file) + ": there is no such file");
        }
        try {
            PcapHandle handle = Libpcap.call(
                    purpose(file),
                    () -> Pcaps.openOffline(file.toAbsolutePath().toString(), PcapHandle.TimestampPrecision.NANO));
            if (!handle.getDlt().equals(DataLinkType.EN10MB)) {
                handle.close();
                throw new PcapException(
                        purpose(file) + ": its frames are not Ethernet's, but of type " + handle.getDlt());
            }
            return new PcapReader(file, handle);
        } catch (EOFException failure) {
            throw new PcapException(purpose(file) + ": it is empty", failure);
        }
    }

    private static String purpose(Path file) {
        return "cannot read frames from " + file;
    }

    /// The next frame, or nothing at the end.
    ///
    /// @throws PcapException if the file is damaged or ends within a frame; the frames before were good
    public Optional<PcapFrame> next() {
        try {
            byte[] bytes = Libpcap.call(purpose(file), handle::getNextRawPacketEx);
            int length = handle.getOriginalLength();
            return Optional.of(new PcapFrame(nanoseconds(), bytes, Math.max(length, bytes.length)));
        } catch (EOFException _) {
            return Optional.empty();
        } catch (IllegalArgumentException impossible) {
            throw new PcapException(purpose(file) + ": the time of a frame makes no sense", impossible);
        }
    }

    private long nanoseconds() {
        java.sql.Timestamp time = handle.getTimestamp();
        return Math.floorDiv(time.getTime(), MILLISECONDS) * NANOSECONDS + time.getNanos();
    }

    @Override
    public void close() {
        handle.close();
    }
}
