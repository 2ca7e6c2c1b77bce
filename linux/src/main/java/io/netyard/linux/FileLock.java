package io.netyard.linux;

import com.sun.jna.LastErrorException;
import java.nio.file.Path;
import java.util.Optional;

/// An exclusive lock on a file or folder (flock(2)), which the kernel lets go of when its holder ends,
/// however it ends.
///
/// Not a lock of `java.nio`: those are lost when the same process opens and closes the file anywhere else.
public final class FileLock implements AutoCloseable {
    private static final int LOCK_EX = 2;
    private static final int LOCK_NB = 4;
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
            if (!lock(opened, LOCK_EX | LOCK_NB, file)) {
                opened.close();
                return Optional.empty();
            }
            if (isStill(file, opened)) {
                return Optional.of(new FileLock(opened));
            }
            // The holder before removed the file: this lock is on one that nobody else will find.
            opened.close();
        }
    }

    /// Takes the lock of a folder and waits for it as long as another holds it.
    static FileLock ofFolder(Path folder) {
        FileDescriptor opened = FileDescriptor.open(folder.toString(), 0, 0);
        lock(opened, LOCK_EX, folder);
        return new FileLock(opened);
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

    private static boolean isStill(Path file, FileDescriptor opened) {
        try (FileDescriptor again = FileDescriptor.open(file.toString(), LibC.O_NOFOLLOW, 0)) {
            return again.identity().equals(opened.identity());
        } catch (LinuxException failure) {
            if (failure.errno() == Errno.ENOENT) {
                return false;
            }
            throw failure;
        }
    }

    @Override
    public void close() {
        descriptor.close();
    }
}
