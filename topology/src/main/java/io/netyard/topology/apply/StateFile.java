package io.netyard.topology.apply;

import io.netyard.linux.Failpoint;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.Set;

/// The file that holds a lab's record, `state.json`, and the generation before it, `state.json.1`.
///
/// A generation is replaced in one step, so that whatever happens the old or the new one is there, whole.
/// One that was damaged afterwards is found out by its [Seal]; then the one before it counts, as the record
/// of a run whose end is not known. One that another version of Netyard wrote is damaged in no way, and
/// nothing older stands in for it.
final class StateFile {
    /// A record holds a topology file, which has at most 1 MiB, and 60 bytes for each node.
    private static final int MOST_BYTES = 16 << 20;

    private static final Set<PosixFilePermission> OWNER_ONLY = PosixFilePermissions.fromString("rw-------");

    private final Path file;
    private final Path previous;
    private final Path next;

    /// @param file `state.json`
    StateFile(Path file) {
        this.file = file;
        this.previous = file.resolveSibling(file.getFileName() + ".1");
        this.next = file.resolveSibling(file.getFileName() + ".next");
    }

    /// Whether a generation is there.
    boolean exists() {
        return Files.exists(file, LinkOption.NOFOLLOW_LINKS) || Files.exists(previous, LinkOption.NOFOLLOW_LINKS);
    }

    /// The record; empty if there is none.
    ///
    /// @throws IllegalArgumentException if no generation can be used, with the reason
    Optional<LabRecord> read() throws IOException {
        try {
            Optional<LabRecord> present = read(file);
            return present.isPresent() ? present : read(previous).map(LabRecord::interrupted);
        } catch (DamagedException damage) {
            try {
                return Optional.of(read(previous).orElseThrow(() -> damage).interrupted());
            } catch (DamagedException _) {
                throw damage;
            }
        }
    }

    /// What is wrong with the present generation; empty if nothing is. One that is missing while the one
    /// before it is there is wrong too.
    Optional<String> damage() throws IOException {
        try {
            return read(file).isEmpty() && Files.exists(previous, LinkOption.NOFOLLOW_LINKS)
                    ? Optional.of("it is missing")
                    : Optional.empty();
        } catch (DamagedException damage) {
            return Optional.of(String.valueOf(damage.getMessage()));
        }
    }

    /// The generation before the present one; empty if there is none that can be used.
    Optional<LabRecord> readPrevious() throws IOException {
        try {
            return read(previous);
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }

    private static Optional<LabRecord> read(Path generation) throws IOException {
        try {
            return Optional.of(LabRecordJson.read(Seal.open(bytes(generation))));
        } catch (NoSuchFileException _) {
            return Optional.empty();
        }
    }

    /// All of a file, if it is one of ours by its looks: a FIFO would never end, and a link could lead to
    /// anything.
    private static byte[] bytes(Path generation) throws IOException {
        BasicFileAttributes attributes =
                Files.readAttributes(generation, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        if (!attributes.isRegularFile()) {
            throw new DamagedException("it is no plain file");
        }
        if (attributes.size() > MOST_BYTES) {
            throw new DamagedException("it has " + attributes.size() + " bytes, more than a record can have");
        }
        try (InputStream in = Files.newInputStream(generation, LinkOption.NOFOLLOW_LINKS)) {
            return in.readNBytes(MOST_BYTES);
        }
    }

    /// Writes a generation and keeps the one before it, if that is good for anything.
    void write(LabRecord labRecord) throws IOException {
        Failpoint.pass("record.write");
        try (FileChannel channel = FileChannel.open(
                next,
                Set.of(
                        StandardOpenOption.CREATE,
                        StandardOpenOption.TRUNCATE_EXISTING,
                        StandardOpenOption.WRITE,
                        LinkOption.NOFOLLOW_LINKS),
                PosixFilePermissions.asFileAttribute(OWNER_ONLY))) {
            ByteBuffer bytes = ByteBuffer.wrap(Seal.close(LabRecordJson.write(labRecord)));
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            Failpoint.pass("record.sync");
            channel.force(true);
        }
        Failpoint.pass("record.keep");
        keepPrevious();
        Failpoint.pass("record.rename");
        Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
        Failpoint.pass("record.renamed");
        try (FileChannel folder = FileChannel.open(file.getParent(), StandardOpenOption.READ)) {
            folder.force(true);
        }
    }

    /// A second name for the present generation, which keeps its first until it is replaced: at no time is
    /// there none.
    private void keepPrevious() throws IOException {
        try {
            if (read(file).isPresent()) {
                Files.deleteIfExists(previous);
                Files.createLink(previous, file);
            }
        } catch (IllegalArgumentException _) {
            // What cannot be used is not kept.
        }
    }

    /// Another version of Netyard wrote it.
    static final class OtherFormatException extends IllegalArgumentException {
        private static final long serialVersionUID = 1;

        /// @param reason a clause for a person, with what to do
        OtherFormatException(String reason) {
            super(reason);
        }
    }

    /// What is read is not what was written.
    static final class DamagedException extends IllegalArgumentException {
        private static final long serialVersionUID = 1;

        /// @param reason a clause for a person
        DamagedException(String reason) {
            super(reason);
        }
    }
}
