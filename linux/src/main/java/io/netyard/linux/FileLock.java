package io.netyard.linux;

import com.sun.jna.LastErrorException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ref.Reference;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// An exclusive lock on a file or folder (flock(2)), which the kernel lets go of when its holder ends,
/// however it ends.
///
/// Not a lock of `java.nio`: those are lost when the same process opens and closes the file anywhere else.
public final class FileLock implements AutoCloseable {
    private static final int LOCK_EX = 2;
    private static final int LOCK_NB = 4;
    private static final int LOCK_UN = 8;
    private static final int OWNER_ONLY = 0600;

    private final FileDescriptor descriptor;

    private FileLock(FileDescriptor descriptor) {
        this.descriptor = descriptor;
    }

    /// Takes the lock of a file, which is made if it does not exist; empty if another holds it.
    public static Optional<FileLock> tryLock(Path file) {
        while (true) {
            FileDescriptor opened =
                    FileDescriptor.open(file.toString(), LibC.O_RDWR | LibC.O_CREAT | LibC.O_NOFOLLOW, OWNER_ONLY);
            try {
                if (!lock(opened, LOCK_EX | LOCK_NB, file)) {
                    opened.close();
                    return Optional.empty();
                }
                if (opened.hasName()) {
                    return Optional.of(new FileLock(opened));
                }
            } catch (LinuxException failure) {
                opened.close();
                throw failure;
            }
            // The holder before removed the file: this lock is on one that nobody else will find.
            opened.close();
        }
    }

    /// Takes the lock of a folder and waits for it as long as another holds it.
    static FileLock ofFolder(Path folder) {
        FileDescriptor opened = FileDescriptor.open(folder.toString(), 0, 0);
        try {
            lock(opened, LOCK_EX, folder);
            return new FileLock(opened);
        } catch (LinuxException failure) {
            opened.close();
            throw failure;
        }
    }

    private static boolean lock(FileDescriptor opened, int operation, Path path) {
        while (true) {
            try {
                LibC.flock(opened.number(), operation);
                return true;
            } catch (LastErrorException failure) {
                Errno errno = Errno.of(failure.getErrorCode());
                if (errno == Errno.EAGAIN) {
                    return false;
                }
                if (errno != Errno.EINTR) {
                    throw new LinuxException("lock " + path, failure.getErrorCode());
                }
            }
        }
    }

    /// Whether the locked file is still there. If it was removed, another process may have made it anew,
    /// and have the lock of that.
    public boolean isInPlace() {
        return descriptor.hasName();
    }

    /// Writes into the locked file who holds it, for [#signature]. On a full disk nobody is told; the lock
    /// holds all the same. Once for each lock.
    public void sign(String holder) {
        byte[] bytes = (holder + "\n").getBytes(StandardCharsets.UTF_8);
        ByteBuffer buffer = LibC.memory(bytes.length);
        buffer.put(bytes);
        try {
            LibC.ftruncate(descriptor.number(), 0);
            LibC.write(descriptor.number(), LibC.address(buffer), bytes.length);
        } catch (LastErrorException _) {
            // See above.
        } finally {
            Reference.reachabilityFence(buffer);
        }
    }

    /// Takes out of the locked file what [#sign] wrote.
    public void unsign() {
        try {
            LibC.ftruncate(descriptor.number(), 0);
        } catch (LastErrorException _) {
            // Then the name of one that has ended stays, as after a crash.
        }
    }

    /// The first line that the holder of a lock wrote into the file; empty if nobody did.
    public static String signature(Path file) {
        List<String> lines = signatureLines(file);
        return lines.isEmpty() ? "" : lines.getFirst();
    }

    /// What the holder of a lock wrote into the file; empty if nobody did.
    public static List<String> signatureLines(Path file) {
        try (Stream<String> lines = Files.lines(file)) {
            return lines.toList();
        } catch (IOException | UncheckedIOException _) {
            return List.of();
        }
    }

    /// Whether somebody holds the lock of a file.
    public static boolean isHeld(Path file) {
        if (!Files.exists(file)) {
            return false;
        }
        Optional<FileLock> free = tryLock(file);
        free.ifPresent(FileLock::close);
        return free.isEmpty();
    }

    /// Lets go of the lock at once. Closing alone would not do while a process that is being started shares
    /// the descriptor, which it does from fork(2) to execve(2).
    @Override
    public void close() {
        try {
            LibC.flock(descriptor.number(), LOCK_UN);
        } catch (LastErrorException _) {
            // Then closing has to do.
        }
        descriptor.close();
    }
}
