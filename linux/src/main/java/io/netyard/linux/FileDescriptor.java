package io.netyard.linux;

import com.sun.jna.LastErrorException;
import java.nio.ByteBuffer;

/// An open file descriptor. Always opened with `O_CLOEXEC`, so no process that is started gets it. Owned by
/// whoever opened it; closing it twice does no harm.
public final class FileDescriptor implements AutoCloseable {
    private static final int AT_EMPTY_PATH = 0x1000;
    private static final int STATX_NLINK = 0x4;
    private static final int STATX_INO = 0x100;
    private static final int STATX_SIZE = 256;
    private static final int STATX_NLINK_OFFSET = 16;
    private static final int STATX_INO_OFFSET = 32;
    private static final int STATX_DEV_MAJOR_OFFSET = 136;
    private static final int STATX_DEV_MINOR_OFFSET = 140;
    private static final byte[] EMPTY_PATH = {0};

    private int number;

    FileDescriptor(int number) {
        this.number = number;
    }

    static FileDescriptor open(String path, int flags, int mode) {
        try {
            return new FileDescriptor(LibC.open(LibC.string(path), flags | LibC.O_CLOEXEC, mode));
        } catch (LastErrorException failure) {
            throw new LinuxException("open " + path, failure.getErrorCode());
        }
    }

    /// The number that the kernel knows it by.
    ///
    /// @throws IllegalStateException if it is closed
    public synchronized int number() {
        if (number < 0) {
            throw new IllegalStateException("the descriptor is closed");
        }
        return number;
    }

    /// Device and inode of what is open (`statx`).
    public FileIdentity identity() {
        ByteBuffer statx = statx(STATX_INO);
        long major = Integer.toUnsignedLong(statx.getInt(STATX_DEV_MAJOR_OFFSET));
        long minor = Integer.toUnsignedLong(statx.getInt(STATX_DEV_MINOR_OFFSET));
        return new FileIdentity(major << 32 | minor, statx.getLong(STATX_INO_OFFSET));
    }

    /// Whether what is open still has a name in the file system; false once it was removed.
    boolean hasName() {
        return statx(STATX_NLINK).getInt(STATX_NLINK_OFFSET) > 0;
    }

    private ByteBuffer statx(int mask) {
        ByteBuffer statx = LibC.memory(STATX_SIZE);
        try {
            LibC.statx(number(), EMPTY_PATH, AT_EMPTY_PATH, mask, LibC.address(statx));
        } catch (LastErrorException failure) {
            throw new LinuxException("statx", failure.getErrorCode());
        }
        return statx;
    }

    @Override
    public synchronized void close() {
        if (number >= 0) {
            int closing = number;
            number = -1;
            try {
                LibC.close(closing);
            } catch (LastErrorException failure) {
                // The descriptor is gone whatever close(2) says; EIO and EINTR tell of data that was
                // written before.
                if (failure.getErrorCode() == Errno.EBADF.number()) {
                    throw new LinuxException("close descriptor " + closing, failure.getErrorCode());
                }
            }
        }
    }
}
